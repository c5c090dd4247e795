import type { Tx } from './database.ts';

/** An authority's whole answer (RFC 3161 TimeStampResp, DER) about the checkpoint of that size. */
export type TimeStampRow = { authority: string; response: Buffer; stamped_at: Date };

const list = {
  name: 'list_log_time_stamps',
  text: 'SELECT authority, response, stamped_at FROM log_time_stamps WHERE size = $1 ORDER BY authority',
};

export function listTimeStamps(tx: Tx, size: number): Promise<TimeStampRow[]> {
  return tx.rows<TimeStampRow>(list, [size]);
}

const newest = {
  name: 'newest_log_time_stamp',
  text: `SELECT t.authority, t.response, t.stamped_at, c.note, aceite_now() AS now
    FROM log_time_stamps t JOIN log_checkpoints c ON c.size = t.size ORDER BY t.size DESC, t.stamped_at DESC LIMIT 1`,
};

/** The last stamp that any authority has given, what it is of, and the time that the database has now; undefined before the first. */
export function newestTimeStamp(tx: Tx): Promise<(TimeStampRow & { note: Buffer; now: Date }) | undefined> {
  return tx.row<TimeStampRow & { note: Buffer; now: Date }>(newest, []);
}
