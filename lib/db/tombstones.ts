import type { Tx } from './database.ts';

export type TombstoneRow = {
  session_id: string;
  class: 'E1' | 'E2' | 'E3';
  rule: 'term_over' | 'requested';
  request_id: string | null;
  kept_until: Date;
  erased_at: Date;
  contract_sha256: Buffer;
  chain_length: number;
  chain_head: Buffer;
  event_hash: Buffer;
  /** Rows that lost what they held, by table. */
  rows: Record<string, number>;
};

const columns =
  'session_id, class, rule, request_id, kept_until, erased_at, contract_sha256, chain_length, chain_head, event_hash, rows';

const read = {
  name: 'read_tombstone',
  text: `SELECT ${columns} FROM tombstones WHERE workspace_id = $1 AND session_id = $2`,
};

/** What is left to say of an erased session; undefined while there is one. */
export function readTombstone(tx: Tx, workspaceId: string, sessionId: string): Promise<TombstoneRow | undefined> {
  return tx.row<TombstoneRow>(read, [workspaceId, sessionId]);
}
