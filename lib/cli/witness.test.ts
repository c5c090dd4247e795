import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyCosignatures } from '#lib/evidence/log/cosignature.ts';
import { parseNote } from '#lib/evidence/log/signed-note.ts';
import { formatVerifierKey, parseVerifierKey, signatureTypes, verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { createTlogWitness } from '#lib/providers/tlog-witness/client.ts';
import { aceite } from '#lib/testing/command-line.ts';
import { sendRaw } from '#lib/testing/raw-request.ts';
import { type RunningWitness, startWitness } from '#lib/testing/running-witness.ts';
import { signedTree } from '#lib/testing/signed-tree.ts';

const log = signedTree({ origin: 'log.example', seedByte: 1 });
const twin = signedTree({ origin: 'log.example', seedByte: 1, story: 'another' });
const other = signedTree({ origin: 'other.example', seedByte: 3 });
/** The same public key as one that cosigns. */
const witnessKey = formatVerifierKey(verifierKey('w1', signatureTypes.cosignature, log.key.publicKey));
const started: RunningWitness[] = [];
let root = '';
let folder = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'aceite-witness-'));
});
beforeEach(async () => {
  folder = join(await mkdtemp(join(root, 'test-')), 'witness');
});
afterEach(async () => {
  for (const witness of started.splice(0)) await witness.kill();
});
afterAll(() => rm(root, { recursive: true }));

test('a checkpoint comes back with a cosignature that its printed key verifies, of now', async () => {
  const witness = await start();
  const before = Math.floor(Date.now() / 1000);
  const { cosigned } = await cosignaturesOf(witness, 5, await step(witness, 0, 5));
  expect(cosigned).toHaveLength(1);
  expect(cosigned[0]?.timeSeconds).toBeGreaterThanOrEqual(before);
  expect(cosigned[0]?.timeSeconds).toBeLessThanOrEqual(Date.now() / 1000);
});

test('the log may grow, and the same checkpoint is cosigned as often as it is asked for', async () => {
  const witness = await start();
  for (const [oldSize, newSize] of [
    [0, 0],
    [0, 3],
    [3, 3],
    [3, 4],
    [4, 40],
    [40, 40],
  ] as const)
    expect(await step(witness, oldSize, newSize), `${oldSize} to ${newSize}`).toMatchObject({ ok: true });
});

test('another size than the one it knows is answered with that one, as the protocol has it', async () => {
  const witness = await start();
  await step(witness, 0, 7);
  const reply = await post(witness, await bodyOf(5, 9));
  expect(reply).toMatchObject({ status: 409, body: '7\n' });
  expect(reply.headers['content-type']).toBe('text/x.tlog.size');
  expect(await step(witness, 7, 9)).toMatchObject({ ok: true });
});

test('a second history is not signed, whatever it is told; the two checkpoints that prove it are kept', async () => {
  const witness = await start();
  await step(witness, 0, 7);
  expect(await step(witness, 7, 7, twin)).toEqual({ ok: false, code: 'conflict', size: 7 });
  expect(await step(witness, 7, 9, twin)).toEqual({ ok: false, code: 'refused', reason: 'proof_refused' });
  expect(await step(witness, 0, 9, twin)).toEqual({ ok: false, code: 'conflict', size: 7 });
  const [fork = ''] = (await readdir(folder)).filter((name) => name.startsWith('fork-'));
  const pair = [await log.checkpoint(7), await twin.checkpoint(7)].map((note) => Buffer.from(note).toString());
  expect(await readFile(join(folder, fork), 'utf8')).toBe(pair.join('\n'));
  expect(await step(witness, 7, 9)).toMatchObject({ ok: true });
  expect(await started.pop()?.stop()).toContain('log.example has signed two different trees of 7 entries');
});

test('of many requests at once, each from the same size, one is signed: no history forks in a race', async () => {
  const witness = await start();
  await step(witness, 0, 3);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => step(witness, 3, 10 + index)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.filter((answer) => !answer.ok && answer.code === 'conflict')).toHaveLength(19);
});

test('what it signed outlives kill -9: the next start refuses the other history and knows its own key', async () => {
  const first = await start();
  const answers = [6, 8, 11].map((size) => step(first, 0, size));
  const signed = await Promise.any(
    answers.map(async (answer, index) => ((await answer).ok ? index : Promise.reject(new Error('not signed')))),
  );
  await first.kill();
  await Promise.all(answers);
  const again = await start();
  expect(again.vkey).toBe(first.vkey);
  const size = [6, 8, 11][signed] ?? 0;
  expect(await step(again, size, size, twin)).toEqual({ ok: false, code: 'conflict', size });
  expect(await step(again, size, 12)).toMatchObject({ ok: true });
});

test('each log has a memory of its own, and a log that is no longer watched is remembered', async () => {
  const both = await start([log.vkey, other.vkey]);
  expect(await step(both, 0, 5)).toMatchObject({ ok: true });
  expect(await step(both, 0, 9, other)).toMatchObject({ ok: true });
  await both.stop();
  const one = await start([other.vkey]);
  expect(await step(one, 5, 6)).toEqual({ ok: false, code: 'refused', reason: 'unknown_log' });
  expect(await step(one, 9, 10, other)).toMatchObject({ ok: true });
  await one.stop();
  expect(await step(await start([log.vkey, other.vkey]), 5, 6)).toMatchObject({ ok: true });
});

test('people read which logs it watches and how far it has seen them', async () => {
  const witness = await start([log.vkey, other.vkey], '--name', 'witness.example/w1');
  await step(witness, 0, 5);
  const page = await sendRaw(witness.url, '/');
  expect(page.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(page.body).toContain(`Its key: ${witness.vkey}`);
  expect(page.body).toMatch(/ {2}log\.example\n {4}last seen with 5 entries, root \S{44}\n/);
  expect(page.body).toMatch(/ {2}other\.example\n {4}nothing seen yet\n/);
  expect(witness.vkey).toMatch(/^witness\.example\/w1\+[0-9a-f]{8}\+/);
});

test('what is no request, unsigned, unproven or too long gets the status of the protocol, and is not remembered', async () => {
  const witness = await start();
  const body = await bodyOf(0, 5);
  const forger = signedTree({ origin: 'log.example', seedByte: 9 });
  expect((await post(witness, 'old 0\n')).status).toBe(400);
  expect((await post(witness, body.replace('old 0', 'old 6'))).status).toBe(400);
  expect((await post(witness, await bodyOf(0, 5, other))).status).toBe(404);
  expect((await post(witness, await bodyOf(0, 5, forger))).status).toBe(403);
  expect((await post(witness, body.replace('\n5\n', '\n6\n'))).status).toBe(403);
  expect((await post(witness, body.replace('old 0\n', `old 0\n${Buffer.alloc(32).toString('base64')}\n`))).status).toBe(
    422,
  );
  expect((await post(witness, 'a'.repeat(64 * 1024 + 1))).status).toBe(413);
  expect((await sendRaw(witness.url, '/add-checkpoint')).status).toBe(405);
  expect((await sendRaw(witness.url, '/', { method: 'POST' })).status).toBe(405);
  expect((await sendRaw(witness.url, '/seen.json')).status).toBe(404);
  expect(await step(witness, 0, 5)).toMatchObject({ ok: true });
});

test('somebody who hangs up in the middle stops nobody else', async () => {
  const witness = await start();
  const cut = request(`${witness.url}/add-checkpoint`, { method: 'POST', headers: { 'Content-Length': '1000' } });
  cut.on('error', () => undefined);
  cut.write('old 0\n');
  cut.destroy();
  expect(await step(witness, 0, 5)).toMatchObject({ ok: true });
});

test('key and memory are for its own user alone', async () => {
  const witness = await start();
  await step(witness, 0, 5);
  const modes = await Promise.all(
    ['', 'witness.key', 'seen.json'].map(async (name) => (await stat(join(folder, name))).mode & 0o777),
  );
  expect(modes).toEqual([0o700, 0o600, 0o600]);
});

test('a key without its memory is refused, unless whoever runs it begins again on purpose', async () => {
  const first = await start();
  await step(first, 0, 9);
  await first.stop();
  await rm(join(folder, 'seen.json'));
  await expect(start()).rejects.toThrow('it could be shown another history now');
  const adopted = await start([log.vkey], '--adopt');
  expect(adopted.vkey).toBe(first.vkey);
  expect(await step(adopted, 0, 3)).toMatchObject({ ok: true });
});

test('a memory that somebody changes under a running witness stops it from signing', async () => {
  const witness = await start();
  await step(witness, 0, 5);
  await writeFile(join(folder, 'seen.json'), '{}\n');
  expect(await step(witness, 5, 6)).toEqual({ ok: false, code: 'away', reason: 'http_500' });
});

test('two witnesses do not share a folder, and a killed one holds none', async () => {
  const first = await start();
  await expect(start()).rejects.toThrow('Another witness already works in');
  await first.kill();
  await start();
});

test.each([
  [[], 'Name the log to watch with --log'],
  [['--log', 'log.example'], 'is not a verifier key (malformed_key)'],
  [['--log', witnessKey], 'is the key of a witness, not of a log'],
  [['--log', log.vkey], 'Name the folder of the witness with --data'],
  [['--log', log.vkey, '--data', '/nowhere', '--port', 'x'], '--port x is not a port number'],
  [['--log', log.vkey, '--data', '/nowhere', '--port', '65536'], '--port 65536 is not a port number'],
  [['--log', log.vkey, '--data', '/nowhere', '--name', 'a b'], '--name a b is empty'],
])('%j is a wrong use, and nothing is made', async (args, complaint) => {
  const outcome = await aceite('witness', ...args);
  expect(outcome).toMatchObject({ code: 2, out: '' });
  expect(outcome.err).toContain(complaint);
});

test('a port that is taken is told, and the folder is let go', async () => {
  const { port } = new URL((await start()).url);
  const elsewhere = join(root, 'elsewhere');
  const taken = await aceite('witness', '--log', log.vkey, '--data', elsewhere, '--port', port);
  expect(taken.err).toContain(`Nobody can listen on 127.0.0.1:${port} (EADDRINUSE)`);
  expect(await readdir(elsewhere)).toEqual(['seen.json', 'witness.key']);
});

async function start(logs: string[] = [log.vkey], ...more: string[]): Promise<RunningWitness> {
  const witness = await startWitness(folder, logs, ...more);
  started.push(witness);
  return witness;
}

/** Asks as the portal does. */
async function step({ url }: RunningWitness, oldSize: number, newSize: number, by = log) {
  const request = { oldSize, proof: by.consistency(oldSize, newSize), checkpoint: await by.checkpoint(newSize) };
  return createTlogWitness({ url }).cosign(request);
}

async function bodyOf(oldSize: number, newSize: number, by = log): Promise<string> {
  const hashes = by.consistency(oldSize, newSize).map((hash) => `${Buffer.from(hash).toString('base64')}\n`);
  return `old ${oldSize}\n${hashes.join('')}\n${Buffer.from(await by.checkpoint(newSize)).toString()}`;
}

function post({ url }: RunningWitness, body: string) {
  const headers = { 'Content-Length': String(Buffer.byteLength(body)) };
  return sendRaw(url, '/add-checkpoint', { method: 'POST', headers, body });
}

/** What the printed key says to the checkpoint with the lines that came back. */
async function cosignaturesOf({ vkey }: RunningWitness, size: number, answer: Awaited<ReturnType<typeof step>>) {
  const key = parseVerifierKey(vkey);
  const lines = answer.ok ? answer.lines : '';
  const note = parseNote(Buffer.concat([await log.checkpoint(size), Buffer.from(lines)]));
  if (!key.ok || !note.ok) throw new Error(`unreadable: ${vkey} or ${lines}`);
  const verdict = await verifyCosignatures(note.note, [key.key]);
  if (!verdict.ok) throw new Error(verdict.code);
  return verdict;
}
