import { afterAll, beforeAll, expect, test } from 'vitest';
import { certificateWords } from '#lib/copy/certificate.ts';
import {
  anyEventEntry,
  eventEntry,
  hashIn,
  isEventEntry,
  isStatementEntry,
  statementEntry,
  waitingEntry,
} from '#lib/db/log-entry-sql.ts';
import { logEntryKinds } from '#lib/domain/log-entry-kind.ts';
import { eventEntry as entryOfEvent, logEntry } from '#lib/evidence/log-entry.ts';
import { createdSession } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { sha256 } from '#lib/vault/keyring.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

const types = Object.keys(certificateWords.en.events);
const hash = sha256('an event');
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('an event has in SQL the entry that the program gives it, whatever its type', async () => {
  const rows = await portal.asOwner<{ type: string; entry: Buffer; is_any: boolean }>(
    `SELECT type, ${eventEntry('$2::bytea', 'type')} AS entry, ${eventEntry('$2::bytea', 'type')} = ${anyEventEntry('$2::bytea')} AS is_any
     FROM unnest($1::text[]) type`,
    [types, hash],
  );
  expect(rows.map(({ type, entry, is_any }) => [type, hex(entry), is_any])).toEqual(
    types.map((type) => [type, hex(entryOfEvent({ type, hash })), true]),
  );
});

test('an entry of every kind is known in SQL for what it is', async () => {
  for (const kind of Object.keys(logEntryKinds) as (keyof typeof logEntryKinds)[]) {
    const [row] = await portal.asOwner<Record<string, unknown>>(
      `SELECT ${isEventEntry('$1::bytea')} AS event, ${isStatementEntry('$1::bytea')} AS statement, ${hashIn('$1::bytea')} AS hash,
         ${statementEntry('$2::bytea')} = $1 AS is_said`,
      [Buffer.from(logEntry(kind, hash)), hash],
    );
    const isStatement = kind === 'statement';
    expect(row, kind).toEqual({ event: !isStatement, statement: isStatement, hash, is_said: isStatement });
  }
});

test('an event of every type waits for the log as the entry that it will be', async () => {
  const { signingSessionId } = await createdSession(portal);
  for (const type of types)
    await portal.asOwner(
      `INSERT INTO events (session_id, workspace_id, type, actor, data) SELECT id, workspace_id, $2, 'system', '{}'
       FROM signing_sessions WHERE id = $1`,
      [signingSessionId, type],
    );
  const waiting = await portal.asOwner<{ type: string; hash: Buffer; entry: Buffer }>(
    `SELECT e.type, e.hash, ${waitingEntry('q')} AS entry FROM events e JOIN log_queue q ON q.event_position = e.position
     WHERE e.session_id = $1 ORDER BY e.sequence`,
    [signingSessionId],
  );
  expect(waiting.map(({ type }) => type)).toEqual(['created', ...types]);
  expect(waiting.map(({ entry }) => hex(entry))).toEqual(waiting.map((event) => hex(entryOfEvent(event))));
});
