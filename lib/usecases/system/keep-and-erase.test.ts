import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endOfTerm } from '#lib/domain/retention.ts';
import { contentHash } from '#lib/evidence/event-chain.ts';
import { dumpDatabase } from '#lib/testing/database-dump.ts';
import { findWords } from '#lib/testing/find-words.ts';
import { acceptedSession, createdSession, deliverToRest, deliveryOf } from '#lib/testing/journey.ts';
import {
  addStaff,
  chainOf,
  dayMs,
  declinedSession,
  isErased,
  passThroughCustody,
  rejectedSession,
  rowsOf,
  signedSession,
  standAfterDate,
  toldWords,
  unreadSession,
} from '#lib/testing/keeping.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readKeeping } from '../keeping.ts';
import { growLog } from './grow-log.ts';
import { keepAndErase } from './keep-and-erase.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

async function decisiveEnd(sessionId: string): Promise<string | undefined> {
  const { ctx, merchant } = portal;
  const { workspaceId } = merchant;
  const keeping = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
    readKeeping(tx, { workspaceId, sessionId }),
  );
  return keeping?.[0]?.keepUntil?.toISOString();
}

/** The date by which `erase_session` decides. */
async function keptByTheDatabase(sessionId: string): Promise<string | undefined> {
  const [row] = await portal.asOwner<{ kept_until: Date | null }>('SELECT kept_until FROM erasure_standing($1, NULL)', [
    sessionId,
  ]);
  return row?.kept_until?.toISOString();
}

describe('the database and the rules name the same date', () => {
  test.each([
    ['a signed session', () => signedSession(portal)],
    ['a debt that ends in twenty years', () => signedSession(portal, { finalDueDate: '2046-02-28' })],
    ['a debt that ends on a leap day', () => signedSession(portal, { finalDueDate: '2048-02-29' })],
    ['a debt that ended long ago', () => signedSession(portal, { finalDueDate: '2020-01-31' })],
    ['a session that the lender refused', () => rejectedSession(portal)],
    ['a declined session', () => declinedSession(portal)],
    ['a session that nobody opened', () => unreadSession(portal)],
  ])('of %s', async (_, make) => {
    const id = await make();
    expect(await keptByTheDatabase(id)).toBe(await decisiveEnd(id));
  });

  test('for every day of four years, in months and in years', async () => {
    const days = await portal.asOwner<{ day: Date; half: Date; five: Date }>(
      `SELECT day, add_calendar_months(day, 6) AS half, add_calendar_months(day, 60) AS five
       FROM (SELECT '2026-01-01 12:34:56.789Z'::timestamptz + n * interval '24 hours' AS day FROM generate_series(0, 1500) n) d`,
    );
    const wrong = days.filter(
      ({ day, half, five }) =>
        endOfTerm(day, { months: 6 }).getTime() !== half.getTime() ||
        endOfTerm(day, { years: 5 }).getTime() !== five.getTime(),
    );
    expect(wrong).toEqual([]);
  });

  test('and none while a session is open', async () => {
    const { signingSessionId } = await createdSession(portal);
    expect([await keptByTheDatabase(signingSessionId), await decisiveEnd(signingSessionId)]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test('a date moves away only, and never for what the lender may not have', async () => {
  const { session } = await acceptedSession(portal, {
    signerDetails: { identity: '10000000795', name: 'Ana Lima', email: 'ana@exemplo.com.br', phone: '+5511912345678' },
  });
  const id = session.signingSessionId;
  expect(await deliverToRest(portal, id)).toEqual(['PAUSED']);
  const [signed] = [await keptByTheDatabase(id)];
  await standAfterDate(portal, id, dayMs);
  expect((await keepAndErase(portal.ctx)).standings.undelivered).toBe(1);
  expect(await isErased(portal, id)).toBe(false);
  await portal.asOwner(
    `UPDATE deliveries SET status = 'QUEUED', next_attempt_at = aceite_now() WHERE session_id = $1`,
    [id],
  );
  await portal.asOwner(`UPDATE deliveries SET status = 'SENDING', lease_until = aceite_now() WHERE session_id = $1`, [
    id,
  ]);
  await portal.asOwner(
    `UPDATE deliveries SET status = 'DELIVERED', next_attempt_at = NULL, delivered_at = aceite_now(), delivered_by = 'reply' WHERE session_id = $1`,
    [id],
  );
  expect((await deliveryOf(portal, id)).status).toBe('DELIVERED');
  const answered = (await keptByTheDatabase(id)) ?? '';
  expect(Number(answered.slice(0, 4)) - Number(signed?.slice(0, 4))).toBe(5);
  await keepAndErase(portal.ctx);
  expect(await isErased(portal, id)).toBe(false);
});

describe('a legal hold', () => {
  test('stops the end until it is lifted', async () => {
    const staff = await addStaff(portal);
    const id = await declinedSession(portal);
    const hold = crypto.randomUUID();
    await portal.asOwner(
      `INSERT INTO legal_holds (id, session_id, workspace_id, placed_by, reason_sealed) VALUES ($1, $2, $3, $4, 'sealed')`,
      [hold, id, portal.merchant.workspaceId, staff],
    );
    await standAfterDate(portal, id, 400 * dayMs);
    expect((await keepAndErase(portal.ctx)).standings.held).toBe(1);
    expect(await isErased(portal, id)).toBe(false);
    await expect(portal.asOwner('DELETE FROM legal_holds')).rejects.toThrow(/placed, then lifted/);
    await expect(portal.asOwner('UPDATE legal_holds SET reason_sealed = NULL')).rejects.toThrow(/placed, then lifted/);
    await portal.asOwner('UPDATE legal_holds SET lifted_at = aceite_now(), lifted_by = $2 WHERE id = $1', [
      hold,
      staff,
    ]);
    await expect(portal.asOwner('UPDATE legal_holds SET lifted_at = NULL, lifted_by = NULL')).rejects.toThrow(
      /placed, then lifted/,
    );
    await keepAndErase(portal.ctx);
    expect(await isErased(portal, id)).toBe(true);
  });
});

describe('erasing', () => {
  test('by many runs at once erases each session once', async () => {
    const ids = await Promise.all([declinedSession(portal), unreadSession(portal), declinedSession(portal)]);
    for (const id of ids) await standAfterDate(portal, id, dayMs);
    const runs = await Promise.all(Array.from({ length: 6 }, () => keepAndErase(portal.ctx)));
    expect(runs.flatMap(({ faults }) => faults)).toEqual([]);
    for (const id of ids) {
      expect(await isErased(portal, id)).toBe(true);
      expect((await chainOf(portal, id)).filter(({ type }) => type === 'erased').length).toBe(1);
    }
  });

  test('says so in an event that anybody can check', async () => {
    const id = await declinedSession(portal);
    await standAfterDate(portal, id, dayMs);
    await keepAndErase(portal.ctx);
    const [event] = await portal.asOwner<{ salt: Buffer; content_hash: Buffer; data: Record<string, string> }>(
      `SELECT salt, content_hash, data FROM events WHERE session_id = $1 AND type = 'erased'`,
      [id],
    );
    expect(event?.data).toEqual({ class: 'E2', rule: 'term_over' });
    const content = { type: 'erased', actor: 'system', data: event?.data ?? {} };
    expect(event?.content_hash).toEqual(Buffer.from(contentHash(event?.salt ?? Buffer.alloc(32), content)));
  });

  test('leaves no sealed value, no key, no salt and no hash over a person behind, in whatever table', async () => {
    const ids = [await signedSession(portal), await declinedSession(portal)] as const;
    await passThroughCustody(portal, ids[0]);
    for (const id of ids) await standAfterDate(portal, id, dayMs);
    await keepAndErase(portal.ctx);
    const columns = await portal.asOwner<{ table: string; column: string }>(
      `SELECT c.relname AS table, a.attname AS column FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
         JOIN pg_attribute s ON s.attrelid = c.oid AND s.attname = CASE c.relname WHEN 'signing_sessions' THEN 'id' ELSE 'session_id' END
       WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
         AND (a.attname LIKE '%sealed' OR a.attname IN ('wrapped_key', 'digest', 'body_sha256', 'record_sha256', 'browser_sha256', 'return_url'))`,
    );
    expect(columns.length).toBeGreaterThan(15);
    const left: string[] = [];
    for (const { table, column } of columns) {
      const key = table === 'signing_sessions' ? 'id' : 'session_id';
      const rows = await portal.asOwner(`SELECT FROM ${table} WHERE ${key} = ANY($1) AND ${column} IS NOT NULL`, [ids]);
      if (rows.length > 0) left.push(`${table}.${column}`);
    }
    expect(left).toEqual([]);
    const salts = await portal.asOwner<{ type: string }>(
      'SELECT type FROM events WHERE session_id = ANY($1) AND (salt IS NOT NULL OR salt_sealed IS NOT NULL)',
      [ids],
    );
    expect(salts.map(({ type }) => type)).toEqual(['erased', 'erased']);
  });

  test('changes nothing of other sessions, and no entry of the log', async () => {
    const gone = await signedSession(portal);
    await portal.advanceClock(40 * dayMs);
    const stays = await signedSession(portal);
    while ((await growLog(portal.ctx)) > 0);
    const [before, entries] = [await rowsOf(portal, stays), await log()];
    await standAfterDate(portal, gone, dayMs);
    await keepAndErase(portal.ctx);
    expect([await isErased(portal, gone), await isErased(portal, stays)]).toEqual([true, false]);
    expect(await rowsOf(portal, stays)).toBe(before);
    while ((await growLog(portal.ctx)) > 0);
    const after = await log();
    expect(after.slice(0, entries.length)).toEqual(entries);
    const leaves = new Set(after.map(({ entry }) => entry.subarray(1).toString('hex')));
    expect((await chainOf(portal, gone)).filter(({ hash }) => !leaves.has(hash.toString('hex')))).toEqual([]);
  });

  const log = () => portal.asOwner<{ entry: Buffer }>('SELECT entry FROM log_entries ORDER BY index');
});

test('of what was erased nothing can be found in a dump of everything, by whoever holds the keys either', async () => {
  const alone = await startTestPortal();
  try {
    const ids = [
      await signedSession(alone),
      await rejectedSession(alone),
      await declinedSession(alone),
      await unreadSession(alone),
    ] as const;
    await passThroughCustody(alone, ids[0]);
    const custody = await alone.asOwner<{ value: Buffer }>(
      `SELECT pdf_sealed AS value FROM certificates WHERE session_id = $1
       UNION ALL SELECT reason_sealed FROM staff_accesses WHERE reason_sealed IS NOT NULL
       UNION ALL SELECT unnest(ARRAY[reason_sealed, lift_reason_sealed]) FROM legal_holds`,
      [ids[0]],
    );
    expect(custody).toHaveLength(4);
    const others = await alone.asOwner<{ value: Buffer }>(
      `SELECT wrapped_key AS value FROM session_keys UNION ALL SELECT details_sealed FROM signer_details
       UNION ALL SELECT digest FROM blind_indexes UNION ALL SELECT salt_sealed FROM events`,
    );
    expect(others.length).toBeGreaterThan(20);
    for (const id of ids) await standAfterDate(alone, id, dayMs);
    await keepAndErase(alone.ctx);
    const dump = await dumpDatabase(alone.ownerUrl);
    expect(findWords(dump, ids.slice(0, 1))).not.toEqual([]);
    const hashes = [toldWords.identity, '10000000280'].map((word) => createHash('sha256').update(word).digest('hex'));
    expect(findWords(dump, [...Object.values(toldWords), '10000000280', ...hashes])).toEqual([]);
    const everything = Buffer.concat(dump.map(({ bytes }) => bytes));
    expect([...custody, ...others].filter(({ value }) => everything.includes(value))).toEqual([]);
  } finally {
    await alone.end();
  }
});
