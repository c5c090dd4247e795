import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paths } from '#lib/paths.ts';
import { type Doors, openDoors } from '#lib/testing/doors.ts';
import { createdSession } from '#lib/testing/journey.ts';
import { acknowledgedTo, type NoticeTerms, noticeJson, noticesOf, signedPost } from '#lib/testing/lender-notices.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { DELETE, GET, OPTIONS, POST, PUT } from './route.ts';

let portal: TestPortal;
let doors: Doors;
let debt: { id: string; debtKey: string };
beforeAll(async () => {
  portal = await startTestPortal();
  doors = openDoors(portal);
  const { signingSessionId: id, debtKey } = await createdSession(portal);
  debt = { id, debtKey };
});
afterAll(async () => {
  doors.close();
  await portal.end();
});

/** The lender's post at the door; `changes` are what a test is about. */
function post(
  json: string,
  terms: Partial<NoticeTerms> = {},
  changes: { headers?: Record<string, string>; path?: string } = {},
) {
  const { headers, body } = signedPost(portal, json, terms);
  return doors.knock(POST, {
    method: 'POST',
    path: changes.path ?? paths.lenderWebhook(),
    headers: {
      'Content-Type': 'application/json',
      Authorization: headers.authorization ?? '',
      'API-CLIENT-KEY': headers.apiClientKey ?? '',
      ...changes.headers,
    },
    body: Buffer.from(body).toString(),
  });
}

describe.each(['signed-header', 'encoded-body'] as const)('a notice in the form %s', (scheme) => {
  test('is acknowledged with our signature, once it is kept', async () => {
    const kept = await noticesOf(portal, debt.id);
    const response = await post(noticeJson(debt.debtKey, 'waiting_signature', { event_datetime: scheme }), { scheme });
    expect(response.status).toBe(200);
    expect(response.headers.get('authorization')).toMatch(/^QIT [\w-]+:eyJ/);
    expect(acknowledgedTo(portal, await response.json())).toBe('{"status":"received"}');
    expect(await noticesOf(portal, debt.id)).toHaveLength(kept.length + 1);
  });

  test('that was made for another path is refused; a query at our own, which the lender may or may not sign, is not', async () => {
    const json = noticeJson(debt.debtKey, 'canceled');
    expect((await post(json, { scheme, uri: '/api/webhooks/other' })).status).toBe(401);
    expect((await post(json, { scheme }, { path: `${paths.lenderWebhook()}?a=1` })).status).toBe(200);
  });
});

test.each<[string, Partial<NoticeTerms>, Record<string, string>]>([
  ['nobody signed', {}, { Authorization: '' }],
  ['names no integration', {}, { 'API-CLIENT-KEY': '' }],
  ['is ten minutes old', { at: new Date(Date.now() - 600_000) }, {}],
])('a post that %s gets 401 and leaves no trace', async (_, terms, headers) => {
  const before = await noticesOf(portal, debt.id);
  const response = await post(noticeJson(debt.debtKey, 'signed', { event_datetime: 'never' }), terms, { headers });
  expect([response.status, (await response.json()).code]).toEqual([401, 'lender_signature_invalid']);
  expect(await noticesOf(portal, debt.id)).toEqual(before);
  expect(doors.logged.join('')).not.toContain(debt.debtKey);
});

test('a body over one MiB is refused before anybody reads it', async () => {
  const response = await post(noticeJson(debt.debtKey, 'signed', { padding: 'x'.repeat(1024 * 1024) }));
  expect([response.status, (await response.json()).code]).toEqual([413, 'payload_too_large']);
});

test('a compressed body is refused: nothing is decoded in front of a signature', async () => {
  const response = await post(noticeJson(debt.debtKey, 'signed'), {}, { headers: { 'Content-Encoding': 'gzip' } });
  expect([response.status, (await response.json()).code]).toEqual([415, 'unsupported_media_type']);
});

test('without a key of the lender the door is closed, and says so', async () => {
  const openAgain = doors.closeInbox();
  const response = await post(noticeJson(debt.debtKey, 'signed')).finally(openAgain);
  expect([response.status, (await response.json()).code]).toEqual([503, 'lender_webhooks_closed']);
});

test('while the database is away the lender is not acknowledged, so that it comes again', async () => {
  const plugIn = doors.unplugDatabase();
  const response = await post(noticeJson(debt.debtKey, 'signed')).finally(plugIn);
  expect([response.status, (await response.json()).code]).toEqual([503, 'temporarily_unavailable']);
});

test('there is nothing to read here', async () => {
  for (const [method, endpoint] of Object.entries({ GET, PUT, DELETE })) {
    const response = await doors.knock(endpoint, { method, path: paths.lenderWebhook() });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  }
  expect((await doors.knock(OPTIONS, { method: 'OPTIONS', path: paths.lenderWebhook() })).status).toBe(204);
});
