import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { compose } from '#lib/compose.ts';
import { migrate } from '#lib/db/migrate.ts';
import { formatVerifierKey, verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { generateClientKeyPair } from '#lib/providers/qitech/client-keys.ts';
import { aceite, aceiteJson } from '#lib/testing/command-line.ts';
import { createTestDatabase } from '#lib/testing/database.ts';
import { doctor } from '#lib/testing/doctor.ts';
import { noteSigner } from '#lib/testing/note-signer.ts';
import type { TestDatabase } from '#lib/testing/postgres-cluster.ts';
import { createWorkspace } from '#lib/usecases/system/create-workspace.ts';
import { deliverNext } from '#lib/usecases/system/deliver-acceptance.ts';
import { listWorkspaces } from '#lib/usecases/system/list-workspaces.ts';
import { sayOnce } from '#lib/usecases/system/say-once.ts';
import { writeNewKeyFile } from '#lib/vault/key-file.ts';
import { readConfig } from './read-config.ts';

let sandbox: TestDatabase;
let folder = '';
const production = { name: `production_${randomBytes(6).toString('hex')}`, url: '', ownerUrl: '' };

beforeAll(async () => {
  sandbox = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'aceite-production-'));
  writeNewKeyFile(join(folder, 'keys.json'));
  await writeFile(join(folder, 'client.pem'), generateClientKeyPair().privateKeyPem);
  await asOwner(`CREATE DATABASE ${production.name}`);
  production.url = named(sandbox.url);
  production.ownerUrl = named(sandbox.ownerUrl);
});
beforeEach(() => {
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries(settings())) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await asOwner(`DROP DATABASE ${production.name} WITH (FORCE)`);
  await sandbox.drop();
  await rm(folder, { recursive: true });
});

test('a database that lacks migrations is named, and not touched by a command that did not come to migrate', async () => {
  expect(await aceite('migrate', '--check')).toMatchObject({ code: 1, out: expect.stringMatching(/^Missing: 0001_/) });
  const refused = await aceite('workspace', 'list');
  expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/0001_.*npm run aceite -- migrate/) });
  expect(await aceiteJson('migrate', '--check').catch(String)).toMatch(/ended with 1/);
  await migrate({ url: production.ownerUrl, mode: 'production', runtimeRole: 'aceite_login' });
  expect(await aceiteJson('migrate', '--check')).toEqual({ pending: [] });
});

test('a production key says so, and takes neither the wildcard nor plain http', async () => {
  await aceiteJson('workspace', 'create', '--name', 'Loja', '--lender-legal-name', 'Banco S.A.');
  const made = await aceiteJson('api-key', 'create', '--return-origin', 'https://loja.example');
  expect(made).toMatchObject({
    apiKey: expect.stringMatching(/^live_[\w-]{43}$/),
    returnOrigins: ['https://loja.example'],
  });
  for (const origin of ['*', 'http://127.0.0.1:8080'])
    expect(await aceite('api-key', 'create', '--return-origin', origin), origin).toMatchObject({ code: 2 });
});

test("keys of the log that are not set are the database's word, and the trust file is given with a warning", async () => {
  const told = formatVerifierKey(verifierKey('assinar.example.com/log', 1, noteSigner(7).publicKey));
  const program = await compose(readConfig());
  await sayOnce(program, { kind: 'log_key', content: { verifierKey: told } }).finally(() => program.end());
  const without = await aceite('trust');
  expect(JSON.parse(without.out).logs).toEqual([told]);
  expect(without).toMatchObject({
    code: 0,
    err: expect.stringMatching(/^ACEITE_LOG_PUBLIC_KEYS is not set, so .* database/),
  });
  const own = formatVerifierKey(verifierKey('assinar.example.com/log', 1, noteSigner(8).publicKey));
  vi.stubEnv('ACEITE_LOG_PUBLIC_KEYS', own);
  const { out, err } = await aceite('trust');
  expect(JSON.parse(out).logs).toEqual([own]);
  expect(err).toContain(told);
  expect(err).not.toContain('is not set');
});

test('the doctor tells of keys that the database vouches for, and of a private key that others can open', async () => {
  const before = await doctor();
  expect(before.of('log-public-keys')).toMatchObject({ status: 'warning' });
  expect(before.of('migrations')).toMatchObject({ status: 'ok' });
  await chmod(join(folder, 'client.pem'), 0o644);
  const mend = `Run: chmod 600 ${join(folder, 'client.pem')}`;
  expect((await doctor()).of('private-keys')).toMatchObject({
    status: 'failed',
    whatToDo: expect.arrayContaining([mend]),
  });
  await chmod(join(folder, 'client.pem'), 0o600);
  expect((await doctor()).of('private-keys')).toMatchObject({ status: 'ok' });
});

test('a workspace needs its lender named', async () => {
  const refused = await aceite('workspace', 'create', '--name', 'Sem credor');
  expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/^--lender-legal-name: /) });
});

test('the clock stays where it is', async () => {
  const refused = await aceite('clock', 'advance', '1h');
  expect(refused).toEqual({ code: 1, out: '', err: expect.stringMatching(/cannot be moved/) });
});

test.each(['serve', 'worker'])('%s says at once that nothing starts a database for it', async (command) => {
  vi.stubEnv('DATABASE_URL', 'embedded');
  expect(await aceite(command)).toMatchObject({ code: 1, err: expect.stringMatching(/is started by npm start/) });
});

test('a link is made from a real contract for a real debt only, and makes no sandbox', async () => {
  expect(await aceite('link')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/--workspace, --contract, --debt-key/),
  });
  expect(await aceite('link', '--expired')).toMatchObject({ code: 2, err: expect.stringMatching(/only sandbox mode/) });
  const file = join(folder, 'contrato.txt');
  await writeFile(file, 'CONTRATO\n\nTexto.\n');
  const made = await aceiteJson('link', '--workspace', 'Loja', '--contract', file, '--debt-key', 'divida-1');
  expect(made.signingLink).toMatch(/^https:\/\/assinar\.example\.com\/s\//);
  expect((await readdir(folder)).sort()).toEqual(['client.pem', 'contrato.txt', 'keys.json']);
});

test.each(['start', 'serve', 'worker'])(
  '%s says which command adds what a key file of an earlier version lacks',
  async (name) => {
    const { sealKey, ...older } = JSON.parse(await readFile(join(folder, 'keys.json'), 'utf8'));
    const file = join(folder, 'older.json');
    await writeFile(file, JSON.stringify(older));
    vi.stubEnv('ACEITE_KEYS_FILE', file);
    const sentence =
      /older\.json is of an earlier version and has no sealKey\. Add it: npm run aceite -- keys complete$/m;
    expect(await aceite(name)).toEqual({ code: 1, out: '', err: expect.stringMatching(sentence) });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(older);
    expect(await aceiteJson('keys', 'complete')).toEqual({ added: ['sealKey'] });
    expect(sealKey).not.toBe(JSON.parse(await readFile(file, 'utf8')).sealKey);
    await rm(file);
  },
);

test('a command in one mode does nothing to a database of the other', async () => {
  vi.stubEnv('DATABASE_URL', sandbox.url);
  const onSandbox = await aceite('workspace', 'create', '--name', 'X', '--lender-legal-name', 'Y');
  expect(onSandbox).toMatchObject({ code: 1, err: expect.stringMatching(/made in sandbox mode.*says production/) });
  vi.stubEnv('DATABASE_URL', production.url);
  vi.stubEnv('ACEITE_MODE', 'sandbox');
  const onProduction = await aceite('link');
  expect(onProduction).toMatchObject({ code: 1, err: expect.stringMatching(/made in production mode.*says sandbox/) });
});

test('a web or worker process that runs in the other mode is not ready, and neither reads nor writes', async () => {
  for (const url of [sandbox.url, production.url]) {
    const mode = url === sandbox.url ? 'production' : 'sandbox';
    vi.stubEnv('DATABASE_URL', url);
    vi.stubEnv('ACEITE_MODE', mode);
    const program = await compose(readConfig());
    try {
      expect(await program.isReady()).toMatchObject({ database: false });
      const refusal = new RegExp(`made in .* mode, and this process runs in ${mode} mode`);
      await expect(listWorkspaces(program)).rejects.toThrow(refusal);
      await expect(createWorkspace(program, names, new Date())).rejects.toThrow(refusal);
      await expect(deliverNext(program)).rejects.toThrow(refusal);
    } finally {
      await program.end();
    }
  }
});

const names = { name: 'X', merchantLegalName: 'X', lenderLegalName: 'Y', language: 'pt-BR' };

function settings(): Record<string, string> {
  return {
    ACEITE_MODE: 'production',
    ACEITE_DATA_DIR: folder,
    PORTAL_URL: 'https://assinar.example.com',
    DATABASE_URL: production.url,
    ACEITE_KEYS_FILE: join(folder, 'keys.json'),
    TRUSTED_PROXIES: 'none',
    QITECH_BASE_URL: 'https://api.lender.example',
    QITECH_API_CLIENT_KEY: 'client',
    QITECH_PRIVATE_KEY_FILE: join(folder, 'client.pem'),
  };
}

function named(url: string): string {
  return Object.assign(new URL(url), { pathname: `/${production.name}` }).href;
}

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client(sandbox.ownerUrl);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
