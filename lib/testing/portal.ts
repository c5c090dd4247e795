import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, openDatabase } from '#lib/db/database.ts';
import type { RequestFacts } from '#lib/domain/request-facts.ts';
import { sealPdf } from '#lib/evidence/certificate/seal-pdf.ts';
import type { Lender } from '#lib/providers/lender.ts';
import { createQitechLender } from '#lib/providers/qitech/client.ts';
import { generateClientKeyPair } from '#lib/providers/qitech/client-keys.ts';
import { createQitechInbox } from '#lib/providers/qitech/inbox.ts';
import { openQitech } from '#lib/providers/qitech/open-lender.ts';
import { startSandboxLender } from '#lib/providers/qitech/sandbox/start-sandbox-lender.ts';
import type { WireLimits } from '#lib/providers/qitech/wire.ts';
import { createWebhookSender } from '#lib/providers/webhook/client.ts';
import type { MerchantActor, UseCaseContext } from '#lib/usecases/context.ts';
import { writeNewKeyFile } from '#lib/vault/key-file.ts';
import type { Keyring } from '#lib/vault/keyring.ts';
import { openKeyring } from '#lib/vault/live-keyring.ts';
import { createTestDatabase } from './database.ts';
import { testBuildId, testSoftware } from './software.ts';
import { testSeal } from './test-seal.ts';

export const apiClientKey = '2f9d2b7e-6c1a-4f0e-9a55-0a7f2f1f7c11';

/** A portal's inside on real parts: its own database, keys and sandbox lender that speaks HTTP. */
export type TestPortal = {
  ctx: UseCaseContext;
  merchant: MerchantActor;
  /** A second workspace, for everything that must not be seen from the first. */
  stranger: MerchantActor;
  lenderUrl: string;
  /** PEM. What the lender signs with. */
  lenderPrivateKeyPem: string;
  /** PEM. What the lender knows us by. */
  clientPublicKeyPem: string;
  /** The same client, pointed at another address. */
  lenderAt(url: string): Lender;
  /** The portal's connection and its key file, for processes beside it. */
  databaseUrl: string;
  keysFile: string;
  /** The owner's connection, for looking at rows and for breaking rules on purpose. */
  ownerUrl: string;
  /** One statement by the owner of the tables, inside the merchant's workspace unless another one, or none (''), is named. */
  asOwner<Row = Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
    workspaceId?: string,
  ): Promise<Row[]>;
  /** Sets the database's clock forward. */
  advanceClock(milliseconds: number): Promise<void>;
  /** The database's time, for whoever must not ask it. */
  now(): Date;
  /** Takes the lender off the network, and puts it back at the same address with all that it remembers. */
  stopLender(): Promise<void>;
  startLender(): Promise<void>;
  end(): Promise<void>;
};

type TestPortalOptions = {
  /** How patient our client is. */
  lenderLimits?: Partial<WireLimits>;
  /** How long the stalling row of the sandbox lender stalls. */
  stallMs?: number;
  /** Another lender in place of the sandbox's. */
  lenderAt?: string;
};

export async function startTestPortal({
  lenderLimits,
  stallMs,
  lenderAt,
}: TestPortalOptions = {}): Promise<TestPortal> {
  const folder = mkdtempSync(join(tmpdir(), 'aceite-portal-'));
  const database = await createTestDatabase();
  const [pair, lenders] = [generateClientKeyPair(), generateClientKeyPair()];
  const startTwin = (port: number) =>
    startSandboxLender({
      port,
      dataFile: join(folder, 'lender.jsonl'),
      clientPublicKeyPem: pair.publicKeyPem,
      apiClientKey,
      isStrict: false,
      lenderPrivateKeyPem: lenders.privateKeyPem,
      ...(stallMs !== undefined && { stallMs }),
    });
  let lender = await startTwin(0);
  const lenderUrl = lender.url;
  const db = openDatabase({ url: database.url, connectionsMax: 16, onIdleError: () => undefined });
  const keysFile = join(folder, 'keys.json');
  writeNewKeyFile(keysFile);
  const seal = await testSeal();
  const ctx: UseCaseContext = {
    db,
    keys: keyringOf(keysFile),
    lender: clientOf(lenderAt ?? lenderUrl, pair.privateKeyPem, lenderLimits),
    openLender: openQitech,
    lenderInbox: inboxOf(pair.privateKeyPem, lenders.publicKeyPem),
    webhooks: createWebhookSender({ isSandbox: true, clock: () => new Date() }),
    timeStampAuthorities: [],
    timeStampRoots: [],
    sealPdf: (pdf, about) => sealPdf(pdf, seal, about),
    witnesses: [],
    portalUrl: 'http://127.0.0.1:3000',
    isSandbox: true,
    acceptsPrivateClients: true,
    buildId: testBuildId,
    software: testSoftware,
  };
  const [merchant, stranger] = await Promise.all([makeMerchant(ctx, 'Loja Exemplo'), makeMerchant(ctx, 'Outra Loja')]);
  const owner = new pg.Client({ connectionString: database.ownerUrl, pipeline: true });
  await owner.connect();
  return {
    ctx,
    merchant,
    stranger,
    lenderUrl,
    lenderPrivateKeyPem: lenders.privateKeyPem,
    clientPublicKeyPem: pair.publicKeyPem,
    lenderAt: (url) => clientOf(url, pair.privateKeyPem, lenderLimits),
    databaseUrl: database.url,
    keysFile,
    ownerUrl: database.ownerUrl,
    asOwner: (sql, values = [], workspaceId = merchant.workspaceId) => asOwner(owner, sql, values, workspaceId),
    ...clockOf(db),
    stopLender: () => lender.stop(),
    startLender: async () => {
      lender = await startTwin(Number(new URL(lenderUrl).port));
    },
    end: async () => {
      await db.end();
      await owner.end();
      await lender.stop();
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function asOwner<Row>(owner: pg.Client, sql: string, values: readonly unknown[], workspaceId: string) {
  // Sent together, so that no other statement comes between the workspace and its question.
  const place = owner.query("SELECT set_config('aceite.workspace', $1, false)", [workspaceId]);
  const [, result] = await Promise.all([place, owner.query(sql, [...values])]);
  return result.rows as Row[];
}

function clockOf({ pool }: Database): Pick<TestPortal, 'advanceClock' | 'now'> {
  let aheadMs = 0;
  return {
    advanceClock: async (milliseconds) => {
      await pool.query('SELECT aceite_move_clock($1)', [milliseconds]);
      aheadMs += milliseconds;
    },
    now: () => new Date(Date.now() + aheadMs),
  };
}

/** Signs as the portal's installation does, of the key file that it has. */
export function sealOf({ keysFile }: TestPortal): (message: Uint8Array) => Uint8Array {
  return keyringOf(keysFile).installationSeal().sign;
}

/** As a process of its own would hold the keys. A file that cannot be used fails the test. */
export function keyringOf(keysFile: string): Keyring {
  return openKeyring(keysFile, {
    clock: () => performance.now(),
    onFault: (error) => {
      throw error;
    },
  });
}

function clientOf(baseUrl: string, privateKeyPem: string, limits?: Partial<WireLimits>) {
  return createQitechLender({
    baseUrl,
    apiClientKey,
    privateKeyPem,
    authScheme: 'signed-header',
    signatureType: 'data_signature',
    emptyPayload: '{}',
    timestampZone: 'UTC',
    clock: () => new Date(),
    ...(limits && { limits }),
  });
}

function inboxOf(privateKeyPem: string, lenderPublicKeyPem: string) {
  return createQitechInbox({ apiClientKey, privateKeyPem, lenderPublicKeyPem, clock: () => new Date() });
}

let requests = 0;

/** What the server would have seen of a browser on this machine. */
export function requestFrom(ip = '127.0.0.1'): RequestFacts {
  requests += 1;
  return {
    requestId: `request-${requests}`,
    ip,
    sourcePort: 51_344,
    ipTrust: 'direct',
    isPublicAddress: !ip.startsWith('127.'),
    socketPeer: ip,
    socketPort: 51_344,
    userAgent: 'Example Browser 1.0',
    acceptLanguage: 'pt-BR,pt;q=0.9',
  };
}

async function makeMerchant(ctx: UseCaseContext, name: string): Promise<MerchantActor> {
  const workspaceId = crypto.randomUUID();
  const apiKeyId = crypto.randomUUID();
  await ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const workspace = {
      name: 'test_workspace',
      text: `INSERT INTO workspaces (id, name, merchant_legal_name, lender_legal_name, language)
      VALUES ($1, $2, $3, 'Credor Exemplo S.A.', 'pt-BR')`,
    };
    await tx.rows(workspace, [workspaceId, name, `${name} Ltda.`]);
    const key = {
      name: 'test_api_key',
      text: `INSERT INTO api_keys (id, workspace_id, name, key_sha256, last_four, scopes)
      VALUES ($1, $2, 'test', sha256($3::bytea), 'test', '{sessions:read}')`,
    };
    await tx.rows(key, [apiKeyId, workspaceId, Buffer.from(apiKeyId)]);
  });
  return { workspaceId, apiKeyId, returnOrigins: ['*'], request: requestFrom() };
}
