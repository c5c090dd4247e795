import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { childEnvironment } from '#lib/config.ts';
import { openDatabase } from '#lib/db/database.ts';
import { listStatements } from '#lib/db/log-statements.ts';
import { parseNote, verifyNote } from '#lib/evidence/log/signed-note.ts';
import { parseVerifierKey } from '#lib/evidence/log/verifier-key.ts';
import { aceite, commandPlace } from '#lib/testing/command-line.ts';
import { newestCheckpoint } from '#lib/testing/newest-checkpoint.ts';
import { workerScope } from '#lib/usecases/no-workspace.ts';
import { growLog } from '#lib/usecases/system/grow-log.ts';
import { sayOnce } from '#lib/usecases/system/say-once.ts';

const place = commandPlace();
const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

const keyFile = () => join(place.dataDir, 'log.key');
/** Where the sandbox's other processes read which keys to believe. */
const publicFile = () => `${keyFile()}.pub`;
let said = 0;

async function withDatabase<T>(work: (db: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const db = openDatabase({ url: place.database.url, connectionsMax: 2, onIdleError: () => undefined });
  return work(db).finally(() => db.end());
}

/** One entry more; what it says does not matter here. */
const grow = () =>
  withDatabase(async (db) => {
    said += 1;
    await sayOnce({ db }, { kind: 'release', content: { number: said } });
    await growLog({ db });
  });

const newest = () => withDatabase((db) => db.transaction(workerScope, newestCheckpoint));

/** A signer in a process of its own, as `npm start` runs one. */
function startSigner() {
  const child = spawn(process.execPath, [main, 'log-signer'], { env: childEnvironment({}), stdio: 'pipe' });
  started.push(child);
  let words = '';
  child.stderr.on('data', (chunk) => {
    words += String(chunk);
  });
  return { child, words: () => words };
}

/** Patience for a machine that is busy with other tests: the start of a process, and one round of it. */
const patience = { timeout: 30_000, interval: 100 };

test('the sandbox gets a key of its own, readable for nobody else, and a log that it signs', {
  timeout: 60_000,
}, async () => {
  await grow();
  const signer = startSigner();
  const checkpoint = await vi.waitUntil(newest, patience);
  expect((await stat(keyFile())).mode & 0o777).toBe(0o600);
  const statements = await withDatabase((db) => db.transaction(workerScope, listStatements));
  const { verifierKey } = JSON.parse(statements.find(({ kind }) => kind === 'log_key')?.content ?? '{}');
  const key = parseVerifierKey(verifierKey);
  const note = parseNote(checkpoint.note);
  if (!key.ok || !note.ok) throw new Error('neither key nor note can be read');
  expect(key.key.name).toBe('127.0.0.1:3000/log');
  expect(await verifyNote(note.note, [key.key])).toMatchObject({ ok: true });
  expect(await readFile(publicFile(), 'utf8')).toBe(`${verifierKey}\n`);
  expect((await stat(publicFile())).mode & 0o777).toBe(0o644);
  expect(await readFile(keyFile(), 'utf8')).toMatch(/^PRIVATE\+KEY\+127\.0\.0\.1:3000\/log\+[0-9a-f]{8}\+/);
  expect(JSON.parse(await readFile(`${keyFile()}.signed`, 'utf8')).size).toBe(checkpoint.size);
  signer.child.kill('SIGTERM');
  expect(await once(signer.child, 'exit')).toEqual([0, null]);
});

test('a second signer refuses while one works with the key, and one that was killed is in nobody’s way', {
  timeout: 60_000,
}, async () => {
  const before = (await newest())?.size ?? 0;
  const first = startSigner();
  await vi.waitUntil(() => existsSync(`${keyFile()}.in-use`), patience);
  expect(await aceite('log-signer')).toMatchObject({ code: 1, err: expect.stringMatching(/already works with/) });
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  await grow();
  const next = startSigner();
  await vi.waitUntil(async () => ((await newest())?.size ?? 0) > before, patience);
  next.child.kill('SIGTERM');
  expect(await once(next.child, 'exit')).toEqual([0, null]);
  expect(existsSync(`${keyFile()}.in-use`)).toBe(false);
});

test('a database that was turned back is refused in words, and nothing is signed', async () => {
  const kept = await readFile(`${keyFile()}.signed`, 'utf8');
  await writeFile(`${keyFile()}.signed`, kept.replace(/"size":\d+/, '"size":4711'));
  const before = await newest();
  const refused = await aceite('log-signer');
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^log_rollback_detected: .*4711 were signed before/),
  });
  await writeFile(`${keyFile()}.signed`, kept.replace(/"root":".{4}/, '"root":"AAAA'));
  expect(await aceite('log-signer')).toMatchObject({ code: 1, err: expect.stringMatching(/^log_rewritten: /) });
  expect(await newest()).toEqual(before);
  await writeFile(`${keyFile()}.signed`, kept);
});

test('without its memory it signs nothing until it is told what to believe', async () => {
  await rename(`${keyFile()}.signed`, `${keyFile()}.away`);
  const refused = await aceite('log-signer');
  expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/\.signed is missing.*--adopt/) });
  expect(await aceite('log-signer', '--adopt')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/first \d+ entries/),
  });
  expect(JSON.parse(await readFile(`${keyFile()}.signed`, 'utf8')).size).toBe((await newest())?.size);
  expect(await aceite('log-signer', '--adopt')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/nothing was adopted/),
  });
});

test('a key is made once, under the name it is given, and a damaged one is not used', async () => {
  vi.stubEnv('ACEITE_LOG_KEY_FILE', join(place.dataDir, 'other.key'));
  const made = await aceite('log-signer', '--new-key', '--name', 'assinar.example.com/log');
  expect(made).toMatchObject({ code: 0, err: expect.stringMatching(/assinar\.example\.com\/log\+[0-9a-f]{8}\+/) });
  expect(await aceite('log-signer', '--new-key')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/never overwritten/),
  });
  expect(made.err).toContain('ACEITE_LOG_PUBLIC_KEYS');
  const text = await readFile(join(place.dataDir, 'other.key'), 'utf8');
  await rm(join(place.dataDir, 'other.key'));
  await writeFile(join(place.dataDir, 'other.key'), text.replace('assinar.', 'assinou.'));
  const refused = await aceite('log-signer');
  expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/is damaged/) });
  // The secret is in base64, in which a plus may stand too.
  const secret = text.trim().split('+').slice(4).join('+');
  expect(secret).toMatch(/^[\w+/=]{44,}$/);
  expect(refused.err).not.toContain(secret);
});

test('a new key of the sandbox is published before the former ones, once, and nothing is where the keys are set', async () => {
  const [former] = (await readFile(publicFile(), 'utf8')).split('\n');
  vi.stubEnv('ACEITE_LOG_KEY_FILE', join(place.dataDir, 'newer.key'));
  const made = await aceite('log-signer', '--new-key', '--name', '127.0.0.1:3000/log');
  const newer = made.err.match(/^\S+\+[0-9a-f]{8}\+\S+$/m)?.[0];
  await rm(join(place.dataDir, 'newer.key.signed'));
  vi.stubEnv('ACEITE_LOG_PUBLIC_KEYS', newer);
  // It signs nothing without its memory, and so comes to its end.
  expect(await aceite('log-signer')).toMatchObject({ code: 1, err: expect.stringMatching(/\.signed is missing/) });
  expect(await readFile(publicFile(), 'utf8')).toBe(`${former}\n`);
  vi.stubEnv('ACEITE_LOG_PUBLIC_KEYS', '');
  for (const _start of ['first', 'second']) expect(await aceite('log-signer')).toMatchObject({ code: 1 });
  expect(await readFile(publicFile(), 'utf8')).toBe(`${newer}\n${former}\n`);
});
