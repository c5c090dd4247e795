import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '#lib/db/database.ts';
import { createTestDatabase } from '#lib/testing/database.ts';
import type { TestDatabase } from '#lib/testing/postgres-cluster.ts';
import { changeWorkspace } from './change-workspace.ts';
import { createWorkspace } from './create-workspace.ts';
import { listWorkspaces } from './list-workspaces.ts';

const at = new Date('2026-11-20T12:00:00Z');
const settings = { merchantLegalName: 'Loja Ltda.', lenderLegalName: 'Credor S.A.', language: 'pt-BR' };
let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase({ url: database.url, connectionsMax: 4, onIdleError: () => undefined });
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

test('workspaces are listed oldest first, as they were made', async () => {
  const first = await make('Primeira');
  const second = await make('Segunda');
  const listed = await listWorkspaces({ db });
  expect(listed).toEqual([first, second]);
  expect(first).toMatchObject({ ...settings, name: 'Primeira', createdAt: expect.any(Date) });
});

test('a name is taken once, even by two who ask at the same moment', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => createWorkspace({ db }, { name: 'Única', ...settings }, at)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  for (const answer of answers.filter(({ ok }) => !ok))
    expect(answer).toEqual({ ok: false, code: 'workspace_name_taken' });
});

test('a change touches what is given and nothing else, in this workspace and in no other', async () => {
  const mine = await make('Minha');
  const theirs = await make('Deles');
  const changed = await changeWorkspace({ db }, mine.workspaceId, {
    lenderLegalName: 'Outro Credor S.A.',
    language: 'en',
  });
  expect(changed).toEqual({
    ok: true,
    workspace: { ...mine, lenderLegalName: 'Outro Credor S.A.', language: 'en' },
  });
  expect(await listWorkspaces({ db })).toContainEqual(theirs);
});

test('a change to a name that is taken, or of a workspace that is not there, is refused and changes nothing', async () => {
  const mine = await make('Com nome');
  await make('Nome tomado');
  const refused = await changeWorkspace({ db }, mine.workspaceId, { name: 'Nome tomado', language: 'en' });
  expect(refused).toEqual({ ok: false, code: 'workspace_name_taken' });
  expect(await listWorkspaces({ db })).toContainEqual(mine);
  const nowhere = await changeWorkspace({ db }, '00000000-0000-7000-8000-000000000000', { language: 'en' });
  expect(nowhere).toEqual({ ok: false, code: 'workspace_not_found' });
});

async function make(name: string) {
  const made = await createWorkspace({ db }, { name, ...settings }, at);
  if (!made.ok) throw new Error(made.code);
  return made.workspace;
}
