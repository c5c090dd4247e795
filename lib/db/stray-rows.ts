import type pg from 'pg';
import {
  anyEventEntry,
  eventEntry,
  hashIn,
  isEventEntry,
  isStatementEntry,
  statementEntry,
  waitingEntry,
} from './log-entry-sql.ts';

/** What a stray row is; `place` says which one without naming anybody. */
export type Stray = {
  kind:
    | 'row_without_session'
    | 'event_not_logged'
    | 'event_relabelled'
    | 'entry_without_event'
    | 'entry_without_statement'
    | 'entry_unknown'
    | 'waiting_for_nothing'
    | 'row_without_checkpoint'
    | 'stamp_missing';
  table: string;
  sessionId: string | null;
  place: string | null;
};

const ofSessions = [
  'session_keys',
  'contracts',
  'signer_details',
  'blind_indexes',
  'acceptances',
  'deliveries',
  'delivery_attempts',
  'lender_reencodes',
  'events',
  'legal_holds',
  'certificates',
  'tombstones',
] as const;

const questions: { kind: Stray['kind']; table: string; text: string }[] = [
  ...ofSessions.map((table) => ({
    kind: 'row_without_session' as const,
    table,
    text: `SELECT DISTINCT session_id AS "sessionId", NULL AS place FROM ${table} t
      WHERE NOT EXISTS (SELECT FROM signing_sessions s WHERE s.id = t.session_id)`,
  })),
  {
    kind: 'event_not_logged',
    table: 'events',
    text: `SELECT e.session_id AS "sessionId", 'event ' || e.sequence AS place FROM events e
      WHERE NOT EXISTS (SELECT FROM log_queue q WHERE q.hash = e.hash)
        AND NOT EXISTS (SELECT FROM log_entries l WHERE l.entry = ${anyEventEntry('e.hash')})`,
  },
  {
    // Also of what was erased, whose events prove nothing else of what they were.
    kind: 'event_relabelled',
    table: 'events',
    text: `SELECT DISTINCT e.session_id AS "sessionId", 'event ' || e.sequence AS place
      FROM events e JOIN log_entries l ON l.entry = ${anyEventEntry('e.hash')} WHERE l.entry <> ${eventEntry('e.hash', 'e.type')}`,
  },
  {
    kind: 'entry_without_event',
    table: 'log_entries',
    text: `SELECT NULL AS "sessionId", 'entry ' || l.index AS place FROM log_entries l
      WHERE ${isEventEntry('l.entry')} AND NOT EXISTS (SELECT FROM events e WHERE e.hash = ${hashIn('l.entry')})`,
  },
  {
    kind: 'entry_without_statement',
    table: 'log_entries',
    text: `SELECT NULL AS "sessionId", 'entry ' || l.index AS place FROM log_entries l
      WHERE ${isStatementEntry('l.entry')} AND NOT EXISTS (SELECT FROM log_statements s WHERE ${statementEntry('s.hash')} = l.entry)`,
  },
  {
    kind: 'entry_unknown',
    table: 'log_entries',
    text: `SELECT NULL AS "sessionId", 'entry ' || l.index AS place FROM log_entries l
      WHERE NOT (${isEventEntry('l.entry')} OR ${isStatementEntry('l.entry')})`,
  },
  {
    // Taken in twice it would stop the log; of another event it would be an entry for nothing.
    kind: 'waiting_for_nothing',
    table: 'log_queue',
    text: `SELECT NULL AS "sessionId", 'waiting ' || q.event_position AS place FROM log_queue q
      WHERE NOT EXISTS (SELECT FROM events e WHERE e.position = q.event_position AND ${eventEntry('e.hash', 'e.type')} = ${waitingEntry('q')})
        OR EXISTS (SELECT FROM log_entries l WHERE l.entry = ${anyEventEntry('q.hash')})`,
  },
  ...['log_time_stamps', 'log_cosignatures', 'log_stamp_rounds'].map((table) => ({
    kind: 'row_without_checkpoint' as const,
    table,
    text: `SELECT DISTINCT NULL AS "sessionId", 'size ' || t.size AS place FROM ${table} t
      WHERE NOT EXISTS (SELECT FROM log_checkpoints c WHERE c.size = t.size)`,
  })),
  {
    kind: 'row_without_checkpoint',
    table: 'log_time_stamps',
    text: `SELECT DISTINCT NULL AS "sessionId", 'size ' || t.size AS place FROM log_time_stamps t
      WHERE NOT EXISTS (SELECT FROM log_stamp_rounds r WHERE r.size = t.size)`,
  },
  {
    kind: 'row_without_checkpoint',
    table: 'certificates',
    text: `SELECT t.session_id AS "sessionId", 'size ' || t.checkpoint_size AS place FROM certificates t
      WHERE NOT EXISTS (SELECT FROM log_checkpoints c WHERE c.size = t.checkpoint_size)
        OR NOT EXISTS (SELECT FROM log_entries l WHERE l.entry = ${anyEventEntry('t.through_hash')} AND l.index < t.checkpoint_size)`,
  },
  {
    // Nothing stops waiting but by its stamp. Which authorities were asked in those days is kept nowhere.
    kind: 'stamp_missing',
    table: 'log_time_stamps',
    text: `SELECT NULL AS "sessionId", 'size ' || r.size AS place FROM log_stamp_rounds r
      WHERE NOT EXISTS (SELECT FROM log_time_stamps t WHERE t.size = r.size) AND NOT EXISTS (SELECT FROM log_stamp_queue q WHERE q.size = r.size)`,
  },
];

/** Rows kept at once of one question; a database in which more are astray is told of the first ones. */
const strayMax = 1_000;

/** Every row that lacks what it belongs to. */
export async function* strays(client: pg.Client): AsyncGenerator<Stray> {
  for (const { kind, table, text } of questions) {
    const { rows } = await client.query<Pick<Stray, 'sessionId' | 'place'>>(`${text} LIMIT ${strayMax}`);
    for (const row of rows) yield { kind, table, ...row };
  }
}
