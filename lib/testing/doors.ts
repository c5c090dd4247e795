import { createHash, randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '#lib/db/database.ts';
import type { ApiScope } from '#lib/domain/roles.ts';
import { createLogger } from '#lib/http/log.ts';
import { countLostRecords, lostRecords } from '#lib/http/lost-records.ts';
import type { Endpoint } from '#lib/http/methods.ts';
import { type RequestStore, withRequestStore } from '#lib/http/request-store.ts';
import { type Program, setProgram } from '#lib/program.ts';
import { requestRecorder } from '#lib/usecases/system/record-requests.ts';
import type { TestPortal } from './portal.ts';

/** A request as a test says it; a string body is sent as it is, anything else as JSON. */
export type Knock = {
  method?: string;
  path: string;
  params?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: unknown;
};

/** Calls route handlers as the server would, in this process, on a portal of real parts. */
export type Doors = {
  knock(endpoint: Endpoint, knock: Knock): Promise<Response>;
  /** Makes an API key of the portal's merchant and returns its secret. */
  apiKey(...scopes: ApiScope[]): Promise<string>;
  /** Everything logged so far, one line each. */
  logged: string[];
  /** Lets nothing reach the database until the returned function is called. */
  unplugDatabase(): () => void;
  /** Forgets the lender's key until the returned function is called. */
  closeInbox(): () => void;
  /** Makes every use of a session's key a bug, until the returned function is called. */
  breakKeyring(): () => void;
  /** Answers and records as in production mode, until the returned function is called. */
  actAsProduction(): () => void;
  /** Lets the recorder of requests throw, or find no database, until the returned function is called. */
  breakRecorder(when: 'at once' | 'when it writes'): () => void;
  /** Requests that could not be kept, since the process began. */
  lostRecords(): number;
  close(): void;
};

export function openDoors(portal: TestPortal): Doors {
  const logged: string[] = [];
  const program = programOf(portal, logged);
  setProgram(program);
  return {
    logged,
    knock: (endpoint, knock) => {
      const request = requestOf(program.portalUrl, knock);
      return withRequestStore(storeOf(request.headers), () =>
        endpoint(request, { params: Promise.resolve(knock.params) }),
      );
    },
    apiKey: (...scopes) => insertKey(portal, scopes),
    unplugDatabase: () => {
      const away = databaseAt('postgres://nobody@127.0.0.1:1/none');
      setProgram({ ...program, db: away });
      return () => setProgram(program);
    },
    closeInbox: () => {
      const { lenderInbox: _, ...closed } = program;
      setProgram(closed);
      return () => setProgram(program);
    },
    breakKeyring: () => {
      const sessionVault = () => {
        throw new Error('broken on purpose');
      };
      setProgram({ ...program, keys: { ...program.keys, sessionVault } });
      return () => setProgram(program);
    },
    actAsProduction: () => {
      const production = { ...program, isSandbox: false };
      setProgram({ ...production, recordRequest: requestRecorder(production, countLostRecords) });
      return () => setProgram(program);
    },
    breakRecorder: (when) => {
      const refuse = () => {
        throw new Error('broken on purpose');
      };
      const db = databaseAt('postgres://nobody@127.0.0.1:1/none');
      const failing = requestRecorder({ ...program, db }, countLostRecords);
      setProgram({ ...program, recordRequest: when === 'at once' ? refuse : failing });
      return () => setProgram(program);
    },
    lostRecords,
    close: () => setProgram(undefined),
  };
}

/** A pool of one connection; nothing is asked yet, so the address may lead nowhere. */
export function databaseAt(url: string): Database {
  return openDatabase({ url, connectionsMax: 1, onIdleError: () => undefined });
}

function programOf({ ctx }: TestPortal, logged: string[]): Program {
  const config = { ...defaultConfig, portalUrl: ctx.portalUrl };
  return {
    ...ctx,
    config,
    log: createLogger({ logLevel: 'debug' }, { write: (line) => logged.push(line) }),
    recordRequest: requestRecorder(ctx, countLostRecords),
    isReady: async () => ({ database: true, migrations: true, build: true }),
  };
}

/** What `loadConfig` answers in sandbox mode, without a file system to look at. */
const defaultConfig: Program['config'] = {
  mode: 'sandbox',
  portalUrl: '',
  host: '127.0.0.1',
  port: 3000,
  lenderPort: 3001,
  inboxPort: 3002,
  dataDir: '/nowhere',
  keysFile: '/nowhere/keys.json',
  trustedProxies: [],
  allowPrivateClients: true,
  qitech: {
    baseUrl: 'http://127.0.0.1:3001',
    isSandboxLender: true,
    authScheme: 'signed-header',
    signatureType: 'data_signature',
    emptyPayload: '{}',
    timestampZone: 'UTC',
  },
  timeStamps: { authorities: [], areSandboxAuthorities: false },
  witnesses: [],
  logKeys: { named: [] },
  logLevel: 'debug',
  webNodeEnv: 'test',
};

function requestOf(portalUrl: string, { method = 'GET', path, headers = {}, body }: Knock): Request {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const sent = body === undefined || isRaw ? body : JSON.stringify(body);
  return new Request(`${portalUrl}${path}`, {
    method,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(sent !== undefined && { body: sent as string | Uint8Array<ArrayBuffer> }),
  });
}

/** What the hook would have put into the store for a browser on this machine. */
export function storeOf(headers: Headers): RequestStore {
  const [cookie, userAgent, acceptLanguage] = ['cookie', 'user-agent', 'accept-language'].map((name) =>
    headers.get(name),
  );
  return {
    requestId: `req_${randomUUID().slice(0, 16)}`,
    peer: '127.0.0.1',
    port: 51_344,
    forwarded: {},
    headers: {
      ...(cookie && { cookie }),
      ...(userAgent && { userAgent }),
      ...(acceptLanguage && { acceptLanguage }),
    },
    response: { statusCode: 200, setHeader: () => undefined },
  };
}

async function insertKey({ ctx, merchant }: TestPortal, scopes: readonly ApiScope[]): Promise<string> {
  const secret = `test_${randomUUID()}`;
  const statement = {
    name: 'test_scoped_key',
    text: `INSERT INTO api_keys (id, workspace_id, name, key_sha256, last_four, scopes, return_origins)
      VALUES ($1, $2, 'test', $3, $4, $5, '{https://loja.example}')`,
  };
  const { workspaceId } = merchant;
  await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
    tx.rows(statement, [
      randomUUID(),
      workspaceId,
      createHash('sha256').update(secret).digest(),
      secret.slice(-4),
      scopes,
    ]),
  );
  return secret;
}
