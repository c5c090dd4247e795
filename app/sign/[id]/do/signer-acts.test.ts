import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GET as openLinkRoute } from '#app/s/[token]/route.ts';
import { GET as contractText } from '#app/sign/[id]/contract.txt/route.ts';
import type { Endpoint } from '#lib/http/methods.ts';
import { type SignerAct, signerActs } from '#lib/paths.ts';
import { type Doors, openDoors } from '#lib/testing/doors.ts';
import { acceptedSession, createdSession } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readSession } from '#lib/usecases/merchant/read-session.ts';
import * as accept from './accept/route.ts';
import * as begin from './begin/route.ts';
import * as decline from './decline/route.ts';
import * as details from './details/route.ts';
import * as dispute from './dispute/route.ts';
import * as withdraw from './withdraw/route.ts';

const acts: Record<SignerAct, Record<'GET' | 'POST' | 'PUT', Endpoint>> = {
  begin,
  details,
  accept,
  decline,
  withdraw,
  dispute,
};

let portal: TestPortal;
let doors: Doors;
let id: string;
let cookie: string;

beforeAll(async () => {
  portal = await startTestPortal();
  doors = openDoors(portal);
});
afterAll(async () => {
  doors.close();
  await portal.end();
});

/** A fresh session whose link this browser has opened. */
beforeEach(async () => {
  const session = await createdSession(portal);
  id = session.signingSessionId;
  const response = await visit(openLinkRoute as Endpoint, `/s/${session.token}`, { token: session.token });
  cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
});

const visit = (endpoint: Endpoint, path: string, params: Record<string, string>, headers = {}) =>
  doors.knock(endpoint, { path, params, headers });

const ours = { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' };

function post(act: SignerAct, body: string, headers: Record<string, string> = {}): Promise<Response> {
  const path = `/sign/${id}/do/${act}`;
  return doors.knock(acts[act].POST, {
    method: 'POST',
    path,
    params: { id },
    body,
    headers: { ...ours, Cookie: cookie, ...headers },
  });
}

async function statusOf(sessionId: string): Promise<string> {
  const read = await readSession(portal.ctx, portal.merchant, sessionId);
  return read.ok ? read.session.status : read.code;
}

describe('the link', () => {
  test('gives the cookie, leads to the contract, and changes no state, however often', async () => {
    const { token, signingSessionId } = await createdSession(portal);
    for (const _ of [1, 2]) {
      const response = await visit(openLinkRoute as Endpoint, `/s/${token}`, { token });
      expect([response.status, response.headers.get('location')]).toEqual([303, `/sign/${signingSessionId}`]);
      expect(response.headers.getSetCookie()).toHaveLength(1);
    }
    expect(await statusOf(signingSessionId)).toBe('PENDING');
  });

  test.each(['unknown', '%00', 'a'.repeat(5_000), '../../etc'])('%s leads nowhere and says no more', async (token) => {
    const response = await visit(openLinkRoute as Endpoint, '/s/x', { token });
    expect([response.status, response.headers.has('set-cookie')]).toEqual([404, false]);
  });
});

describe.each(signerActs)('the act %s', (act) => {
  test.each<[string, Record<string, string>, number]>([
    ['of another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['of a sibling host', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['of another origin, from an old browser', { 'Sec-Fetch-Site': '', Origin: 'https://evil.example' }, 403],
    ['without a cookie', { Cookie: '' }, 401],
    ['with a forged cookie', { Cookie: 'aceite-000000000000=eyJ9.x' }, 401],
    ['as JSON', { 'Content-Type': 'application/json' }, 415],
    ['compressed', { 'Content-Encoding': 'gzip' }, 415],
  ])('%s is refused by a page, and nothing happens', async (_, headers, status) => {
    const response = await post(act, 'reason=x', headers);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(await statusOf(id)).toBe('PENDING');
  });

  test.each<[string, string, number]>([
    ['broken UTF-8', 'reason=%FF', 415],
    ['a field twice', 'reason=a&reason=b', 415],
    ['more than 64 KiB', `reason=${'a'.repeat(70_000)}`, 413],
  ])('with %s is refused by a page, and nothing happens', async (_, body, status) => {
    expect((await post(act, body)).status).toBe(status);
    expect(await statusOf(id)).toBe('PENDING');
  });

  test("with another session's cookie is refused", async () => {
    const held = cookie;
    id = (await createdSession(portal)).signingSessionId;
    expect((await post(act, '', { Cookie: held })).status).toBe(401);
    const renamed = held.replace(/^aceite-[0-9a-f]+/, `aceite-${id.replaceAll('-', '').slice(0, 12)}`);
    expect((await post(act, '', { Cookie: renamed })).status).toBe(401);
  });

  test('is a page with status 503 while the database is away, and says what to do', async () => {
    const plugIn = doors.unplugDatabase();
    const response = await post(act, '').finally(plugIn);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await response.text()).toContain('Não se assina duas vezes');
  });

  test('opened as an address leads to the page; with another method it is refused', async () => {
    const path = `/sign/${id}/do/${act}`;
    const opened = await visit(acts[act].GET, path, { id });
    expect([opened.status, opened.headers.get('location')]).toEqual([303, `/sign/${id}`]);
    const put = await visit(acts[act].PUT, path, { id });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  });
});

test('a signer with an old browser, known by Origin alone, begins', async () => {
  const { 'Sec-Fetch-Site': _, ...old } = ours;
  const headers = { ...old, Cookie: cookie, Origin: portal.ctx.portalUrl };
  const response = await doors.knock(acts.begin.POST, {
    method: 'POST',
    path: `/sign/${id}/do/begin`,
    params: { id },
    body: '',
    headers,
  });
  expect([response.status, response.headers.get('location')]).toEqual([303, `/sign/${id}/review`]);
  expect(await statusOf(id)).toBe('IN_PROGRESS');
});

test('a decline with its reason ends the session and leads to the page that says so', async () => {
  const response = await post('decline', 'reason=Ficou+caro');
  expect([response.status, response.headers.get('location')]).toEqual([303, `/sign/${id}`]);
  expect(await statusOf(id)).toBe('FAILED');
});

test.each(['withdraw', 'dispute'] as const)('a %s before anything is signed leads to the contract', async (act) => {
  const response = await post(act, 'reason=Cedo+demais');
  expect([response.status, response.headers.get('location')]).toEqual([303, `/sign/${id}`]);
  expect(await statusOf(id)).toBe('PENDING');
});

test('an accept without boxes or offer leads back to the review, and nothing is signed', async () => {
  await post('begin', '');
  const response = await post('accept', 'agreeContract=on&offer=nonsense');
  expect([response.status, response.headers.get('location')]).toEqual([303, `/sign/${id}/review`]);
  expect(await statusOf(id)).toBe('IN_PROGRESS');
});

describe('the exact text', () => {
  const read = (sessionId: string, held: string) =>
    visit(contractText as Endpoint, `/sign/${sessionId}/contract.txt`, { id: sessionId }, { Cookie: held });

  test('comes to the byte, to be saved, and never from a cache', async () => {
    const response = await read(id, cookie);
    expect(await response.text()).toBe('CLÁUSULA PRIMEIRA\nO crédito é de R$ 4.800,00.\n');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="contract-${id}.txt"`,
      'content-digest': expect.stringMatching(/^sha-256=:.{44}:$/),
      'cache-control': 'no-store, no-transform',
    });
  });

  test('is for holders of the cookie only, and after the end for the browser that accepted', async () => {
    const { session } = await acceptedSession(portal);
    expect((await read(id, '')).status).toBe(401);
    expect((await read(session.signingSessionId, cookie)).status).toBe(401);
    const response = await visit(openLinkRoute as Endpoint, `/s/${session.token}`, { token: session.token });
    const strangers = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect((await read(session.signingSessionId, strangers)).status).toBe(303);
  });
});
