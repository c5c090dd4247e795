import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findApiKey } from '#lib/db/api-keys.ts';
import { type Database, openDatabase } from '#lib/db/database.ts';
import { type ApiScope, apiScopes } from '#lib/domain/roles.ts';
import { createTestDatabase } from '#lib/testing/database.ts';
import type { TestDatabase } from '#lib/testing/postgres-cluster.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { createApiKey } from './create-api-key.ts';
import { createWorkspace } from './create-workspace.ts';
import { listApiKeys } from './list-api-keys.ts';
import { revokeApiKey } from './revoke-api-key.ts';

const at = new Date('2026-11-20T12:00:00Z');
let database: TestDatabase;
let db: Database;
let workspaceId = '';
let otherWorkspaceId = '';

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase({ url: database.url, connectionsMax: 4, onIdleError: () => undefined });
  [workspaceId, otherWorkspaceId] = await Promise.all([newWorkspace('Loja'), newWorkspace('Outra')]);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

test('a key is 32 random bytes behind a prefix that tells the mode, never the same twice', async () => {
  const [sandbox, again, production] = await Promise.all([make(), make(), make({}, false)]);
  expect(sandbox.apiKey).toMatch(/^test_[A-Za-z0-9_-]{43}$/);
  expect(production.apiKey).toMatch(/^live_[A-Za-z0-9_-]{43}$/);
  expect(again.apiKey).not.toBe(sandbox.apiKey);
});

test('the database holds the hash and the last four characters of a key, and the key nowhere', async () => {
  const { apiKey, apiKeyId } = await make();
  const kept = (await listApiKeys({ db, isSandbox: true }, workspaceId)).find((key) => key.apiKeyId === apiKeyId);
  expect(kept).toMatchObject({
    name: 'Loja',
    lastFour: apiKey.slice(-4),
    scopes: apiScopes,
    createdAt: expect.any(Date),
  });
  expect(JSON.stringify(await everyKeyRow())).not.toContain(apiKey.slice(5));
  expect(await findApiKey(db, sha256(apiKey))).toMatchObject({ api_key_id: apiKeyId, workspace_id: workspaceId });
});

test('origins are kept in canonical form, each once', async () => {
  const returnOrigins = ['https://LOJA.example/', 'https://loja.example:443', 'http://127.0.0.1:8080', '*'];
  const made = await make({ returnOrigins });
  expect(made.returnOrigins).toEqual(['https://loja.example', 'http://127.0.0.1:8080', '*']);
  expect(await findApiKey(db, sha256(made.apiKey))).toMatchObject({ return_origins: made.returnOrigins });
});

test.each([
  ['https://loja.example/volta', true, 'return_url_origin'],
  ['https://loja.example?x=1', true, 'return_url_origin'],
  ['https://user@loja.example', true, 'return_url_userinfo'],
  ['loja.example', true, 'return_url_not_address'],
  ['javascript:alert(1)', true, 'return_url_scheme'],
  ['http://loja.example', true, 'return_url_scheme'],
  ['', true, 'return_url_not_address'],
  ['http://127.0.0.1:8080', false, 'return_url_scheme'],
  ['*', false, 'return_url_not_address'],
])('an origin %j is refused (sandbox: %j), and no key is made', async (origin, isSandbox, reason) => {
  const before = (await listApiKeys({ db, isSandbox: true }, workspaceId)).length;
  const input = { name: 'x', scopes: [...apiScopes], returnOrigins: ['https://loja.example', origin] };
  const refused = await createApiKey({ db, isSandbox }, workspaceId, input, at);
  expect(refused).toEqual({ ok: false, code: 'return_origin_refused', origin, reason });
  expect(await listApiKeys({ db, isSandbox: true }, workspaceId)).toHaveLength(before);
});

test('a revoked key opens nothing; revoking it again keeps the first time', async () => {
  const { apiKey, apiKeyId } = await make();
  expect(await revokeApiKey({ db }, workspaceId, apiKeyId)).toEqual({ ok: true });
  expect(await findApiKey(db, sha256(apiKey))).toBeUndefined();
  const revokedAt = await timeOfRevocation(apiKeyId);
  expect(revokedAt).toBeInstanceOf(Date);
  expect(await revokeApiKey({ db }, workspaceId, apiKeyId)).toEqual({ ok: true });
  expect(await timeOfRevocation(apiKeyId)).toEqual(revokedAt);
});

test("another workspace's key is neither listed nor revoked", async () => {
  const { apiKey, apiKeyId } = await make();
  expect((await listApiKeys({ db, isSandbox: true }, otherWorkspaceId)).map((key) => key.apiKeyId)).not.toContain(
    apiKeyId,
  );
  const refused = { ok: false, code: 'api_key_not_found' };
  expect(await revokeApiKey({ db }, otherWorkspaceId, apiKeyId)).toEqual(refused);
  expect(await revokeApiKey({ db }, workspaceId, '00000000-0000-7000-8000-000000000000')).toEqual(refused);
  expect(await findApiKey(db, sha256(apiKey))).toBeDefined();
});

async function newWorkspace(name: string): Promise<string> {
  const settings = { name, merchantLegalName: name, lenderLegalName: 'Credor', language: 'pt-BR' };
  const made = await createWorkspace({ db }, settings, at);
  if (!made.ok) throw new Error(made.code);
  return made.workspace.workspaceId;
}

async function make(changes: { returnOrigins?: string[]; scopes?: ApiScope[] } = {}, isSandbox = true) {
  const input = { name: 'Loja', scopes: [...apiScopes], returnOrigins: [], ...changes };
  const made = await createApiKey({ db, isSandbox }, workspaceId, input, at);
  if (!made.ok) throw new Error(made.code);
  return made;
}

async function timeOfRevocation(apiKeyId: string): Promise<Date | undefined> {
  return (await listApiKeys({ db, isSandbox: true }, workspaceId)).find((key) => key.apiKeyId === apiKeyId)?.revokedAt;
}

/** As somebody who got hold of the table would see it. */
async function everyKeyRow(): Promise<unknown[]> {
  const client = new pg.Client(database.ownerUrl);
  await client.connect();
  await client.query(`SELECT set_config('aceite.workspace', '${workspaceId}', false)`);
  const { rows } = await client.query<{ row: string }>('SELECT k::text AS row FROM api_keys k');
  await client.end();
  expect(rows.length).toBeGreaterThan(0);
  return rows;
}
