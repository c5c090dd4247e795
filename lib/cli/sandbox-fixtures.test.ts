import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { staffAuth } from '#lib/auth/staff-auth.ts';
import { compose } from '#lib/compose.ts';
import { type Config, loadConfig } from '#lib/config.ts';
import { findApiKey } from '#lib/db/api-keys.ts';
import type { Program } from '#lib/program.ts';
import { createTestDatabase } from '#lib/testing/database.ts';
import type { TestDatabase } from '#lib/testing/postgres-cluster.ts';
import { changeWorkspace } from '#lib/usecases/system/change-workspace.ts';
import { listWorkspaces } from '#lib/usecases/system/list-workspaces.ts';
import { revokeApiKey } from '#lib/usecases/system/revoke-api-key.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { CommandFailure } from './command.ts';
import { prepareSandbox } from './sandbox-fixtures.ts';

type WiredConfig = Config & { databaseUrl: string };

let database: TestDatabase;
let config: WiredConfig;

beforeEach(async () => {
  database = await createTestDatabase();
  config = await configFor(database);
});
afterEach(async () => {
  await database.drop();
  await rm(config.dataDir, { recursive: true });
});

test('a first start makes everything, and a second one finds it as it was, with a session of its own', async () => {
  const first = await prepareSandbox(config);
  const second = await prepareSandbox(config);
  const { signingLink, ...lasting } = first;
  expect(second).toMatchObject(lasting);
  expect(second.signingLink).not.toBe(signingLink);
  expect(first.apiKey).toMatch(/^test_[\w-]{43}$/);
  expect(await readFile(first.lenderClientPublicKeyFile, 'utf8')).toMatch(/BEGIN PUBLIC KEY/);
  const made = await withProgram(async (program) => ({
    workspaces: await listWorkspaces(program),
    key: await findApiKey(program.db, sha256(first.apiKey)),
    maySignIn: await maySignIn(program, first.staff),
  }));
  expect(made.workspaces).toMatchObject([
    { name: 'Loja Exemplo', merchantLegalName: 'Loja Exemplo', lenderLegalName: 'Credor Exemplo', language: 'pt-BR' },
  ]);
  expect(made.key).toMatchObject({
    return_origins: ['*'],
    scopes: ['sessions:read', 'sessions:write', 'evidence:read'],
  });
  expect(made.maySignIn).toBe(true);
});

test('secrets in the data folder are for their owner alone', async () => {
  await prepareSandbox(config);
  for (const name of ['keys.json', 'sandbox-api-key', 'sandbox-staff-password', 'lender-client-private-key.pem']) {
    const { mode } = await stat(join(config.dataDir, name));
    expect((mode & 0o777).toString(8), name).toBe('600');
  }
});

test('two first starts at once share workspace and key file', async () => {
  const started = await Promise.all([prepareSandbox(config), prepareSandbox(config)]);
  expect(new Set(started.map(({ signingLink }) => signingLink)).size).toBe(2);
  expect(await withProgram(listWorkspaces)).toHaveLength(1);
});

test('without its key file a database with sessions is refused, and nothing is changed', async () => {
  await prepareSandbox(config);
  const kept = await readFile(config.keysFile);
  await rm(config.keysFile);
  const refusal = await prepareSandbox(config).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(CommandFailure);
  expect(String(refusal)).toMatch(/keys\.json is missing.*sealed with it.*Put the key file back/);
  await expect(stat(config.keysFile)).rejects.toThrow(/ENOENT/);
  await writeFile(config.keysFile, kept);
  await expect(prepareSandbox(config)).resolves.toHaveProperty('signingLink');
});

test('a key file that is there is used and never overwritten', async () => {
  await prepareSandbox(config);
  const hash = () => readFile(config.keysFile).then((bytes) => createHash('sha256').update(bytes).digest('hex'));
  const before = await hash();
  const fresh = await createTestDatabase();
  await prepareSandbox({ ...config, databaseUrl: fresh.url });
  await fresh.drop();
  expect(await hash()).toBe(before);
});

test('a key that was revoked is replaced by a new one of the same workspace', async () => {
  const { apiKey } = await prepareSandbox(config);
  const workspaceId = await withProgram(async (program) => {
    const key = await findApiKey(program.db, sha256(apiKey));
    await revokeApiKey(program, key?.workspace_id ?? '', key?.api_key_id ?? '');
    return key?.workspace_id;
  });
  const again = await prepareSandbox(config);
  expect(again.apiKey).not.toBe(apiKey);
  const found = await withProgram((program) => findApiKey(program.db, sha256(again.apiKey)));
  expect(found).toMatchObject({ workspace_id: workspaceId });
});

test('a workspace that got another name stays the sandbox workspace', async () => {
  await prepareSandbox(config);
  await withProgram(async (program) => {
    const [workspace] = await listWorkspaces(program);
    await changeWorkspace(program, workspace?.workspaceId ?? '', { name: 'Minha Loja' });
  });
  await prepareSandbox(config);
  expect(await withProgram(listWorkspaces)).toMatchObject([{ name: 'Minha Loja' }]);
});

test('a staff password that was lost is replaced, and the printed one opens the dashboard', async () => {
  const { staff: lost } = await prepareSandbox(config);
  await rm(join(config.dataDir, 'sandbox-staff-password'));
  const { staff } = await prepareSandbox(config);
  expect(staff.password).not.toBe(lost.password);
  const answers = await withProgram(async (program) => [
    await maySignIn(program, lost),
    await maySignIn(program, staff),
  ]);
  expect(answers).toEqual([false, true]);
});

async function configFor({ url, ownerUrl }: TestDatabase): Promise<WiredConfig> {
  const dataDir = await mkdtemp(join(tmpdir(), 'aceite-sandbox-'));
  const loaded = loadConfig({ ACEITE_DATA_DIR: dataDir, DATABASE_URL: url, MIGRATION_DATABASE_URL: ownerUrl });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return { ...loaded.config, databaseUrl: url };
}

async function withProgram<T>(work: (program: Program) => Promise<T>): Promise<T> {
  const program = await compose(config);
  return work(program).finally(() => program.end());
}

async function maySignIn(program: Program, body: { email: string; password: string }): Promise<boolean> {
  return (await staffAuth(program).api.signInEmail({ body, asResponse: true })).ok;
}
