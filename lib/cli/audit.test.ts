import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { formatVerifierKey, verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { aceite } from '#lib/testing/command-line.ts';
import { createdSession } from '#lib/testing/journey.ts';
import { signedSession, toldWords } from '#lib/testing/keeping.ts';
import { type LogKeeper, logKeeper } from '#lib/testing/log-keeper.ts';
import { newestCheckpoint } from '#lib/testing/newest-checkpoint.ts';
import { noteSigner } from '#lib/testing/note-signer.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { workerScope } from '#lib/usecases/no-workspace.ts';

const folder = mkdtempSync(join(tmpdir(), 'aceite-audit-'));
const checkpoint = join(folder, 'checkpoint');
let portal: TestPortal;
let keeper: LogKeeper;
let sessionId: string;

beforeAll(async () => {
  portal = await startTestPortal();
  keeper = logKeeper(portal);
  sessionId = await signedSession(portal);
  await keeper.publish();
  const newest = await portal.ctx.db.transaction(workerScope, newestCheckpoint);
  writeFileSync(checkpoint, newest?.note ?? '');
  await createdSession(portal);
  await keeper.publish();
});
afterAll(async () => {
  await portal.end();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  vi.stubEnv('DATABASE_URL', portal.databaseUrl);
  vi.stubEnv('MIGRATION_DATABASE_URL', portal.ownerUrl);
  vi.stubEnv('ACEITE_KEYS_FILE', portal.keysFile);
  vi.stubEnv('ACEITE_DATA_DIR', folder);
  return () => vi.unstubAllEnvs();
});

/** The owner changes who signed when, and afterwards changes it back. */
async function whileChanged(work: () => Promise<void>): Promise<void> {
  const move = async (by: string) => {
    await portal.asOwner('ALTER TABLE acceptances DISABLE TRIGGER append_only');
    const sql = 'UPDATE acceptances SET accepted_at = accepted_at + $2::interval WHERE session_id = $1';
    await portal.asOwner(sql, [sessionId, by]);
    await portal.asOwner('ALTER TABLE acceptances ENABLE TRIGGER append_only');
  };
  await move('1 millisecond');
  try {
    await work();
  } finally {
    await move('-1 millisecond');
  }
}

test('a portal that nobody touched is clean, and the command says what it read and what it could not check', async () => {
  const { code, out } = await aceite('audit', '--checkpoint', checkpoint);
  expect(out).toMatch(
    /^Nothing was changed: 2 sessions, \d+ events, \d+ entries of the log, 2 checkpoints, 0 time stamps\./,
  );
  expect(out).toMatch(/Time stamps were not checked/);
  expect(code).toBe(0);
  expect((await aceite('audit')).out).toMatch(
    /Without --checkpoint a history that was rewritten as a whole is not found/,
  );
});

test('a change is found with its place and its meaning, and nothing personal is printed', async () => {
  await whileChanged(async () => {
    const { code, out } = await aceite('audit');
    expect(code).toBe(10);
    expect(out).toContain(`value_altered: acceptances (accepted_at), session ${sessionId}\n  the column contradicts`);
    const json = await aceite('audit', '--json');
    expect(json.code).toBe(10);
    expect(JSON.parse(json.out)).toMatchObject({
      sessions: 2,
      areStampsChecked: false,
      findings: [{ code: 'value_altered', table: 'acceptances', column: 'accepted_at', sessionId }],
    });
    for (const word of Object.values(toldWords)) expect(out + json.out).not.toContain(word);
  });
  expect(await aceite('audit', '--json')).toMatchObject({ code: 0 });
});

test('another history than that of the kept checkpoint is found', async () => {
  const other = join(folder, 'other');
  writeFileSync(other, `127.0.0.1:3000/log\n3\n${'A'.repeat(43)}=\n\n— 127.0.0.1:3000/log AAAA${'A'.repeat(84)}\n`);
  const { code, out } = await aceite('audit', '--checkpoint', other);
  expect(out).toMatch(/^log_rewritten: log_entries, size 3$/m);
  expect(code).toBe(10);
});

test('the key of the log that somebody has noted is believed instead of the one that the log names', async () => {
  expect(await aceite('audit', '--log-key', keeper.verifierKey)).toMatchObject({ code: 0 });
  const stranger = formatVerifierKey(verifierKey('127.0.0.1:3000/log', 1, noteSigner(7).publicKey));
  const { code, out } = await aceite('audit', '--log-key', stranger);
  expect(out).toMatch(/^checkpoint_unsigned: log_checkpoints \(note\), size \d+$/m);
  expect(code).toBe(10);
});

test('so is the key that is set, unless another one is given', async () => {
  vi.stubEnv('ACEITE_LOG_PUBLIC_KEYS', keeper.verifierKey);
  expect(await aceite('audit')).toMatchObject({ code: 0 });
  vi.stubEnv(
    'ACEITE_LOG_PUBLIC_KEYS',
    formatVerifierKey(verifierKey('127.0.0.1:3000/log', 1, noteSigner(7).publicKey)),
  );
  expect(await aceite('audit')).toMatchObject({ code: 10, out: expect.stringMatching(/^checkpoint_unsigned: /m) });
  expect(await aceite('audit', '--log-key', keeper.verifierKey)).toMatchObject({ code: 0 });
});

test.each([
  [['audit', '--checkpoint', '/no/such/file'], 1, /cannot be read: ENOENT/],
  [['audit', '--log-key', 'nonsense'], 2, /no public key of a log/],
  [['audit', '--colour', 'red'], 2, /--colour/],
])('%j is refused with %i and a sentence', async (args, code, sentence) => {
  expect(await aceite(...args)).toMatchObject({ code, err: expect.stringMatching(sentence) });
});
