import { type Logger, pino } from 'pino';
import type { LogLevel } from '#lib/domain/settings.ts';

/**
 * The only fields that a log line may carry beside its sentence. Whatever is not here is dropped, not masked: names, addresses,
 * documents, keys, links and texts have no way in. A test pins this list.
 */
export const loggedFields = [
  'requestId',
  'method',
  'route',
  'status',
  'durationMs',
  'sessionId',
  'workspaceId',
  'deliveryStatus',
  'outcome',
  'reason',
  'attempt',
  'fence',
  'count',
  'port',
  'worker',
  'witness',
  'endpointId',
  'disabled',
  'alarm',
  'limit',
  'signal',
  'migration',
  'error',
] as const;

type Write = { write(line: string): void };

/**
 * One JSON object per line, on standard output unless told otherwise; there without waiting for it, or each answer would wait for a disk.
 * What is still in memory is written when the process ends.
 */
export function createLogger(
  { logLevel }: { logLevel: LogLevel },
  destination: Write = pino.destination({ dest: process.stdout.fd, sync: false }),
): Logger {
  return pino(
    {
      level: logLevel,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }), log: onlyLoggedFields },
    },
    destination,
  );
}

function onlyLoggedFields(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of loggedFields) {
    const value = fields[name];
    if (value !== undefined) kept[name] = name === 'error' ? describeError(value) : plain(value);
  }
  return kept;
}

/** Objects hide fields that the list does not know; only what is flat is written. */
function plain(value: unknown): unknown {
  return typeof value === 'object' ? '[object]' : value;
}

/**
 * What helps to mend a bug. The driver's own messages and details quote values of rows, so of them only the state and the names of
 * table and constraint are kept.
 */
function describeError(value: unknown): unknown {
  if (typeof value === 'string') return value;
  if (!(value instanceof Error)) return { name: typeof value };
  const { name, message, stack = '' } = value;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const facts = value as { code?: unknown; severity?: unknown; table?: unknown; constraint?: unknown };
  if (typeof facts.severity === 'string') {
    const { code, table, constraint } = facts;
    return { name, code, table, constraint, frames };
  }
  return { name, message, code: typeof facts.code === 'string' ? facts.code : undefined, frames };
}
