import type { Pool, PoolClient } from 'pg';

/** One statement as it was sent to the server. */
export type SentStatement = { name?: string; text: string; values: readonly unknown[] };
/** Statements that were sent before the first of them was answered: one round trip. */
export type RoundTrip = SentStatement[];

export type WireRecording = {
  /** What was sent since the last call, and forgets it. */
  take(): RoundTrip[];
};

/**
 * Listens to what a pool's connections send from now on. It counts round trips of one transaction at a time; the connections must be
 * new, and must not be used in parallel while it is of interest.
 */
export function recordWire(pool: Pool): WireRecording {
  let trips: RoundTrip[] = [];
  let isAnswered = true;
  pool.on('connect', (client) => {
    listen(client, {
      onSent: (statement) => {
        if (isAnswered) trips.push([]);
        isAnswered = false;
        trips.at(-1)?.push(statement);
      },
      onAnswered: () => {
        isAnswered = true;
      },
    });
  });
  return {
    take: () => {
      const taken = trips;
      trips = [];
      return taken;
    },
  };
}

function listen(
  client: PoolClient,
  { onSent, onAnswered }: { onSent: (statement: SentStatement) => void; onAnswered: () => void },
): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const listening = (...args: unknown[]) => {
    onSent(statementOf(args[0]));
    const answer = query(...args);
    if (answer instanceof Promise) answer.then(onAnswered, onAnswered);
    return answer;
  };
  // Of the driver's many ways to call it, ours uses those with a text or an object, which pass through unchanged.
  client.query = listening as unknown as PoolClient['query'];
}

function statementOf(sent: unknown): SentStatement {
  if (typeof sent === 'string') return { text: sent, values: [] };
  const { name, text, values = [] } = sent as { name?: string; text: string; values?: unknown[] };
  return { ...(name !== undefined && { name }), text, values };
}
