import type pg from 'pg';
import { withBackupConnection } from './backup-connection.ts';
import { openWallForBackup } from './backup-wall.ts';
import { streamRows } from './stream-rows.ts';

/** Everything that a restored database is asked to prove itself; all workspaces, read only, at one instant. */
export type RestoredRows = {
  /** One session's key for each wrapping key in use, by which a key file shows whether it is the right one. */
  sampleWrappedKeys(): Promise<KeptKey[]>;
  /** The links of all chains: session after session, each from its first event on. */
  eachEventLink(onLink: (link: EventLink) => void): Promise<void>;
  /** How many events stand neither in the log nor in what waits for it. */
  countUnloggedEvents(): Promise<number>;
};

/** A session's data key as the database keeps it, with what its seal is bound to. */
export type KeptKey = { workspaceId: string; sessionId: string; wrappingKeyId: string; wrappedKey: Buffer };

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

const links = `
  SELECT session_id AS "sessionId", sequence, occurred_at AS "occurredAt", content_hash AS "contentHash", prev_hash AS "prevHash", hash
    FROM events ORDER BY session_id, sequence`;

// In the log an event is its hash behind the byte 1.
const unlogged = `
  SELECT count(*)::float8 AS "howMany" FROM events e
   WHERE NOT EXISTS (SELECT FROM log_queue q WHERE q.hash = e.hash)
     AND NOT EXISTS (SELECT FROM log_entries l WHERE l.entry = '\\x01'::bytea || e.hash)`;

/** Runs `work` on the rows of a restored database, asking as the owner. */
export function readRestored<T>(ownerUrl: string, work: (rows: RestoredRows) => Promise<T>): Promise<T> {
  return withBackupConnection(ownerUrl, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await openWallForBackup(client);
    return work(rowsOf(client));
  });
}

function rowsOf(client: pg.Client): RestoredRows {
  return {
    sampleWrappedKeys: async () => (await client.query<KeptKey>(oneKeyOfEach)).rows,
    eachEventLink: (onLink) => streamRows<EventLink>(client, links, onLink),
    countUnloggedEvents: async () => (await client.query<{ howMany: number }>(unlogged)).rows[0]?.howMany ?? 0,
  };
}
