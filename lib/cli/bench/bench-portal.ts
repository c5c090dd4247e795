import { join } from 'node:path';
import { type Database, openDatabase } from '#lib/db/database.ts';
import { apiScopes } from '#lib/domain/roles.ts';
import { createQitechLender } from '#lib/providers/qitech/client.ts';
import { generateClientKeyPair } from '#lib/providers/qitech/client-keys.ts';
import { createWebhookSender } from '#lib/providers/webhook/client.ts';
import type { MerchantActor, RequestFacts, UseCaseContext } from '#lib/usecases/context.ts';
import { createApiKey } from '#lib/usecases/system/create-api-key.ts';
import { createWorkspace } from '#lib/usecases/system/create-workspace.ts';
import { readKeyFile, writeNewKeyFile } from '#lib/vault/key-file.ts';
import { createKeyring } from '#lib/vault/keyring.ts';

/** A portal's inside without its web, on a database of the benchmark's own. */
export type BenchPortal = {
  ctx: UseCaseContext;
  merchant: MerchantActor;
  /** What a web process on the same database must be given, and what its callers show. */
  keysFile: string;
  apiKey: string;
  end(): Promise<void>;
};

/** An address as in production, with a certificate: what listens behind it is a web process on loopback. */
export const benchPortalUrl = 'https://assinar.example.com';

/** What the server would have seen of an ordinary browser. */
export const requestFacts: RequestFacts = {
  requestId: '01890a5d-ac96-774b-bcce-b302099a8057',
  ip: '203.0.113.7',
  sourcePort: 51_344,
  ipTrust: 'trusted_proxy',
  isPublicAddress: true,
  socketPeer: '127.0.0.1',
  socketPort: 40_222,
  rawForwarded: 'x-forwarded-for: 203.0.113.7',
  userAgent:
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  acceptLanguage: 'pt-BR,pt;q=0.9,en;q=0.8',
};

/** Wires use cases to a migrated database, with as many connections as clients, and makes the workspace that everything is in. */
export async function openBenchPortal(url: string, folder: string, connectionsMax: number): Promise<BenchPortal> {
  const db = openDatabase({ url, connectionsMax, onIdleError: () => undefined });
  const keysFile = join(folder, `keys-${new URL(url).pathname.slice(1)}.json`);
  const ctx = contextOn(db, keysFile);
  return { ctx, ...(await makeBenchMerchant(ctx)), keysFile, end: () => db.end() };
}

/** The only workspace of an empty database, and a key to it that may do everything. */
export async function makeBenchMerchant(ctx: UseCaseContext): Promise<Pick<BenchPortal, 'merchant' | 'apiKey'>> {
  const made = await createWorkspace(
    ctx,
    { name: 'Loja Exemplo', merchantLegalName: 'Loja Exemplo', lenderLegalName: 'Credor Exemplo', language: 'pt-BR' },
    new Date(),
  );
  if (!made.ok) throw new Error('the database of a benchmark is not empty');
  const { workspaceId } = made.workspace;
  const key = await createApiKey(
    ctx,
    workspaceId,
    { name: 'bench', scopes: [...apiScopes], returnOrigins: [] },
    new Date(),
  );
  if (!key.ok) throw new Error('the key of a benchmark was refused');
  const merchant = { workspaceId, apiKeyId: key.apiKeyId, returnOrigins: [], request: requestFacts };
  return { merchant, apiKey: key.apiKey };
}

function contextOn(db: Database, keyFile: string): UseCaseContext {
  writeNewKeyFile(keyFile);
  return {
    db,
    keys: createKeyring(readKeyFile(keyFile)),
    // Bodies are made with it; nothing is ever sent.
    lender: createQitechLender({
      baseUrl: 'http://127.0.0.1:1',
      apiClientKey: '2f9d2b7e-6c1a-4f0e-9a55-0a7f2f1f7c11',
      privateKeyPem: generateClientKeyPair().privateKeyPem,
      authScheme: 'signed-header',
      signatureType: 'data_signature',
      emptyPayload: '{}',
      timestampZone: 'UTC',
      clock: () => new Date(),
    }),
    webhooks: createWebhookSender({ isSandbox: false, clock: () => new Date() }),
    timeStampAuthorities: [],
    timeStampRoots: [],
    witnesses: [],
    portalUrl: benchPortalUrl,
    isSandbox: false,
    acceptsPrivateClients: false,
    buildId: 'bench',
    software: { missing: 'no_build_manifest' },
  };
}
