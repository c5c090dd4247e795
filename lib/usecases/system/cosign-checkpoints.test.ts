import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyCosignatures } from '#lib/evidence/log/cosignature.ts';
import { emptyRoot } from '#lib/evidence/log/merkle.ts';
import { formatSignatureLine, parseNote } from '#lib/evidence/log/signed-note.ts';
import { verifierKey } from '#lib/evidence/log/verifier-key.ts';
import type { Witness } from '#lib/providers/witness.ts';
import { createdSession } from '#lib/testing/journey.ts';
import { newestCheckpoint } from '#lib/testing/newest-checkpoint.ts';
import { noteSigner } from '#lib/testing/note-signer.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { knownOf, type RunningWitness, startWitness } from '#lib/testing/running-witness.ts';
import { type SignedTree, signedTree } from '#lib/testing/signed-tree.ts';
import { readDossier } from '../merchant/read-dossier.ts';
import { workerScope } from '../no-workspace.ts';
import { cosignCheckpoints } from './cosign-checkpoints.ts';
import { growLog } from './grow-log.ts';
import { type SignedHistory, signLog } from './sign-log.ts';

/** The same name and key as the portal's log, and another history. */
const twin = signedTree({ origin: 'assinar.example.com/log', seedByte: 7 });
const { sign } = noteSigner(7);
let memory: SignedHistory = { size: 0, root: emptyRoot() };
let portal: TestPortal;
let folder = '';
let started: RunningWitness[] = [];

beforeAll(async () => {
  portal = await startTestPortal();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aceite-cosigning-'));
});
afterEach(async () => {
  for (const witness of started) await witness.kill();
  started = [];
  await rm(folder, { recursive: true });
});
afterAll(() => portal.end());

test('while nothing is signed there is nothing to cosign', async () => {
  const witness = await start();
  expect(await cosign(witness)).toEqual([{ witness: nameOf(witness), ok: true, size: 0, isNew: false }]);
});

test('the newest checkpoint gets the line of each witness, true under its key, and once', async () => {
  const [first, second] = [await start('w1'), await start('w2')];
  const size = await growAndSign();
  expect(await cosign(first, second)).toEqual([
    { witness: nameOf(first), ok: true, size, isNew: true },
    { witness: nameOf(second), ok: true, size, isNew: true },
  ]);
  expect(await cosignersOf(size, first, second)).toEqual(['w1', 'w2']);
  const kept = await linesOf(size);
  expect(await cosign(first, second)).toMatchObject([
    { ok: true, size, isNew: false },
    { ok: true, size, isNew: false },
  ]);
  expect(await linesOf(size)).toEqual(kept);
});

test('of several checkpoints only the newest is shown, and the witness sees it extend the last', async () => {
  const witness = await start();
  await growAndSign();
  await cosign(witness);
  const between = await growAndSign();
  const size = await growAndSign();
  expect(await cosign(witness)).toMatchObject([{ ok: true, size, isNew: true }]);
  expect(await linesOf(between)).toEqual([]);
});

test.each(['older', 'newest'])(
  'when our records do not know that a witness cosigned the %s checkpoint, it is asked from there',
  async (which) => {
    const witness = await start();
    await growAndSign();
    // As if the answer had been lost on its way.
    await knownOf(witness).witness.cosign({ oldSize: 0, proof: [], checkpoint: (await newest()).note });
    const size = which === 'older' ? await growAndSign() : memory.size;
    expect(await cosign(witness)).toMatchObject([{ ok: true, size, isNew: true }]);
    expect(await cosignersOf(size, witness)).toEqual(['witness']);
  },
);

test('a witness that has begun again is asked from its beginning', async () => {
  const witness = await start();
  await growAndSign();
  await cosign(witness);
  await witness.stop();
  await rm(join(folder, 'witness', 'seen.json'));
  const again = await start('witness', '--adopt');
  expect(again.vkey).toBe(witness.vkey);
  const size = await growAndSign();
  expect(await cosign(again)).toMatchObject([{ ok: true, size, isNew: true }]);
});

test('a witness that is away holds up no other, and gets its turn when it is back', async () => {
  const [gone, here] = [await start('w1'), await start('w2')];
  await gone.stop();
  const size = await growAndSign();
  expect(await cosign(gone, here)).toEqual([
    { witness: nameOf(gone), ok: false, code: 'away', reason: 'connection_refused' },
    { witness: nameOf(here), ok: true, size, isNew: true },
  ]);
  expect(await cosign(await start('w1'), here)).toMatchObject([
    { ok: true, isNew: true },
    { ok: true, isNew: false },
  ]);
});

test('a witness that watches another log refuses, and nothing is kept', async () => {
  const other = signedTree({ origin: 'other.example', seedByte: 7 });
  const witness = await startFor(other, 'witness');
  const size = await growAndSign();
  expect(await cosign(witness)).toMatchObject([{ ok: false, code: 'refused', reason: 'unknown_log' }]);
  expect(await linesOf(size)).toEqual([]);
});

test('a witness that has seen a longer log, or another one of the same size, is told from one that refuses', async () => {
  const size = await growAndSign();
  for (const [seen, outcome] of [
    [size + 1, { code: 'ahead', reason: `seen_${size + 1}` }],
    [size, { code: 'forked', reason: `at_${size}` }],
    [size - 1, { code: 'refused', reason: 'proof_refused' }],
  ] as const) {
    const witness = await start(`w${seen}`);
    await knownOf(witness).witness.cosign({ oldSize: 0, proof: [], checkpoint: await twinAt(seen) });
    expect(await cosign(witness)).toEqual([{ witness: nameOf(witness), ok: false, ...outcome }]);
  }
  expect(await linesOf(size)).toEqual([]);
});

test('a cosignature by another key than the one that was set is not kept', async () => {
  const [meant, other] = [await start('w1'), await start('w2')];
  const size = await growAndSign();
  const mixedUp = { ...knownOf(meant), witness: knownOf(other).witness };
  const outcomes = await cosignCheckpoints({ ...portal.ctx, witnesses: [mixedUp] });
  expect(outcomes).toMatchObject([{ ok: false, code: 'untrue_cosignature', reason: 'cosignature_missing' }]);
  expect(await linesOf(size)).toEqual([]);
});

test('a witness that signs a time beyond all calendars is not believed, and takes nobody their dossier', async () => {
  const { publicKey, sign: signAsWitness } = noteSigner(8);
  const key = verifierKey('w1', 4, publicKey);
  const session = await createdSession(portal);
  const size = await growAndSign();
  const liar: Witness = {
    cosign: async ({ checkpoint }) => {
      const note = parseNote(checkpoint);
      if (!note.ok) throw new Error(note.code);
      const seconds = BigInt(Number.MAX_SAFE_INTEGER);
      const time = Buffer.alloc(8);
      time.writeBigUInt64BE(seconds);
      const signature = await signAsWitness(Buffer.from(`cosignature/v1\ntime ${seconds}\n${note.note.text}`));
      return { ok: true, lines: formatSignatureLine({ ...key, signature: Buffer.concat([time, signature]) }) };
    },
  };
  const outcomes = await cosignCheckpoints({ ...portal.ctx, witnesses: [{ key, witness: liar }] });
  expect.soft(outcomes).toMatchObject([{ ok: false, code: 'untrue_cosignature' }]);
  expect.soft(await linesOf(size)).toEqual([]);
  expect(await readDossier(portal.ctx, portal.merchant, session.signingSessionId)).toMatchObject({ ok: true });
});

test('several workers at once keep one line of each witness', async () => {
  const witness = await start();
  const size = await growAndSign();
  const rounds = await Promise.all(Array.from({ length: 4 }, () => cosign(witness)));
  expect(rounds.flat().some(({ ok }) => ok)).toBe(true);
  expect(await linesOf(size)).toHaveLength(1);
});

/** One more session in the log, and the log signed. Gives its size. */
async function growAndSign(): Promise<number> {
  await createdSession(portal);
  await growLog(portal.ctx);
  const outcome = await signLog(portal.ctx, {
    key: twin.key,
    sign,
    recall: async () => memory,
    remember: async (history) => {
      memory = history;
    },
  });
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.size;
}

async function newest() {
  const checkpoint = await portal.ctx.db.transaction(workerScope, newestCheckpoint);
  if (!checkpoint) throw new Error('nothing was signed');
  return checkpoint;
}

function twinAt(size: number): Promise<Uint8Array> {
  return signedTree({ origin: twin.key.name, seedByte: 7, size: size + 1 }).checkpoint(size);
}

const start = (name = 'witness', ...more: string[]): Promise<RunningWitness> => startFor(twin, name, ...more);

async function startFor({ vkey }: SignedTree, name: string, ...more: string[]): Promise<RunningWitness> {
  const witness = await startWitness(join(folder, name), [vkey], '--name', name, ...more);
  started.push(witness);
  return witness;
}

function cosign(...witnesses: RunningWitness[]) {
  return cosignCheckpoints({ ...portal.ctx, witnesses: witnesses.map(knownOf) });
}

const nameOf = ({ vkey }: RunningWitness): string => vkey.split('+').slice(0, 2).join('+');

async function linesOf(size: number): Promise<string[]> {
  const rows = await portal.asOwner<{ line: string }>(
    'SELECT line FROM log_cosignatures WHERE size = $1 ORDER BY witness',
    [size],
  );
  return rows.map(({ line }) => line);
}

/** Names of the witnesses whose kept lines make the newest checkpoint a note that they vouch for. */
async function cosignersOf(size: number, ...witnesses: RunningWitness[]): Promise<string[]> {
  const { note } = await newest();
  const reading = parseNote(Buffer.concat([note, Buffer.from((await linesOf(size)).join(''))]));
  if (!reading.ok) throw new Error(reading.code);
  const verdict = await verifyCosignatures(
    reading.note,
    witnesses.map((witness) => knownOf(witness).key),
  );
  if (!verdict.ok) throw new Error(verdict.code);
  return verdict.cosigned.map(({ key }) => key.name);
}
