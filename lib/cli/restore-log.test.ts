import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { takeBackup } from '#lib/db/backup.ts';
import { openDatabase } from '#lib/db/database.ts';
import { formatCheckpoint } from '#lib/evidence/log/checkpoint.ts';
import { emptyRoot } from '#lib/evidence/log/merkle.ts';
import { formatNote, signNote } from '#lib/evidence/log/signed-note.ts';
import { verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { changeRows, forgeBackup } from '#lib/testing/backup-file.ts';
import { aceite } from '#lib/testing/command-line.ts';
import { acceptedSession, createdSession } from '#lib/testing/journey.ts';
import { newestCheckpoint } from '#lib/testing/newest-checkpoint.ts';
import { noteSigner } from '#lib/testing/note-signer.ts';
import { sealOf, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { restorePlace } from '#lib/testing/restore-place.ts';
import { workerScope } from '#lib/usecases/no-workspace.ts';
import { growLog } from '#lib/usecases/system/grow-log.ts';
import { type LogSigner, type SignedHistory, signLog } from '#lib/usecases/system/sign-log.ts';

const { publicKey, sign } = noteSigner(9);
const key = verifierKey('assinar.example.com/log', 1, publicKey);
const place = restorePlace();

let portal: TestPortal;
let memory: SignedHistory = { size: 0, root: emptyRoot() };
const signer: LogSigner = {
  key,
  sign,
  recall: async () => memory,
  remember: async (history) => {
    memory = history;
  },
};

/** A log of more than one tile, with two checkpoints in it and one entry behind them; then a third one that the backup does not have. */
beforeAll(async () => {
  portal = await startTestPortal();
  await acceptedSession(portal);
  await sayMuch();
  await growAndSign('early');
  await createdSession(portal);
  await growAndSign('newest');
  await createdSession(portal);
  await growLog(portal.ctx);
  await createdSession(portal);
  await takeBackup({ ownerUrl: portal.ownerUrl, path: place.at('whole'), takenAt: new Date(), sign: sealOf(portal) });
  await growAndSign('later');
});
afterAll(() => portal.end());
beforeEach(() => void vi.stubEnv('ACEITE_KEYS_FILE', portal.keysFile));

/** Statements instead of sessions: as good for the log, and quick to make, though no dossier would take them. */
async function sayMuch(): Promise<void> {
  await portal.asOwner(
    `INSERT INTO log_statements (id, kind, content, hash)
     SELECT gen_random_uuid(), 'release', '{}', sha256(n::text::bytea) FROM generate_series(1, 300) n`,
  );
}

/** Saves the checkpoint as a stranger would who fetches it. */
async function growAndSign(name: string): Promise<void> {
  while ((await growLog(portal.ctx)) > 0);
  expect(await signLog(portal.ctx, signer)).toMatchObject({ isNew: true });
  const checkpoint = await portal.ctx.db.transaction(workerScope, newestCheckpoint);
  writeFileSync(place.at(name), checkpoint?.note ?? '');
}

test('a restored log with its checkpoints proves itself, grows on and is signed on', async () => {
  expect(await place.restored(place.at('whole'), '--skip-dossiers')).toMatchObject({ code: 0, faults: [] });
  const db = openDatabase({ url: place.target.url, connectionsMax: 4, mode: 'sandbox', onIdleError: () => undefined });
  try {
    const ctx = { ...portal.ctx, db };
    const before = await db.transaction(workerScope, newestCheckpoint);
    expect(await growLog(ctx)).toBe(1);
    const ownMemory = { ...signer, recall: async () => before ?? memory, remember: async () => undefined };
    expect(await signLog(ctx, ownMemory)).toEqual({ ok: true, size: (before?.size ?? 0) + 2, isNew: true });
    expect(await signLog(ctx, signer), 'with the memory of the lost days').toMatchObject({ ok: true });
  } finally {
    await db.end();
  }
});

describe('a checkpoint that somebody kept', () => {
  test.each(['early', 'newest'])('is contained in the restored log: %s', async (name) => {
    const restored = await place.restored(place.at('whole'), '--checkpoint', place.at(name), '--skip-dossiers');
    expect(restored).toMatchObject({ code: 0, faults: [] });
  });

  test('of a longer log says that the backup is older', async () => {
    const restored = await place.restored(place.at('whole'), '--checkpoint', place.at('later'), '--skip-dossiers');
    expect(restored).toMatchObject({ code: 1, faults: [{ code: 'log_rollback_detected' }] });
    const { size } = memory;
    expect(restored.faults[0]?.message).toContain(`the restored log has ${size - 1} entries`);
    expect(restored.faults[0]?.message).toContain(`says ${size}`);
  });

  test.each([0, 1, 5])('of another history says so, at size %d', async (size) => {
    const text = formatCheckpoint({ origin: key.name, size, root: new Uint8Array(32).fill(size) });
    writeFileSync(place.at('other'), formatNote({ text, signatures: [await signNote(text, key, sign)] }));
    const restored = await place.restored(place.at('whole'), '--checkpoint', place.at('other'), '--skip-dossiers');
    expect(restored).toMatchObject({ code: 1, faults: [{ code: 'log_rewritten' }] });
  });

  test.each([
    ['that is none', 'hello\n', /is no checkpoint of a log/],
    ['that is not there', undefined, /cannot be read: ENOENT/],
  ])('%s is refused before anything is restored', async (name, content, sentence) => {
    if (content !== undefined) writeFileSync(place.at(name), content);
    const refused = await aceite('restore', place.at('whole'), '--checkpoint', place.at(name));
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringMatching(sentence) });
    expect(await aceite('migrate', '--check')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^Missing: 0001_/),
    });
  });
});

describe('a changed log is found, though every sum of the backup fits:', () => {
  const other = `\\x${'ab'.repeat(32)}`;
  test.each([
    ['an entry', 'log_entries', 7, 'entry', `\\x02${'ab'.repeat(32)}`, /the head|the checkpoint/],
    ['the number of the last entry', 'log_entries', -1, 'index', '400', /the numbering/],
    ['the root of the head', 'log_head', 0, 'root', other, /the head/],
    ['the size of the head', 'log_head', 0, 'size', '3', /the head/],
    ['the root of a checkpoint', 'log_checkpoints', 0, 'root', other, /the checkpoint of size/],
    ['the size of a checkpoint', 'log_checkpoints', 0, 'size', '3', /the checkpoint of size 3/],
    ['a checkpoint of more than there is', 'log_checkpoints', 1, 'size', '900', /a checkpoint beyond the last entry/],
    ['a tile', 'log_tiles', 1, 'hashes', other, /the tiles/],
    ['the place of a tile', 'log_tiles', 1, 'index', '5', /the tiles/],
  ])('%s', async (_what, table, row, column, value, sentence) => {
    // From the end: the log has grown by one entry since the backup.
    const wanted = row < 0 ? memory.size - 1 + row : row;
    const change = changeRows(table, (values, index) => {
      if (index === wanted) values[column] = value;
    });
    forgeBackup(place.at('whole'), place.at('forged'), change, { sign: sealOf(portal) });
    const { code, faults } = await place.restored(place.at('forged'), '--skip-dossiers');
    expect(code).toBe(1);
    expect(faults).toContainEqual({ code: 'log_broken', message: expect.stringMatching(sentence) });
  });

  test('a history that was made anew, with everything that belongs to it, by the checkpoint that was kept', async () => {
    const made = await startTestPortal();
    try {
      await createdSession(made);
      while ((await growLog(made.ctx)) > 0);
      await takeBackup({
        ownerUrl: made.ownerUrl,
        path: place.at('made anew'),
        takenAt: new Date(),
        sign: sealOf(made),
      });
    } finally {
      await made.end();
    }
    vi.stubEnv('ACEITE_KEYS_FILE', made.keysFile);
    const { faults } = await place.restored(place.at('made anew'), '--checkpoint', place.at('early'));
    expect(faults).toContainEqual(expect.objectContaining({ code: 'log_rollback_detected' }));
  });
});

describe('what was recorded and is no longer there is found, though all that is left fits together:', () => {
  /** The backup's lines without the rows of the table that `goes` names. */
  const without =
    (table: string, goes: (row: Record<string, string | null>, rows: Record<string, string | null>[]) => boolean) =>
    (lines: string[]) => {
      const rows: Record<string, string | null>[] = [];
      changeRows(table, (row) => void rows.push({ ...row }))(lines);
      const first = lines.findIndex((line) => line.startsWith(`{"table":"${table}"`)) + 1;
      return lines.filter((_, at) => {
        const row = rows[at - first];
        return at < first || row === undefined || !goes(row, rows);
      });
    };
  const isLastOfAccepted = (row: Record<string, string | null>, rows: Record<string, string | null>[]) => {
    const accepted = rows.find(({ type }) => type === 'accepted')?.session_id;
    return row === rows.findLast(({ session_id }) => session_id === accepted);
  };
  const isFirstOfAnother = (row: Record<string, string | null>, rows: Record<string, string | null>[]) =>
    row === rows.find(({ session_id }) => session_id !== rows[0]?.session_id);

  test.each([
    ['the acceptance at the end of a story', without('events', isLastOfAccepted)],
    ['the whole story of a session', without('events', isFirstOfAnother)],
    ['a statement', without('log_statements', (row, rows) => row === rows[7])],
    ['an event that still waits for the log', without('events', (row, rows) => row === rows.at(-1))],
  ])('%s', async (_what, change) => {
    forgeBackup(place.at('whole'), place.at('forged'), change, { sign: sealOf(portal) });
    const { code, faults } = await place.restored(
      place.at('forged'),
      '--checkpoint',
      place.at('newest'),
      '--skip-dossiers',
    );
    expect({ code, faults }).toMatchObject({
      code: 1,
      faults: [{ code: 'record_missing', message: expect.stringMatching(/^The log knows of 1 events or statements/) }],
    });
  });
});
