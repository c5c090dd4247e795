import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { copyLanguages, staffLanguages } from '#lib/copy/language.ts';
import type { RateLimitName } from '#lib/domain/rate-limits.ts';
import type { Endpoint } from '#lib/http/methods.ts';
import { metricsText } from '#lib/http/metrics-text.ts';
import { type DoorRoute, type DoorServer, serveDoors } from '#lib/testing/door-server.ts';
import type { Doors } from '#lib/testing/doors.ts';
import { acceptedSession, atReview, createdSession, fullForm, openedBy } from '#lib/testing/journey.ts';
import { noticeJson, signedPost } from '#lib/testing/lender-notices.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readSession } from '#lib/usecases/merchant/read-session.ts';
import { GET as readDocument } from './api/v1/signing/[id]/document/route.ts';
import { GET as listProviders } from './api/v1/signing/providers/route.ts';
import { POST as takeNotice } from './api/webhooks/lender/route.ts';
import { GET as readLog } from './log/[...path]/route.ts';
import { GET as openLink } from './s/[token]/route.ts';
import { POST as accept } from './sign/[id]/do/accept/route.ts';
import { POST as begin } from './sign/[id]/do/begin/route.ts';

/** The doors over real HTTP, each with its own limits; what is asked of them comes from 127.0.0.1. */

let portal: TestPortal;
let doors: Doors;
let server: DoorServer;
let base: string;

const routes: DoorRoute[] = [
  [/^\/api\/v1\/signing\/providers$/, listProviders],
  [/^\/api\/v1\/signing\/(?<id>[^/]+)\/document$/, readDocument],
  [/^\/api\/webhooks\/lender$/, takeNotice],
  [/^\/log\/(?<path>.+)$/, readLog],
  [/^\/s\/(?<token>[^/]+)$/, openLink as Endpoint],
  [/^\/sign\/(?<id>[^/]+)\/do\/begin$/, begin],
  [/^\/sign\/(?<id>[^/]+)\/do\/accept$/, accept],
];

beforeAll(async () => {
  portal = await startTestPortal();
  server = await serveDoors(portal, routes);
  ({ base, doors } = server);
});
afterAll(async () => {
  server.stop();
  await portal.end();
});
beforeEach(() => portal.asOwner('DELETE FROM rate_limit_buckets'));

const emptyBuckets = () => server.emptyBuckets();
const refusedSoFar = (name: RateLimitName) =>
  Number(new RegExp(`aceite_rate_limited_total\\{limit="${name}"\\} (\\d+)`).exec(metricsText(undefined))?.[1] ?? 0);

describe('the API', () => {
  const ask = (apiKey: string, headers = {}) =>
    fetch(`${base}/api/v1/signing/providers`, { headers: { 'X-API-Key': apiKey, ...headers } });

  test('says of every call by a key how its limit stands', async () => {
    const apiKey = await doors.apiKey('sessions:read');
    const { headers } = await ask(apiKey);
    expect(headers.get('ratelimit-policy')).toBe('"api_read";q=100000;w=10');
    expect(headers.get('ratelimit')).toBe('"api_read";r=99999;t=1');
    expect((await ask(apiKey)).headers.get('ratelimit')).toMatch(/^"api_read";r=9999[89];t=1$/);
  });

  test('answers 429 as a problem when the bucket is empty, counts it, and goes on when the clock has', async () => {
    const before = refusedSoFar('api_read');
    const apiKey = await doors.apiKey('sessions:read');
    await ask(apiKey);
    await emptyBuckets();
    const refused = await ask(apiKey, { 'Accept-Language': 'pt-BR' });
    expect([refused.status, refused.headers.get('content-type')]).toEqual([
      429,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', title: 'Chamadas demais' });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(200);
    expect(refusedSoFar('api_read')).toBe(before + 1);
    await portal.advanceClock(seconds * 1_000);
    expect((await ask(apiKey)).status).toBe(200);
  });

  test('refuses an address that comes without a good key again and again, and no good key at that address', async () => {
    expect((await ask('unknown')).status).toBe(401);
    await emptyBuckets();
    expect((await ask('another')).status).toBe(429);
    expect((await ask(await doors.apiKey('sessions:read'))).status).toBe(200);
  });

  test('goes on when the decision cannot be had, and counts that', async () => {
    const apiKey = await doors.apiKey('sessions:read');
    await portal.asOwner('ALTER TABLE rate_limit_buckets RENAME TO gone');
    const answer = await ask(apiKey);
    await portal.asOwner('ALTER TABLE gone RENAME TO rate_limit_buckets');
    expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, null]);
    expect(metricsText(undefined)).toMatch(/aceite_rate_limit_undecided_total\{limit="api_read"\} [1-9]/);
  });
});

describe('a signed document address', () => {
  const problem = { 'pt-BR': 'Chamadas demais', en: 'Too many requests' } as const;

  test.each(staffLanguages)(
    'asked for too often is refused with a problem in %s, and whoever has a key is not',
    async (language) => {
      const { session } = await acceptedSession(portal);
      const id = session.signingSessionId;
      const read = await readSession(portal.ctx, portal.merchant, id);
      if (!read.ok || !('documentUrl' in read.session)) throw new Error('not signed');
      const { pathname, search } = new URL(String(read.session.documentUrl));
      const ask = () => fetch(`${base}${pathname}${search}`, { headers: { 'Accept-Language': language } });
      expect((await ask()).status).toBe(200);
      await emptyBuckets();
      const refused = await ask();
      expect([refused.status, refused.headers.get('content-language')]).toEqual([429, language]);
      expect(refused.headers.get('ratelimit-policy')).toBe('"api_signature";q=20000;w=20');
      expect(refused.headers.get('ratelimit')).toMatch(/^"api_signature";r=0;t=\d+$/);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(200);
      const { title, detail } = (await refused.json()) as { title: string; detail: string };
      expect([title, detail]).toEqual([problem[language], expect.stringContaining('Retry-After')]);
      const headers = { 'X-API-Key': await doors.apiKey('sessions:read') };
      expect((await fetch(`${base}${pathname}`, { headers })).status).toBe(200);
    },
  );
});

describe("the lender's door", () => {
  test('refuses an address that posts again and again what nobody signed, and nothing that the lender did', async () => {
    const { debtKey } = await createdSession(portal);
    const signed = signedPost(portal, noticeJson(debtKey, 'waiting_signature'));
    const post = (authorization: string | null) =>
      fetch(`${base}/api/webhooks/lender`, {
        method: 'POST',
        headers: { Authorization: authorization ?? '', 'API-CLIENT-KEY': signed.headers.apiClientKey ?? '' },
        body: Buffer.from(signed.body),
      });
    const before = refusedSoFar('api_refused');
    expect((await post('forged')).status).toBe(401);
    await emptyBuckets();
    const refused = await post('forged');
    expect([refused.status, await refused.json()]).toEqual([429, expect.objectContaining({ code: 'rate_limited' })]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refusedSoFar('api_refused')).toBe(before + 1);
    expect((await post(signed.headers.authorization)).status).toBe(200);
  });
});

describe('the public log', () => {
  const ask = () => fetch(`${base}/log/checkpoint`, { headers: { Origin: 'https://auditor.example' } });

  test('asked for too often is refused so that any page can read it, and is there again when the clock has gone on', async () => {
    const before = refusedSoFar('log');
    // Nothing is signed yet, which costs as much as if it were.
    expect((await ask()).status).toBe(404);
    await emptyBuckets();
    const refused = await ask();
    expect([refused.status, refused.headers.get('cache-control')]).toEqual([429, 'no-store']);
    expect(refused.headers.get('ratelimit-policy')).toBe('"log";q=500000;w=25');
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect(refused.headers.get('access-control-expose-headers')).toContain('Retry-After');
    const seconds = Number(refused.headers.get('retry-after'));
    expect(await refused.json()).toMatchObject({ code: 'rate_limited' });
    expect(refusedSoFar('log')).toBe(before + 1);
    await portal.advanceClock(seconds * 1_000);
    expect((await ask()).status).toBe(404);
  });
});

describe('a link', () => {
  const open = (token: string, language = 'pt-BR') =>
    fetch(`${base}/s/${token}`, { redirect: 'manual', headers: { 'Accept-Language': language } });

  test.each(copyLanguages)(
    'asked for too often is refused with a page in %s that says what to do',
    async (language) => {
      expect((await open('guess')).status).toBe(404);
      await emptyBuckets();
      const refused = await open('guess', language);
      expect([refused.status, refused.headers.get('content-language')]).toEqual([429, language]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await refused.text()).toContain('<h1>');
    },
  );
});

describe("the signer's acts", () => {
  async function signerOf(token: string) {
    const opened = await fetch(`${base}/s/${token}`, { redirect: 'manual' });
    const cookie = opened.headers.getSetCookie().map((line) => line.split(';')[0]);
    return (id: string, act: string, form: Record<string, string> = {}) =>
      fetch(`${base}/sign/${id}/do/${act}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { Cookie: cookie.join('; '), Origin: portal.ctx.portalUrl, 'Accept-Language': 'en' },
        body: new URLSearchParams(form),
      });
  }

  test('of one link are refused when there are too many, and of another not', async () => {
    const [mine, other] = [await createdSession(portal), await createdSession(portal)];
    const [act, actOther] = [await signerOf(mine.token), await signerOf(other.token)];
    expect((await act(mine.signingSessionId, 'begin')).status).toBe(303);
    await emptyBuckets();
    const refused = await act(mine.signingSessionId, 'begin');
    expect([refused.status, await refused.text()]).toEqual([429, expect.stringContaining('Nothing was signed')]);
    expect((await actOther(other.signingSessionId, 'begin')).status).toBe(303);
  });

  test('that accept are never refused, whatever buckets are empty', async () => {
    const { signingSessionId: id, token } = await createdSession(portal);
    const act = await signerOf(token);
    expect((await act(id, 'begin')).status).toBe(303);
    const offer = await atReview(portal.ctx, await openedBy(portal.ctx, token));
    await emptyBuckets();
    expect((await act(id, 'begin')).status).toBe(429);
    expect((await fetch(`${base}/s/${token}`, { redirect: 'manual' })).status).toBe(429);
    for (let turn = 0; turn < 3; turn += 1)
      expect((await act(id, 'accept', fullForm(offer))).headers.get('location')).toMatch(/\/receipt$/);
    const read = await readSession(portal.ctx, portal.merchant, id);
    expect(read).toMatchObject({ ok: true, session: { status: 'COMPLETED' } });
  });
});
