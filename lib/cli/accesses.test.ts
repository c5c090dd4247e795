import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { accessList } from '#lib/schema/access-list.ts';
import { aceite } from '#lib/testing/command-line.ts';
import { createdSession } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readDossier } from '#lib/usecases/merchant/read-dossier.ts';
import { readEvidence } from '#lib/usecases/merchant/read-evidence.ts';

let portal: TestPortal;
let sessionId: string;
let otherId: string;
beforeAll(async () => {
  portal = await startTestPortal();
  sessionId = (await createdSession(portal)).signingSessionId;
  otherId = (await createdSession(portal)).signingSessionId;
  for (const id of [sessionId, otherId]) await readEvidence(portal.ctx, portal.merchant, id);
  await readDossier(portal.ctx, portal.merchant, sessionId);
});
afterAll(() => portal.end());
beforeEach(() => {
  vi.stubEnv('DATABASE_URL', portal.databaseUrl);
  vi.stubEnv('ACEITE_KEYS_FILE', portal.keysFile);
  return () => vi.unstubAllEnvs();
});

const accesses = (...more: string[]) => aceite('accesses', '--workspace', 'Loja Exemplo', ...more);

async function asJson(...more: string[]) {
  const { code, out, err } = await accesses(...more, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return accessList.parse(JSON.parse(out));
}

test('lists who took what, of all sessions or of one, page by page', async () => {
  const { items } = await asJson();
  expect(items.map(({ signingSessionId, what }) => [signingSessionId, what])).toEqual([
    [sessionId, 'dossier'],
    [otherId, 'evidence'],
    [sessionId, 'evidence'],
  ]);
  expect((await asJson('--session', otherId)).items).toEqual([items[1]]);
  const first = await asJson('--limit', '2');
  expect((await asJson('--limit', '2', '--cursor', first.nextCursor ?? '')).items).toEqual([items[2]]);
  const { out } = await accesses('--limit', '2');
  expect(out).toMatch(new RegExp(`${sessionId} +merchant, key .+ dossier +1`));
  expect(out).toContain(`--cursor ${first.nextCursor}`);
});

test('takes days, the last one to its end, and instants', async () => {
  const { items } = await asJson();
  const day = items[0]?.at.slice(0, 10) ?? '';
  const first = items.at(-1)?.at ?? '';
  expect((await asJson('--from', first.slice(0, 10), '--to', day)).items).toEqual(items);
  expect((await asJson('--to', first)).items).toEqual([]);
  expect((await asJson('--from', first)).items).toEqual(items);
  expect((await accesses('--to', '2020-01-01')).out).toBe('No accesses.');
});

test.each([
  [['--from', '2026-02-31']],
  [['--to', 'yesterday']],
  [['--to', '2026-02-01T10:00']],
  [['--limit', '0']],
  [['--limit', '1001']],
  [['--session', 'x']],
])('refuses %j and says what it takes', async (args) => {
  const { code, out, err } = await accesses(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(args[0]);
});

test('finds no session of another workspace', async () => {
  const { code, out, err } = await aceite('accesses', '--workspace', 'Outra Loja', '--session', sessionId);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toBe(`The workspace has no session ${sessionId}.`);
});
