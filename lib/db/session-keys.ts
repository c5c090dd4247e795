import type { WrappedKey } from '#lib/vault/session-vault.ts';
import type { Database, Tx } from './database.ts';

const uses = { name: 'wrapping_key_uses', text: 'SELECT wrapping_key_id, how_many::float8 FROM wrapping_key_uses()' };

/** How many sessions of the installation need which wrapping key; keys that none needs are left out. */
export async function countWrappingKeyUses(db: Database): Promise<Map<string, number>> {
  const rows = await db.door<{ wrapping_key_id: string; how_many: number }>(uses, []);
  return new Map(rows.map((row) => [row.wrapping_key_id, row.how_many]));
}

const retire = { name: 'retire_wrapping_key', text: 'SELECT retire_wrapping_key($1)::float8 AS uses' };

/** Forbids a wrapping key for good when no session needs it; answers how many do. */
export async function retireWrappingKey(db: Database, wrappingKeyId: string): Promise<number> {
  const [row] = await db.door<{ uses: number }>(retire, [wrappingKeyId]);
  if (!row) throw new Error('the door that retires wrapping keys gave no answer');
  return row.uses;
}

const retired = { name: 'retired_wrapping_keys', text: 'SELECT id FROM retired_wrapping_keys' };

/** Ids of the wrapping keys under which no session is ever written again. */
export async function findRetiredWrappingKeys(db: Database): Promise<Set<string>> {
  return new Set((await db.door<{ id: string }>(retired, [])).map(({ id }) => id));
}

export type SessionKeyRow = { session_id: string; wrapping_key_id: string; wrapped_key: Buffer };

const lock = {
  name: 'lock_session_keys',
  text: `SELECT session_id, wrapping_key_id, wrapped_key FROM session_keys
    WHERE workspace_id = $1 AND wrapping_key_id = $2 AND session_id <> ALL ($3::uuid[]) LIMIT $4 FOR UPDATE SKIP LOCKED`,
};

/** Some of the sessions that need this wrapping key, but for those to pass over and those that another run is at. */
export function lockSessionKeys(
  tx: Tx,
  workspaceId: string,
  { wrappingKeyId, passOver, limit }: { wrappingKeyId: string; passOver: readonly string[]; limit: number },
): Promise<SessionKeyRow[]> {
  return tx.rows<SessionKeyRow>(lock, [workspaceId, wrappingKeyId, [...passOver], limit]);
}

const replace = {
  name: 'rewrap_session_keys',
  text: `UPDATE session_keys k SET wrapping_key_id = made.wrapping_key_id, wrapped_key = made.wrapped_key
    FROM unnest($2::uuid[], $3::text[], $4::bytea[]) AS made (session_id, wrapping_key_id, wrapped_key)
    WHERE k.workspace_id = $1 AND k.session_id = made.session_id`,
};

/** Keeps the new wrappings of sessions that this transaction has locked. */
export async function replaceSessionKeys(
  tx: Tx,
  workspaceId: string,
  made: readonly (WrappedKey & { sessionId: string })[],
): Promise<void> {
  const column = <Key extends keyof (typeof made)[number]>(key: Key) => made.map((row) => row[key]);
  await tx.rows(replace, [workspaceId, column('sessionId'), column('wrappingKeyId'), column('wrappedKey')]);
}
