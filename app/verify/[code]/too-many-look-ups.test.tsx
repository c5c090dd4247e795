import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyLanguages } from '#lib/copy/language.ts';
import type { Endpoint } from '#lib/http/methods.ts';
import { refusalWords } from '#lib/http/refusal-words.ts';
import { requestStore } from '#lib/http/request-store.ts';
import { type DoorServer, serveDoors } from '#lib/testing/door-server.ts';
import { acceptedSession } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readSession } from '#lib/usecases/merchant/read-session.ts';
import ReceiptPage from './page.tsx';

let portal: TestPortal;
let server: DoorServer;
let receiptCode: string;

/** The page as it is rendered, with the status and headers that it gives the raw answer. */
const page: Endpoint = async (_, { params }) => {
  const code = String((await params)?.code);
  const html = renderToStaticMarkup(await ReceiptPage({ params: Promise.resolve({ code }) }));
  const { statusCode: status } = requestStore().response;
  return new Response(html, { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
};

beforeAll(async () => {
  portal = await startTestPortal();
  server = await serveDoors(portal, [[/^\/verify\/(?<code>[^/]+)$/, page]]);
  const { session } = await acceptedSession(portal);
  const read = await readSession(portal.ctx, portal.merchant, session.signingSessionId);
  if (!read.ok || !('receiptCode' in read.session)) throw new Error('not signed');
  receiptCode = String(read.session.receiptCode);
});
afterAll(async () => {
  server.stop();
  await portal.end();
});

test.each(copyLanguages)(
  'a receipt looked up too often is refused with a page in %s that says what to do',
  async (language) => {
    await portal.asOwner('DELETE FROM rate_limit_buckets');
    const lookUp = (code: string) =>
      fetch(`${server.base}/verify/${code}`, { headers: { 'Accept-Language': language } });
    expect([(await lookUp(receiptCode)).status, (await lookUp('none')).status]).toEqual([200, 404]);
    await server.emptyBuckets();
    const refused = await lookUp(receiptCode);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('ratelimit-policy')).toBe('"verify";q=20000;w=20');
    expect(refused.headers.get('ratelimit')).toMatch(/^"verify";r=0;t=\d+$/);
    expect(refused.headers.get('cache-control')).toContain('no-store');
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(3_000);
    const html = await refused.text();
    for (const sentence of Object.values(refusalWords[language].rate_limited)) expect(html).toContain(sentence);
    expect(html).not.toContain(receiptCode);
    await portal.advanceClock(seconds * 1_000);
    expect((await lookUp(receiptCode)).status).toBe(200);
  },
);
