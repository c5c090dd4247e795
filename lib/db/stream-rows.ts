import pg from 'pg';

/**
 * Hands every row of a question to `onRow` as it comes from the network, and gathers none: a million need no more memory than one. Fails
 * with what `onRow` throws, after the rest of the answer has gone by.
 */
export function streamRows<Row extends object>(
  client: pg.Client,
  text: string,
  onRow: (row: Row) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let fault: unknown;
    const query = client.query(new pg.Query<Row>(text));
    query.on('row', (row) => {
      if (fault !== undefined) return;
      try {
        onRow(row);
      } catch (error) {
        // Thrown from here it would end the process.
        fault = error;
      }
    });
    query.on('error', reject);
    query.on('end', () => (fault === undefined ? resolve() : reject(fault)));
  });
}
