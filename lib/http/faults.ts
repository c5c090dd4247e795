/** Connection errors of the driver's socket. */
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENOENT',
]);

/**
 * SQLSTATEs of a database that is away, starting, stopping, full, read-only after a failover, or too busy: the same request may succeed in
 * a moment, and nothing of this one was kept.
 */
const awayStates = /^(?:08...|53...|57P0[1-5]|57014|55P03|40001|40P01|25006)$/;

/** What `pg` and its pool say without any code. */
const awayMessages =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error)/;

/** True when a request failed because the database could not be asked; anything else is a bug of ours. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const isSocket = socketCodes.has(code) && 'syscall' in error && error.syscall !== 'open';
  return isSocket || awayStates.test(code) || awayMessages.test(error.message) || isAwayAtEveryAddress(error);
}

/** Seconds. Long enough for a restart to be over more often than not, short enough for a person who waits. */
export const retryAfterSeconds = 5;

/** `localhost` is tried at two addresses; their errors come as one. */
function isAwayAtEveryAddress(error: Error): boolean {
  return error instanceof AggregateError && error.errors.length > 0 && error.errors.every(isDatabaseAway);
}
