import type { Tx } from './database.ts';

const read = { name: 'read_clock', text: 'SELECT aceite_now() AS now' };

/** The product's only clock, for answers that hold no row which could have brought the time along. */
export async function readClock(tx: Tx): Promise<Date> {
  const row = await tx.row<{ now: Date }>(read, []);
  if (!row) throw new Error('the database did not tell the time');
  return row.now;
}
