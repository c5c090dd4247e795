import { describe, expect, test } from 'vitest';
import { auditedPortal } from '#lib/testing/audited-portal.ts';
import { rewriteHistory } from '#lib/testing/rewritten-history.ts';
import type { FindingCode } from './finding.ts';

const place = auditedPortal();

const ask = (sql: string, values: unknown[] = []) => place.owner.query(sql, values);
const live = 'session_id NOT IN (SELECT session_id FROM tombstones)';

/** Does one thing as the owner, once, and gives the codes of what the audit then finds. */
async function codesAfter(sql: string): Promise<FindingCode[]> {
  const found = await place.after(async () => expect((await ask(sql)).rowCount, 'rows changed').toBeGreaterThan(0));
  return [...new Set(found.map(({ code }) => code))];
}

/** A copy of one row with other values for some columns, given as JSON in SQL. */
const copied = (table: string, changes: string, where = 'true') =>
  [
    table,
    `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(t, ${changes})).* FROM ${table} t WHERE ${where} LIMIT 1`,
  ] as const;

const one = (table: string, where = live) =>
  [table, `DELETE FROM ${table} WHERE ctid = (SELECT ctid FROM ${table} WHERE ${where} LIMIT 1)`] as const;

describe('a row that was removed is missed', () => {
  test.each<[FindingCode, readonly [table: string, sql: string]]>([
    ['row_without_session', one('signing_sessions', 'erased_at IS NULL')],
    ['row_without_session', one('signing_sessions', 'erased_at IS NOT NULL')],
    ['row_missing', one('session_keys')],
    ['row_missing', one('contracts')],
    ['row_missing', one('signer_details')],
    ['row_missing', one('blind_indexes')],
    ['row_missing', one('acceptances')],
    ['row_missing', one('deliveries')],
    ['row_missing', one('delivery_attempts')],
    ['row_missing', one('legal_holds')],
    ['row_missing', one('tombstones', 'true')],
    ['entry_without_event', one('events', `${live} AND sequence = 2`)],
    ['entry_without_event', one('events', `type = 'lender_received'`)],
    ['event_not_logged', one('log_queue', 'true')],
    ['log_broken', one('log_entries', 'index = 5')],
    ['log_broken', one('log_entries', 'index = (SELECT max(index) FROM log_entries)')],
    ['log_broken', one('log_tiles', 'true')],
    ['log_broken', one('log_head', 'true')],
    ['entry_without_statement', one('log_statements', 'true')],
    ['checkpoint_missing', one('log_checkpoints', 'true')],
    [
      'stamp_missing',
      ['log_time_stamps', 'DELETE FROM log_time_stamps WHERE size = (SELECT min(size) FROM log_time_stamps)'],
    ],
    ['row_without_checkpoint', one('log_stamp_rounds', 'true')],
  ])('%s: $1.0', async (code, [, sql]) => {
    expect(await codesAfter(sql)).toContain(code);
  });
});

const relabelled = (from: string, to: string) =>
  `UPDATE events SET type = '${to}' WHERE NOT (${live}) AND position = (SELECT min(position) FROM events WHERE type = '${from}' AND NOT (${live}))`;

describe('when the salts of a session are gone, the log still tells', () => {
  test.each<[FindingCode, what: string, sql: string]>([
    ['event_relabelled', 'its acceptance, told as something else', relabelled('accepted', 'link_opened')],
    ['event_relabelled', 'its acceptance, told as another closing', relabelled('accepted', 'expired')],
    ['event_relabelled', 'that its time ran out, told as something else', relabelled('expired', 'hold_placed')],
    ['event_relabelled', 'its creation, told as an acceptance', relabelled('created', 'accepted')],
    ['event_relabelled', 'its erasure, told as something else', relabelled('erased', 'late_act')],
    ['waiting_for_nothing', 'what waits for it, told as an acceptance', 'UPDATE log_queue SET kind = 3'],
  ])('%s: %s', async (code, _, sql) => {
    expect(await codesAfter(sql)).toContain(code);
  });
});

const open = `(SELECT id FROM signing_sessions WHERE status = 'IN_PROGRESS' LIMIT 1)`;
const ofOpen = (more = '') => `jsonb_build_object('session_id', ${open}${more})`;

describe('a row that was inserted by hand is noticed', () => {
  test.each<[FindingCode, readonly [table: string, sql: string]]>([
    ['row_without_event', copied('signing_sessions', `jsonb_build_object('id', gen_random_uuid())`)],
    ['row_without_event', copied('acceptances', ofOpen())],
    ['row_without_event', copied('deliveries', ofOpen(`, 'debt_key', 'another'`))],
    ['row_without_event', copied('delivery_attempts', `jsonb_build_object('id', gen_random_uuid())`, live)],
    ['row_without_event', copied('delivery_attempts', ofOpen(`, 'id', gen_random_uuid()`), live)],
    ['row_without_event', copied('signer_details', `jsonb_build_object('version', 9)`, live)],
    ['row_without_event', copied('blind_indexes', ofOpen(), live)],
    ['row_without_event', copied('legal_holds', `jsonb_build_object('id', gen_random_uuid())`)],
    ['row_without_session', copied('session_keys', `jsonb_build_object('session_id', gen_random_uuid())`)],
    ['row_without_event', copied('tombstones', ofOpen())],
    [
      'waiting_for_nothing',
      ['log_queue', `INSERT INTO log_queue (event_position, hash, kind) VALUES (123456, sha256('x'), 1)`],
    ],
    [
      'waiting_for_nothing',
      [
        'log_queue',
        `INSERT INTO log_queue (event_position, hash, kind) SELECT position, hash, 1 FROM events WHERE hash NOT IN (SELECT hash FROM log_queue) LIMIT 1`,
      ],
    ],
    [
      'statement_altered',
      ['log_statements', `INSERT INTO log_statements SELECT gen_random_uuid(), 'release', '{}', sha256('x')`],
    ],
    [
      'log_broken',
      ['log_entries', `INSERT INTO log_entries SELECT max(index) + 1, '\\x01'::bytea || sha256('x') FROM log_entries`],
    ],
    [
      'entry_unknown',
      ['log_entries', `INSERT INTO log_entries SELECT max(index) + 1, '\\x07'::bytea || sha256('x') FROM log_entries`],
    ],
    ['log_broken', ['log_tiles', `INSERT INTO log_tiles VALUES (1, 0, sha256('x'))`]],
    ['log_broken', copied('log_checkpoints', `jsonb_build_object('size', t.size - 1)`)],
    [
      'stamp_false',
      copied(
        'log_time_stamps',
        `jsonb_build_object('size', (SELECT max(size) FROM log_checkpoints))`,
        't.size < (SELECT max(size) FROM log_checkpoints)',
      ),
    ],
    [
      'cosignature_false',
      copied(
        'log_cosignatures',
        `jsonb_build_object('size', (SELECT max(size) FROM log_checkpoints))`,
        't.size < (SELECT max(size) FROM log_checkpoints)',
      ),
    ],
    ['chain_broken', copied('events', `jsonb_build_object('sequence', 99)`, live)],
  ])('%s: $1.0', async (code, [, sql]) => {
    expect(await codesAfter(sql)).toContain(code);
  });

  test('an event that the triggers of the database chain and queue', async () => {
    const forged = async () => {
      await ask('ALTER TABLE events ENABLE TRIGGER USER');
      await ask(
        `INSERT INTO events (session_id, workspace_id, type, actor) SELECT id, workspace_id, 'link_opened', 'signer' FROM signing_sessions WHERE id = ${open}`,
      );
    };
    expect(await place.after(forged)).toMatchObject([{ code: 'event_forged' }]);
  });
});

describe('rows that changed their places are noticed', () => {
  const pair = `(SELECT session_id FROM events WHERE ${live} GROUP BY 1 HAVING count(*) > 3 LIMIT 1)`;
  const exchanged = (column: string) => [
    `events.${column} within a session`,
    `UPDATE events e SET ${column} = o.${column} FROM events o WHERE e.session_id = ${pair} AND o.session_id = e.session_id
     AND (e.sequence, o.sequence) IN ((1, 2), (2, 1))`,
  ];
  const between = (table: string, column: string) => [
    `${table}.${column} between two sessions`,
    `UPDATE ${table} t SET ${column} = o.${column} FROM ${table} o WHERE t.ctid <> o.ctid AND t.${live} AND o.${live}
     AND t.ctid IN (SELECT min(ctid) FROM ${table} WHERE ${live} GROUP BY session_id ORDER BY 1 LIMIT 2) AND o.ctid IN (SELECT min(ctid) FROM ${table} WHERE ${live} GROUP BY session_id ORDER BY 1 LIMIT 2)`,
  ];
  test.each([
    exchanged('sequence'),
    exchanged('hash'),
    exchanged('private_sealed'),
    exchanged('occurred_at'),
    exchanged('content_hash'),
    between('events', 'session_id'),
    between('session_keys', 'wrapped_key'),
    between('contracts', 'text_sealed'),
    between('contracts', 'session_id'),
    between('acceptances', 'session_id'),
    between('acceptances', 'record_sealed'),
    between('deliveries', 'body_sealed'),
    between('delivery_attempts', 'reply_sealed'),
    [
      'log_entries.entry',
      'UPDATE log_entries e SET entry = o.entry FROM log_entries o WHERE (e.index, o.index) IN ((2, 3), (3, 2))',
    ],
  ])('%s', async (_what, sql = '') => {
    expect(await codesAfter(sql)).not.toEqual([]);
  });
});

describe('a whole history that fits together', () => {
  const vkey = async () => {
    const { rows } = await ask(
      `SELECT content::jsonb ->> 'verifierKey' AS key FROM log_statements WHERE kind = 'log_key'`,
    );
    return String(rows[0].key);
  };
  const rewrite = async () => {
    const sql = `SELECT session_id FROM deliveries WHERE status = 'DELIVERED' AND ${live} ORDER BY queued_at LIMIT 1`;
    const { rows } = await ask(sql);
    await rewriteHistory(place.owner, rows[0].session_id, await vkey());
  };

  test('is found with a checkpoint that somebody else has kept, and with nothing less', async () => {
    expect((await place.after(rewrite)).map(({ code }) => code)).toEqual(['log_rewritten', 'checkpoint_missing']);
    expect(await place.after(rewrite, { published: undefined })).toEqual([]);
  });

  test('is found without one by whoever noted the key of the log, when it was signed with another', async () => {
    const other = async () => {
      await rewrite();
      await ask(`UPDATE log_checkpoints SET note = overlay(note PLACING '\\x41'::bytea FROM length(note) - 8)`);
    };
    const codes = (await place.after(other, { published: undefined })).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['checkpoint_unsigned']));
  });

  test('is found when its end was cut off', async () => {
    const { published } = place.trust;
    const cut = () => ask('UPDATE log_head SET size = size');
    const longer = published && { ...published, size: published.size + 1_000 };
    expect((await place.after(cut, { published: longer })).map(({ code }) => code)).toContain('log_rollback_detected');
  });
});

test('afterwards everything is as it was', async () => {
  expect(await place.findings()).toEqual([]);
});
