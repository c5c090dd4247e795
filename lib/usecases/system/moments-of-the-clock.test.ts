import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atReview, createdSession, openedBy } from '#lib/testing/journey.ts';
import { dayMs, signedSession, standAfterDate } from '#lib/testing/keeping.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { sha256 } from '#lib/vault/keyring.ts';

/** What somebody who speaks SQL as the portal's login may say of when something happened: nothing from which a term would end sooner. */

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

type Role = 'aceite_app' | 'aceite_worker' | 'aceite_retention';

/** Postgres tells only the first 63 bytes of a statement's name from another's. */
const nameOf = (text: string) => sha256(text).toString('hex').slice(0, 40);

/** What was done, or the words of the refusal. */
function as<Row extends object>(role: Role, text: string, values: unknown[]): Promise<Row[] | string> {
  return portal.ctx.db
    .transaction({ role, workspaceId: portal.merchant.workspaceId }, (tx) =>
      tx.rows<Row>({ name: nameOf(text), text }, values),
    )
    .catch((error: Error) => error.message);
}

async function reviewedSession(): Promise<string> {
  const { signingSessionId, token } = await createdSession(portal);
  await atReview(portal.ctx, await openedBy(portal.ctx, token));
  return signingSessionId;
}

const complete = (id: string, at: string) =>
  as(
    'aceite_app',
    `UPDATE signing_sessions SET status = 'COMPLETED', closed_at = ${at}, receipt_code = $1::text WHERE id = $1::uuid`,
    [id],
  );

const deliver = (id: string, at: string) =>
  as(
    'aceite_app',
    `INSERT INTO deliveries (session_id, workspace_id, debt_key, status, body_sealed, body_sha256, delivered_at, delivered_by, next_attempt_at)
     SELECT id, workspace_id, debt_key, 'DELIVERED', 'x', sha256('x'), ${at}, 'reply', NULL FROM signing_sessions WHERE id = $1`,
    [id],
  );

const erase = (id: string) =>
  as<{ standing: string }>('aceite_retention', 'SELECT erase_session($1, NULL) AS standing', [id]);

describe('a session', () => {
  test.each([
    ['long ago', "'2019-01-01'"],
    ['an hour ago', "aceite_now() - interval '1 hour'"],
    ['tomorrow', "aceite_now() + interval '1 day'"],
  ])('is not closed as of %s', async (_, at) => {
    expect(await complete(await reviewedSession(), at)).toMatch(/a session closes when it closes/);
  });

  test('that lapsed is closed at the end of its time, and not before that time is over', async () => {
    const id = await reviewedSession();
    const expire = () =>
      as('aceite_worker', `UPDATE signing_sessions SET status = 'EXPIRED', closed_at = expires_at WHERE id = $1`, [id]);
    expect(await expire()).toMatch(/a session closes when it closes/);
    await portal.advanceClock(30 * dayMs);
    expect(await expire()).toEqual([]);
  });

  test('is kept for five years from its last moment, whatever its row says of its closing', async () => {
    const id = await reviewedSession();
    await portal.asOwner('ALTER TABLE signing_sessions DISABLE TRIGGER guard_closing_moment');
    expect(await complete(id, "'2019-01-01'")).toEqual([]);
    await portal.asOwner('ALTER TABLE signing_sessions ENABLE TRIGGER guard_closing_moment');
    expect(await deliver(id, 'aceite_now()')).toEqual([]);
    expect(await erase(id)).toEqual([{ standing: 'kept' }]);
  });
});

describe('a delivery', () => {
  test('does not begin as one that arrived long ago', async () => {
    const id = await reviewedSession();
    expect(await complete(id, 'aceite_now()')).toEqual([]);
    expect(await deliver(id, "'2019-01-01'")).toMatch(/a delivery is tried and arrives when it does/);
    expect(await deliver(id, 'aceite_now()')).toEqual([]);
  });

  test.each(['delivered_at', 'last_attempt_at'])('that arrived keeps its %s', async (column) => {
    const id = await signedSession(portal);
    const sql = `UPDATE deliveries SET ${column} = '2019-01-01' WHERE session_id = $1`;
    expect(await as('aceite_worker', sql, [id])).toMatch(/does not move|arrives when it does/);
    await standAfterDate(portal, id, -dayMs);
    expect(await erase(id)).toEqual([{ standing: 'kept' }]);
  });

  test('is not tried at another moment than now', async () => {
    const id = await reviewedSession();
    expect(await complete(id, 'aceite_now()')).toEqual([]);
    const sql = `INSERT INTO deliveries (session_id, workspace_id, debt_key, body_sealed, body_sha256, last_attempt_at)
      SELECT id, workspace_id, debt_key, 'x', sha256('x'), '2019-01-01' FROM signing_sessions WHERE id = $1`;
    expect(await as('aceite_app', sql, [id])).toMatch(/a delivery is tried/);
  });
});
