import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { formatCheckpoint, parseCheckpoint } from '#lib/evidence/log/checkpoint.ts';
import { emptyRoot } from '#lib/evidence/log/merkle.ts';
import { formatNote, parseNote, signNote, verifyNote } from '#lib/evidence/log/signed-note.ts';
import { formatVerifierKey, verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { createdSession } from '#lib/testing/journey.ts';
import { newestCheckpoint } from '#lib/testing/newest-checkpoint.ts';
import { noteSigner } from '#lib/testing/note-signer.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { workerScope } from '../no-workspace.ts';
import { growLog } from './grow-log.ts';
import { readLogFile } from './read-log-file.ts';
import { type LogSigner, type SignedHistory, signLog } from './sign-log.ts';

const { publicKey, sign } = noteSigner(7);
const key = verifierKey('assinar.example.com/log', 1, publicKey);

let portal: TestPortal;
let memory: SignedHistory;
let signer: LogSigner;
beforeAll(async () => {
  portal = await startTestPortal();
  memory = { size: 0, root: emptyRoot() };
});
beforeEach(() => {
  signer = {
    key,
    sign,
    recall: async () => memory,
    remember: async (history) => {
      memory = history;
    },
  };
});
afterAll(() => portal.end());

async function grow(): Promise<void> {
  await createdSession(portal);
  await growLog(portal.ctx);
}

const newest = () => portal.ctx.db.transaction(workerScope, newestCheckpoint);

describe('the signer of the log', () => {
  test('signs nothing while there is nothing', async () => {
    expect(await signLog(portal.ctx, signer)).toEqual({ ok: true, size: 0, isNew: false });
    expect(await readLogFile(portal.ctx, 'checkpoint')).toBeUndefined();
  });

  test('signs a note that its public key verifies, over the head of the log, once', async () => {
    await grow();
    const outcome = await signLog(portal.ctx, signer);
    expect(outcome).toMatchObject({ ok: true, isNew: true });
    const checkpoint = await newest();
    const reading = parseNote(checkpoint?.note ?? Buffer.alloc(0));
    if (!reading.ok) throw new Error(reading.code);
    expect(await verifyNote(reading.note, [key])).toMatchObject({ ok: true });
    expect(parseCheckpoint(reading.note.text)).toMatchObject({
      ok: true,
      checkpoint: { origin: 'assinar.example.com/log', size: outcome.size },
    });
    expect(await signLog(portal.ctx, signer)).toEqual({ ok: true, size: outcome.size, isNew: false });
  });

  test('remembers before it signs, and signs the same again after a crash in between', async () => {
    await grow();
    const crashing = { ...signer, sign: () => Promise.reject(new Error('the power is gone')) };
    const before = await newest();
    await expect(signLog(portal.ctx, crashing)).rejects.toThrow('the power is gone');
    expect(await newest()).toEqual(before);
    expect(memory.size).toBeGreaterThan(before?.size ?? 0);
    expect(await signLog(portal.ctx, signer)).toEqual({ ok: true, size: memory.size, isNew: true });
  });

  test('signs no shorter history, such as that of a restored backup', async () => {
    await grow();
    await signLog(portal.ctx, signer);
    const { size } = memory;
    const ahead = { ...signer, recall: async () => ({ size: size + 5, root: new Uint8Array(32) }) };
    const before = await newest();
    await grow();
    expect(await signLog(portal.ctx, ahead)).toEqual({
      ok: false,
      code: 'log_rollback_detected',
      size: size + 1,
      signed: size + 5,
    });
    expect(await newest()).toEqual(before);
  });

  test('signs no other history of the same length, nor a longer one that does not begin with it', async () => {
    await signLog(portal.ctx, signer);
    const { size } = memory;
    const other = { ...signer, recall: async () => ({ size, root: new Uint8Array(32) }) };
    expect(await signLog(portal.ctx, other)).toMatchObject({ ok: false, code: 'log_rewritten' });
    await grow();
    expect(await signLog(portal.ctx, other)).toMatchObject({ ok: false, code: 'log_rewritten' });
    expect(await signLog(portal.ctx, signer)).toMatchObject({ ok: true, isNew: true });
  });

  test('never signs beside another signer', async () => {
    await grow();
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => signLog(portal.ctx, signer)));
    expect(outcomes.filter((outcome) => outcome.ok && outcome.isNew)).toHaveLength(1);
  });
});

describe('a checkpoint that somebody else has written among those of the log', () => {
  /** What the portal's login may do, as long as it may keep checkpoints at all. */
  const forge = (size: string, note: Uint8Array) =>
    portal.ctx.db.transaction(workerScope, (tx) =>
      tx.rows(
        {
          name: `forge_checkpoint_${size}`,
          text: `INSERT INTO log_checkpoints (size, root, note) SELECT ${size}, root, $1 FROM log_head`,
        },
        [note],
      ),
    );
  const nonsense = Buffer.from('nobody has signed this '.repeat(10));

  test('is taken by the signer for no signature of its own, and stops it no longer than until the log grows', async () => {
    await signLog(portal.ctx, signer);
    const { size } = memory;
    await grow();
    await forge('size', nonsense);
    expect(await signLog(portal.ctx, signer)).toEqual({
      ok: false,
      code: 'checkpoint_forged',
      size: size + 1,
      signed: size,
    });
    await grow();
    expect(await signLog(portal.ctx, signer)).toEqual({ ok: true, size: size + 2, isNew: true });
  });

  test('is served to nobody, though it claims a longer history', async () => {
    const served = await readLogFile(portal.ctx, 'checkpoint');
    await forge('size + 7', nonsense);
    expect(await readLogFile(portal.ctx, 'checkpoint')).toEqual(served);
  });

  test('is served to nobody either when another key has signed it', async () => {
    const named = { ...portal.ctx, logKeys: () => [formatVerifierKey(key)] };
    const served = await readLogFile(named, 'checkpoint');
    const [head] = await portal.asOwner<{ size: string; root: Buffer }>('SELECT size, root FROM log_head');
    const stranger = noteSigner(8);
    const text = formatCheckpoint({
      origin: key.name,
      size: Number(head?.size) + 9,
      root: head?.root ?? Buffer.alloc(32),
    });
    const strangersKey = verifierKey(key.name, 1, stranger.publicKey);
    await forge('size + 9', formatNote({ text, signatures: [await signNote(text, strangersKey, stranger.sign)] }));
    expect(await readLogFile(named, 'checkpoint')).toEqual(served);
    await portal.asOwner('ALTER TABLE log_checkpoints DISABLE TRIGGER USER');
    await portal.asOwner('DELETE FROM log_checkpoints WHERE size > (SELECT size FROM log_head)');
    await portal.asOwner('ALTER TABLE log_checkpoints ENABLE TRIGGER USER');
  });
});

describe('the public files of the log', () => {
  test('are those that the newest checkpoint covers, in every width that was ever signed', async () => {
    await grow();
    await signLog(portal.ctx, signer);
    const { size } = memory;
    const whole = await readLogFile(portal.ctx, `tile/0/000.p/${size}`);
    expect(whole).toMatchObject({ isFixed: true });
    expect(whole?.bytes).toHaveLength(size * 32);
    const part = await readLogFile(portal.ctx, 'tile/0/000.p/1');
    expect(part?.bytes).toEqual(whole?.bytes.subarray(0, 32));
    const entries = await readLogFile(portal.ctx, `tile/entries/000.p/${size}`);
    expect(entries?.bytes).toHaveLength(size * 35);
    await grow();
    for (const path of [
      `tile/0/000.p/${size + 1}`,
      'tile/0/000',
      'tile/1/000',
      'tile/0/001.p/1',
      'tile/9/000',
      'x',
      '',
    ])
      expect(await readLogFile(portal.ctx, path), path).toBeUndefined();
  });
});
