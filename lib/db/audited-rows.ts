import type pg from 'pg';
import { type AuditedSession, auditedSessions } from './audited-sessions.ts';
import { withBackupConnection } from './backup-connection.ts';
import { openWallForBackup } from './backup-wall.ts';
import { alteredLaws } from './laws.ts';
import { type RestoredRows, restoredRows } from './restored-rows.ts';
import { type Stray, strays } from './stray-rows.ts';

/** The whole installation, read only, at one instant. */
export type AuditedRows = RestoredRows & {
  sessions(): AsyncGenerator<AuditedSession>;
  /** Rows that stand alone: of no session, in no log, or of nothing that was said. */
  strays(): AsyncGenerator<Stray>;
  checkpoints(): AsyncGenerator<AuditedCheckpoint>;
  /** Names of functions, triggers, policies and walls that are not as the migrations make them. */
  alteredLaws(mayMoveClock: boolean): Promise<string[]>;
  statements(): Promise<{ kind: string; content: string; hash: Buffer }[]>;
};

export type AuditedCheckpoint = {
  size: number;
  root: Buffer;
  note: Buffer;
  signed_at: Date;
  /** When the newest event below it had happened; null when none of them is there. */
  last_event_at: Date | null;
  now: Date;
  stamps: { authority: string; response: Buffer; stamped_at: Date; is_known: boolean }[];
  cosignatures: { witness: string; line: string }[];
};

const batch = 200;

// The first hundred entries before it are enough to find the newest event: statements are few.
const checkpoints = `
  SELECT c.size::float8 AS size, c.root, c.note, c.signed_at, aceite_now() AS now,
    (SELECT max(e.occurred_at) FROM log_entries l JOIN events e ON e.hash = substring(l.entry FROM 2)
      WHERE l.index < c.size AND l.index >= c.size - 100) AS last_event_at
  FROM log_checkpoints c WHERE c.size > $1 ORDER BY c.size LIMIT ${batch}`;

const stamps = `
  SELECT t.size::float8 AS size, t.authority, t.response, t.stamped_at,
    EXISTS (SELECT FROM log_stamp_turns a WHERE a.authority = t.authority) AS is_known
  FROM log_time_stamps t WHERE t.size = ANY ($1::bigint[]) ORDER BY t.size, t.authority`;

const cosignatures =
  'SELECT size::float8 AS size, witness, line FROM log_cosignatures WHERE size = ANY ($1::bigint[]) ORDER BY size, witness';

const statements = 'SELECT kind, content, hash FROM log_statements ORDER BY made_at, id';

/** Runs `work` on all rows, asking as the owner. */
export function readForAudit<T>(ownerUrl: string, work: (rows: AuditedRows) => Promise<T>): Promise<T> {
  return withBackupConnection(ownerUrl, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return work(await auditedRows(client));
  });
}

/** The same within a transaction that is open already. */
export async function auditedRows(client: pg.Client): Promise<AuditedRows> {
  await openWallForBackup(client);
  return {
    ...restoredRows(client),
    sessions: () => auditedSessions(client),
    strays: () => strays(client),
    checkpoints: () => auditedCheckpoints(client),
    alteredLaws: (mayMoveClock) => alteredLaws(client, mayMoveClock),
    statements: async () => (await client.query<{ kind: string; content: string; hash: Buffer }>(statements)).rows,
  };
}

async function* auditedCheckpoints(client: pg.Client): AsyncGenerator<AuditedCheckpoint> {
  let behind = -1;
  while (true) {
    const { rows } = await client.query<Omit<AuditedCheckpoint, 'stamps' | 'cosignatures'>>(checkpoints, [behind]);
    const sizes = rows.map(({ size }) => size);
    const found = await client.query<AuditedCheckpoint['stamps'][number] & { size: number }>(stamps, [sizes]);
    const lines = await client.query<AuditedCheckpoint['cosignatures'][number] & { size: number }>(cosignatures, [
      sizes,
    ]);
    const of = <Row extends { size: number }>({ rows: all }: { rows: Row[] }, wanted: number) =>
      all.filter(({ size }) => size === wanted);
    for (const row of rows) yield { ...row, stamps: of(found, row.size), cosignatures: of(lines, row.size) };
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    behind = last.size;
  }
}
