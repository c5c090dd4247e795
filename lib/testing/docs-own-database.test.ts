import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ownDatabase } from '#app/docs/guide/own-database.ts';
import { startEmbeddedPostgres } from '#lib/db/embedded-postgres.ts';
import { generateClientKeyPair } from '#lib/providers/qitech/client-keys.ts';
import { writeNewKeyFile } from '#lib/vault/key-file.ts';
import { aceite, aceiteJson } from './command-line.ts';
import { removeData } from './running-portal.ts';

let folder = '';
let adminUrl = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aceite-own-server-'));
  const server = await startEmbeddedPostgres({ dataDir: folder, purpose: 'portal' });
  if (!server.ok) throw new Error(server.message);
  adminUrl = server.adminUrl;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await removeData(folder);
});

async function ask(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client.query(statement).finally(() => client.end());
}

/** A server of ours has a database and logins of these names already. */
const renamed = (statement: string) => statement.replaceAll('aceite', 'contratos').replace('…', 'segredo');

const urlOf = (login: string) =>
  Object.assign(new URL(adminUrl), { username: login, password: 'segredo', pathname: '/contratos' }).href;

test('a server on which an administrator ran what the guide prints holds the portal, behind both of its walls', async () => {
  for (const statement of ownDatabase) await ask(adminUrl, renamed(statement));
  const [owner, portal] = [urlOf('contratos_owner'), urlOf('contratos_portal')];
  writeNewKeyFile(join(folder, 'keys.json'));
  await writeFile(join(folder, 'client.pem'), generateClientKeyPair().privateKeyPem);
  const settings = {
    ACEITE_MODE: 'production',
    ACEITE_DATA_DIR: folder,
    ACEITE_KEYS_FILE: join(folder, 'keys.json'),
    PORTAL_URL: 'https://assinar.example.com',
    MIGRATION_DATABASE_URL: owner,
    DATABASE_URL: portal,
    TRUSTED_PROXIES: 'none',
    QITECH_BASE_URL: 'https://api.lender.example',
    QITECH_API_CLIENT_KEY: 'client',
    QITECH_PRIVATE_KEY_FILE: join(folder, 'client.pem'),
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  expect(await aceite('migrate')).toMatchObject({ code: 0, err: expect.stringMatching(/^applying 0001_/) });
  await aceiteJson('workspace', 'create', '--name', 'Loja', '--lender-legal-name', 'Banco S.A.');
  expect((await aceiteJson('workspace', 'list')).items).toMatchObject([{ name: 'Loja' }]);
  await aceiteJson('api-key', 'create');
  // Row-level security: what belongs to a workspace is seen by whoever names it.
  expect((await ask(portal, 'SELECT count(*)::int AS n FROM api_keys')).rows).toEqual([{ n: 0 }]);
  await expect(ask(portal, 'DROP TABLE api_keys')).rejects.toThrow(/must be owner/);
  expect((await aceiteJson('api-key', 'list')).items).toHaveLength(1);
});
