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
