import { afterAll, beforeAll, expect, test } from 'vitest';
import { createdSession } from '#lib/testing/journey.ts';
import { declinedSession, standAfterDate } from '#lib/testing/keeping.ts';
import { lenderSays, noticeJson, noticesOf, signedPost } from '#lib/testing/lender-notices.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readSession } from '../merchant/read-session.ts';
import { receiveNotice } from './receive-notice.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

const statusOf = async (id: string) => {
  const read = await readSession(portal.ctx, portal.merchant, id);
  if (!read.ok) throw new Error(read.code);
  return read.session;
};

test('a state that nobody knows is kept and shown, and fails nothing', async () => {
  const { signingSessionId: id, debtKey } = await createdSession(portal);
  expect(await lenderSays(portal, noticeJson(debtKey, 'Awaiting_Moonrise'))).toBe('kept');
  expect(await noticesOf(portal, id)).toEqual([['awaiting_moonrise', 'state_unknown']]);
  expect((await statusOf(id)).status).toBe('PENDING');
});

test('the same notice counts once, in whatever envelope and however many at once; another time is another notice', async () => {
  const { signingSessionId: id, debtKey } = await createdSession(portal);
  const json = noticeJson(debtKey, 'waiting_signature');
  const results = await Promise.all(
    Array.from({ length: 12 }, (_, index) => lenderSays(portal, json, index % 2 ? { scheme: 'encoded-body' } : {})),
  );
  expect(results.toSorted()).toEqual(['kept', ...Array.from({ length: 11 }, () => 'repeated')]);
  expect(await lenderSays(portal, noticeJson(debtKey, 'waiting_signature', { event_datetime: 'later' }))).toBe('kept');
  expect(await lenderSays(portal, noticeJson(debtKey, 'waiting_signature', { data: {} }))).toBe('kept');
  expect(await noticesOf(portal, id)).toHaveLength(3);
});

test('of a debt that no session names nothing is kept, and the lender is answered', async () => {
  const before = await portal.asOwner('SELECT FROM lender_notices');
  expect(await lenderSays(portal, noticeJson('debt-of-somebody-else', 'signed'))).toBe('no_session');
  expect(await lenderSays(portal, '{"webhook_type":"account"}')).toBe('no_debt');
  expect(await portal.asOwner('SELECT FROM lender_notices')).toHaveLength(before.length);
});

test('what nobody proves leaves no trace, and without a key of the lender nothing is taken', async () => {
  const { signingSessionId: id, debtKey } = await createdSession(portal);
  const json = noticeJson(debtKey, 'canceled');
  const old = { at: new Date(Date.now() - 600_000) };
  expect(await lenderSays(portal, json, old)).toBe('lender_signature_invalid');
  const { lenderInbox: _, ...closed } = portal.ctx;
  expect(await receiveNotice(closed, signedPost(portal, json))).toEqual({ ok: false, code: 'lender_webhooks_closed' });
  expect(await noticesOf(portal, id)).toEqual([]);
  expect((await statusOf(id)).status).toBe('PENDING');
});

test('what the lender said goes with its session, and comes no more afterwards', async () => {
  const id = await declinedSession(portal);
  const { debtKey } = await statusOf(id);
  await lenderSays(portal, noticeJson(debtKey ?? '', 'canceled', { data: { cancel_reason: 'Falou o jatobá' } }));
  await standAfterDate(portal, id, 1_000);
  await portal.asOwner(
    `INSERT INTO log_checkpoints (size, root, note) VALUES (1, sha256('x'), repeat('x', 64)::bytea) ON CONFLICT DO NOTHING`,
  );
  expect(await portal.asOwner('SELECT erase_session($1, NULL) AS standing', [id])).toEqual([{ standing: 'erased' }]);
  const left = 'SELECT content_mark, content_sealed FROM lender_notices WHERE session_id = $1';
  expect(await portal.asOwner(left, [id])).toEqual([{ content_mark: null, content_sealed: null }]);
  await lenderSays(portal, noticeJson(debtKey ?? '', 'signed'));
  expect(await portal.asOwner(`${left} AND content_sealed IS NOT NULL`, [id])).toEqual([]);
  expect(await noticesOf(portal, id)).toEqual([
    ['canceled', 'nothing_new'],
    ['signed', 'needs_a_look'],
  ]);
});
