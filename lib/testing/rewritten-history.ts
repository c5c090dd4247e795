import type pg from 'pg';
import { chainStart, linkHash } from '#lib/evidence/event-chain.ts';
import { appendLeaves } from '#lib/evidence/log/append-leaves.ts';
import { formatCheckpoint } from '#lib/evidence/log/checkpoint.ts';
import { growingTree } from '#lib/evidence/log/growing-tree.ts';
import { leafHash } from '#lib/evidence/log/merkle.ts';
import { formatNote, signNote } from '#lib/evidence/log/signed-note.ts';
import { parseVerifierKey } from '#lib/evidence/log/verifier-key.ts';
import { eventEntry } from '#lib/evidence/log-entry.ts';
import { noteSigner } from './note-signer.ts';

/**
 * What an owner who also has the log's private key can do: moves the moment of one event by a second, and makes all that follows fit again:
 * the chain, the entries, the tiles, the head, every checkpoint with a good signature. Only what strangers signed has to go.
 */
export async function rewriteHistory(owner: pg.Client, sessionId: string, verifierKey: string): Promise<void> {
  await owner.query(
    "UPDATE events SET occurred_at = occurred_at + interval '1 second' WHERE session_id = $1 AND sequence = (SELECT max(sequence) FROM events WHERE session_id = $1)",
    [sessionId],
  );
  await relink(owner, sessionId);
  await owner.query('DELETE FROM log_cosignatures');
  await owner.query('DELETE FROM log_time_stamps');
  await owner.query('DELETE FROM log_stamp_rounds');
  await regrow(owner, verifierKey);
}

type Link = { type: string; sequence: number; occurred_at: Date; content_hash: Buffer; hash: Buffer };

async function relink(owner: pg.Client, sessionId: string): Promise<void> {
  const { rows } = await owner.query<Link>('SELECT * FROM events WHERE session_id = $1 ORDER BY sequence', [sessionId]);
  let previous: Uint8Array = chainStart;
  for (const { type, sequence, occurred_at, content_hash, hash: old } of rows) {
    const link = { previous, content: content_hash, sequence, occurredAt: occurred_at.toISOString() };
    const hash = linkHash(link);
    const place = [sessionId, sequence, Buffer.from(previous), Buffer.from(hash)];
    await owner.query('UPDATE events SET prev_hash = $3, hash = $4 WHERE session_id = $1 AND sequence = $2', place);
    const entries = [old, hash].map((one) => Buffer.from(eventEntry({ type, hash: one })));
    await owner.query('UPDATE log_entries SET entry = $2 WHERE entry = $1', entries);
    previous = hash;
  }
}

async function regrow(owner: pg.Client, verifierKey: string): Promise<void> {
  const { rows } = await owner.query<{ entry: Buffer }>('SELECT entry FROM log_entries ORDER BY index');
  const leaves = rows.map(({ entry }) => leafHash(entry));
  await owner.query('DELETE FROM log_tiles');
  // A tree that begins reads no tile.
  for (const { level, index, bytes } of await appendLeaves(0, leaves, () => Promise.reject(new Error('no tile'))))
    await owner.query('INSERT INTO log_tiles VALUES ($1, $2, $3)', [level, index, Buffer.from(bytes)]);
  await owner.query('UPDATE log_head SET root = $1', [Buffer.from(rootOf(leaves))]);
  const checkpoints = await owner.query<{ size: string }>('SELECT size FROM log_checkpoints');
  for (const { size } of checkpoints.rows) {
    const root = rootOf(leaves.slice(0, Number(size)));
    const values = [size, Buffer.from(root), Buffer.from(await noteOf(Number(size), root, verifierKey))];
    await owner.query('UPDATE log_checkpoints SET root = $2, note = $3 WHERE size = $1', values);
  }
}

async function noteOf(size: number, root: Uint8Array, verifierKey: string): Promise<Uint8Array> {
  const reading = parseVerifierKey(verifierKey);
  if (!reading.ok) throw new Error(reading.code);
  const text = formatCheckpoint({ origin: reading.key.name, size, root });
  return formatNote({ text, signatures: [await signNote(text, reading.key, noteSigner(42).sign)] });
}

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const tree = growingTree();
  leaves.forEach(tree.add);
  return tree.root();
}
