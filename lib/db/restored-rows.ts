import type pg from 'pg';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import { withBackupConnection } from './backup-connection.ts';
import { openWallForBackup } from './backup-wall.ts';
import type { LogHead } from './log.ts';
import { eventEntry, hashIn, isEventEntry, statementEntry } from './log-entry-sql.ts';
import { streamRows } from './stream-rows.ts';

/** Everything that a restored database is asked to prove itself; all workspaces, read only, at one instant. */
export type RestoredRows = {
  /** One session's key for each wrapping key in use, by which a key file shows whether it is the right one. */
  sampleWrappedKeys(): Promise<KeptKey[]>;
  /** Some of the sessions whose data key exists, in the order of their ids, from behind the one that is named. */
  sessionsWithKeys(after: string | undefined, most: number): Promise<SessionPlace[]>;
  /** The links of all chains: session after session, each from its first event on. */
  eachEventLink(onLink: (link: EventLink) => void): Promise<void>;
  /** How many events stand neither in the log nor in what waits for it. */
  countUnloggedEvents(): Promise<number>;
  /** How many entries of the log, or of what waits for it, are of an event or a statement that is not there. */
  countMissingRecords(): Promise<number>;
  /** The entries of the log in order, each with the checkpoint that was signed when it was the last. */
  eachLogEntry(onEntry: (entry: KeptEntry) => void): Promise<void>;
  /** Level after level, in order. */
  eachLogTile(onTile: (tile: { level: number; index: number; hashes: Buffer }) => void): Promise<void>;
  logHead(): Promise<LogHead | undefined>;
  countCheckpoints(): Promise<number>;
};

/** `note` and `root` are those of a checkpoint, null where none was signed. */
export type KeptEntry = { index: number; entry: Buffer; root: Buffer | null; note: Buffer | null };

/** A session's data key as the database keeps it, with what its seal is bound to. */
export type KeptKey = SessionPlace & { wrappingKeyId: string; wrappedKey: Buffer };

/** What an event says of its place. Hashes are 32 bytes; migration 0008 says how they are made. */
export type EventLink = {
  sessionId: string;
  sequence: number;
  occurredAt: Date;
  contentHash: Buffer;
  prevHash: Buffer;
  hash: Buffer;
};

const oneKeyOfEach = `
  SELECT DISTINCT ON (wrapping_key_id) workspace_id AS "workspaceId", session_id AS "sessionId",
         wrapping_key_id AS "wrappingKeyId", wrapped_key AS "wrappedKey"
    FROM session_keys WHERE wrapped_key IS NOT NULL ORDER BY wrapping_key_id, session_id`;

const places = `
  SELECT workspace_id AS "workspaceId", session_id AS "sessionId" FROM session_keys
   WHERE wrapped_key IS NOT NULL AND ($1::uuid IS NULL OR session_id > $1) ORDER BY session_id LIMIT $2`;

const links = `
  SELECT session_id AS "sessionId", sequence, occurred_at AS "occurredAt", content_hash AS "contentHash", prev_hash AS "prevHash", hash
    FROM events ORDER BY session_id, sequence`;

// In the log an event is its hash behind the byte of its kind.
const unlogged = `
  SELECT count(*)::float8 AS "howMany" FROM events e
   WHERE NOT EXISTS (SELECT FROM log_queue q WHERE q.hash = e.hash)
     AND NOT EXISTS (SELECT FROM log_entries l WHERE l.entry = ${eventEntry('e.hash', 'e.type')})`;

// Erasing leaves every event, so an entry whose event is gone was never erased by the one way in which that is done.
const missing = `
  SELECT (SELECT count(*) FROM log_entries l WHERE NOT CASE WHEN ${isEventEntry('l.entry')}
            THEN EXISTS (SELECT FROM events e WHERE e.hash = ${hashIn('l.entry')} AND ${eventEntry('e.hash', 'e.type')} = l.entry)
            ELSE EXISTS (SELECT FROM log_statements s WHERE ${statementEntry('s.hash')} = l.entry) END)::float8
       + (SELECT count(*) FROM log_queue q WHERE NOT EXISTS (SELECT FROM events e WHERE e.hash = q.hash))::float8 AS "howMany"`;

// Whole numbers up to 2^53 are exact as float8, and the driver gives them as numbers.
const entries = `
  SELECT e.index::float8 AS index, e.entry, c.root, c.note FROM log_entries e LEFT JOIN log_checkpoints c ON c.size = e.index + 1
   ORDER BY e.index`;
const tiles = 'SELECT level, index::float8 AS index, hashes FROM log_tiles ORDER BY level, index';
const head = 'SELECT size::float8 AS size, root FROM log_head';
const checkpoints = 'SELECT count(*)::float8 AS "howMany" FROM log_checkpoints';

/** Runs `work` on the rows of a restored database, asking as the owner. */
export function readRestored<T>(ownerUrl: string, work: (rows: RestoredRows) => Promise<T>): Promise<T> {
  return withBackupConnection(ownerUrl, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await openWallForBackup(client);
    return work(restoredRows(client));
  });
}

/** The same within a transaction that is open already, with the wall opened. */
export function restoredRows(client: pg.Client): RestoredRows {
  return {
    sampleWrappedKeys: async () => (await client.query<KeptKey>(oneKeyOfEach)).rows,
    sessionsWithKeys: async (after, most) => (await client.query<SessionPlace>(places, [after ?? null, most])).rows,
    eachEventLink: (onLink) => streamRows<EventLink>(client, links, onLink),
    countUnloggedEvents: () => count(client, unlogged),
    countMissingRecords: () => count(client, missing),
    eachLogEntry: (onEntry) => streamRows<KeptEntry>(client, entries, onEntry),
    eachLogTile: (onTile) => streamRows(client, tiles, onTile),
    logHead: async () => (await client.query<LogHead>(head)).rows[0],
    countCheckpoints: () => count(client, checkpoints),
  };
}

async function count(client: pg.Client, text: string): Promise<number> {
  return (await client.query<{ howMany: number }>(text)).rows[0]?.howMany ?? 0;
}
