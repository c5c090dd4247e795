import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { copyLanguages } from '#lib/copy/language.ts';
import type { RateLimitName } from '#lib/domain/rate-limits.ts';
import type { Endpoint, Params } from '#lib/http/methods.ts';
import { metricsText } from '#lib/http/metrics-text.ts';
import { listenToRequests } from '#lib/http/request-store.ts';
import { type Doors, openDoors } from '#lib/testing/doors.ts';
import { createdSession } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { GET as listProviders } from './api/v1/signing/providers/route.ts';
import { GET as openLink } from './s/[token]/route.ts';
import { POST as accept } from './sign/[id]/do/accept/route.ts';
import { POST as begin } from './sign/[id]/do/begin/route.ts';

/** The doors over real HTTP, each with its own limits; what is asked of them comes from 127.0.0.1. */

let portal: TestPortal;
let doors: Doors;
let server: Server;
let base: string;

const routes: [RegExp, Endpoint][] = [
  [/^\/api\/v1\/signing\/providers$/, listProviders],
  [/^\/s\/(?<token>[^/]+)$/, openLink as Endpoint],
  [/^\/sign\/(?<id>[^/]+)\/do\/begin$/, begin],
  [/^\/sign\/(?<id>[^/]+)\/do\/accept$/, accept],
];

beforeAll(async () => {
  portal = await startTestPortal();
  doors = openDoors(portal);
  const options = { isProduction: false, isHot: false, onAnswer: () => undefined };
  listenToRequests(options);
  server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', portal.ctx.portalUrl);
    const [shape, endpoint] = routes.find(([pattern]) => pattern.test(url.pathname)) ?? [];
    if (!shape || !endpoint) throw new Error(`no door at ${url.pathname}`);
    const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const body = await incoming.toArray();
    const { method = 'GET' } = incoming;
    const request = new Request(url, { method, headers, ...(method === 'POST' && { body: Buffer.concat(body) }) });
    const params: Params = { ...shape.exec(url.pathname)?.groups };
    const answer = await endpoint(request, { params: Promise.resolve(params) });
    outgoing.writeHead(answer.status, [...answer.headers].flat());
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  doors.close();
  await portal.end();
});
beforeEach(() => portal.asOwner('DELETE FROM rate_limit_buckets'));

/** As if whoever has called so far had called for an hour without a pause. */
const emptyBuckets = () => portal.asOwner("UPDATE rate_limit_buckets SET full_at = aceite_now() + interval '1 hour'");
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
    expect(seconds).toBeGreaterThan(3_500);
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
    return (id: string, act: string) =>
      fetch(`${base}/sign/${id}/do/${act}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { Cookie: cookie.join('; '), Origin: portal.ctx.portalUrl, 'Accept-Language': 'en' },
        body: new URLSearchParams({}),
      });
  }

  test('of one link are refused when there are too many, of another not, and accepting never is', async () => {
    const [mine, other] = [await createdSession(portal), await createdSession(portal)];
    const [act, actOther] = [await signerOf(mine.token), await signerOf(other.token)];
    expect((await act(mine.signingSessionId, 'begin')).status).toBe(303);
    await emptyBuckets();
    const refused = await act(mine.signingSessionId, 'begin');
    expect([refused.status, await refused.text()]).toEqual([429, expect.stringContaining('Nothing was signed')]);
    expect((await actOther(other.signingSessionId, 'begin')).status).toBe(303);
    expect((await act(mine.signingSessionId, 'accept')).status).toBe(303);
  });
});
