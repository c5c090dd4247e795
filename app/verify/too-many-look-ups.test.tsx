import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyLanguages } from '#lib/copy/language.ts';
import { verifyWords } from '#lib/copy/verify-page.ts';
import type { Endpoint } from '#lib/http/methods.ts';
import { refusalWords } from '#lib/http/refusal-words.ts';
import { requestStore } from '#lib/http/request-store.ts';
import { type DoorServer, serveDoors } from '#lib/testing/door-server.ts';
import { acceptedSession } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readSession } from '#lib/usecases/merchant/read-session.ts';
import ReceiptPage from './[code]/page.tsx';
import { dossiersPage } from './dossiers-page.tsx';

let portal: TestPortal;
let server: DoorServer;
let receiptCode: string;

/** A page as it is rendered, with the status and headers that it gives the raw answer. */
const shown =
  (render: (code: string) => Promise<ReactNode>): Endpoint =>
  async (_, { params }) => {
    const html = renderToStaticMarkup(await render(String((await params)?.code)));
    const { statusCode: status } = requestStore().response;
    return new Response(html, { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  };

beforeAll(async () => {
  portal = await startTestPortal();
  server = await serveDoors(portal, [
    [/^\/verify\/(?<code>[^/]+)$/, shown((code) => ReceiptPage({ params: Promise.resolve({ code }) }))],
    [/^\/verify$/, shown(dossiersPage)],
  ]);
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
    expect(seconds).toBeGreaterThan(100);
    const html = await refused.text();
    for (const sentence of Object.values(refusalWords[language].rate_limited)) expect(html).toContain(sentence);
    expect(html).not.toContain(receiptCode);
    await portal.advanceClock(seconds * 1_000);
    expect((await lookUp(receiptCode)).status).toBe(200);
  },
);

test.each(copyLanguages)('so is the page that checks dossiers, in %s', async (language) => {
  await portal.asOwner('DELETE FROM rate_limit_buckets');
  const view = () => fetch(`${server.base}/verify`, { headers: { 'Accept-Language': language } });
  const { lead } = verifyWords[language];
  expect(await (await view()).text()).toContain(lead);
  await server.emptyBuckets();
  const refused = await view();
  expect([refused.status, Number(refused.headers.get('retry-after')) > 100]).toEqual([429, true]);
  const html = await refused.text();
  expect(html).toContain(refusalWords[language].rate_limited.wayOut);
  expect(html).not.toContain(lead);
});
