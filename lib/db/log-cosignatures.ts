import type { Tx } from './database.ts';

const list = {
  name: 'list_log_cosignatures',
  text: 'SELECT witness, line FROM log_cosignatures WHERE size = $1 ORDER BY witness',
};

/** The lines that witnesses added to the checkpoint of that size, each with its line feed. */
export function listCosignatures(tx: Tx, size: number): Promise<{ witness: string; line: string }[]> {
  return tx.rows(list, [size]);
}
