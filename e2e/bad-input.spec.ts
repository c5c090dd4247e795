import { gzipSync } from 'node:zlib';
import { paths } from '#lib/paths.ts';
import { sendRaw } from '#lib/testing/raw-request.ts';
import { HttpSigner } from './http-signer.ts';
import type { Merchant } from './merchant.ts';
import { expect, test } from './people.ts';
import { maria } from './signer.ts';

/** What no client of ours sends, over the wire, through the server that runs in production: a clear answer, no 500, nothing half done. */

const fiveMegabytes = 5 * 1024 * 1024;
const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const halfACharacter = '{"orderId":"\\ud800","debtKey":"d","contract":{"title":"t","text":"x"}}';

/** Bodies of a create call, and how each is refused. */
const bodies: [
  name: string,
  body: string | Uint8Array,
  headers: Record<string, string>,
  status: number,
  code: string,
][] = [
  [
    'broken UTF-8',
    Buffer.concat([Buffer.from('{"orderId":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]),
    json,
    400,
    'malformed_json',
  ],
  ['UTF-16', Buffer.from('{"orderId":"1"}', 'utf16le'), json, 400, 'malformed_json'],
  ['a byte order mark', `\ufeff{"orderId":"1"}`, json, 400, 'malformed_json'],
  ['a name twice', '{"orderId":"1","orderId":"2"}', json, 400, 'malformed_json'],
  ['a name twice, escaped once', '{"orderId":"1","order\\u0049d":"2"}', json, 400, 'malformed_json'],
  ['half of JSON', '{"orderId":', json, 400, 'malformed_json'],
  ['a thousand levels', '['.repeat(1_000) + ']'.repeat(1_000), json, 400, 'malformed_json'],
  ['nothing', '', json, 400, 'malformed_json'],
  ['half a character', halfACharacter, json, 422, 'validation_failed'],
  ['NUL', halfACharacter.replace('ud800', 'u0000'), json, 422, 'validation_failed'],
  ['a prototype', '{"__proto__":{"orderId":"1"}}', json, 422, 'validation_failed'],
  ['5 MB', ' '.repeat(fiveMegabytes), json, 413, 'payload_too_large'],
  ['a compressed body', gzipSync('{}'), { ...json, 'Content-Encoding': 'gzip' }, 415, 'unsupported_media_type'],
  ['a form', 'orderId=1', form, 415, 'unsupported_media_type'],
  ['no type', '{}', {}, 415, 'unsupported_media_type'],
];

for (const [name, body, headers, status, code] of bodies) {
  test(`the API refuses ${name} with ${status} ${code}, in the caller's language`, async ({ portal }) => {
    const { pathname } = new URL(`${portal.apiUrl}/signing`);
    const said: unknown[] = [];
    for (const language of ['pt-BR', 'en']) {
      const answer = await sendRaw(portal.portalUrl, pathname, {
        method: 'POST',
        headers: { 'X-API-Key': portal.apiKey, 'Accept-Language': language, ...headers },
        body,
      });
      expect([answer.status, answer.headers['content-type']], answer.body).toEqual([
        status,
        expect.stringContaining('application/problem+json'),
      ]);
      const problem = JSON.parse(answer.body);
      expect(problem).toMatchObject({ status, code });
      said.push(problem.detail);
    }
    expect(new Set(said).size, 'the same words in both languages').toBe(2);
  });
}

/** Ways to post a form that is not this page's, each with the status of its refusal. */
const forgeries: [name: string, headers: Record<string, string>, body: string | Uint8Array, status: number][] = [
  ['from another site', { Origin: 'https://outro-site.example' }, '', 403],
  ['from a page without origin', { Origin: 'null' }, '', 403],
  ['from nowhere that it names', { Origin: '' }, '', 403],
  ['called cross-site by the browser', { 'Sec-Fetch-Site': 'cross-site' }, '', 403],
  ['as JSON', json, '{}', 415],
  ['as parts', { 'Content-Type': 'multipart/form-data; boundary=x' }, '--x--', 415],
  ['compressed', { 'Content-Encoding': 'gzip' }, gzipSync('reason=x'), 415],
  ['of 5 MB', {}, `reason=${'x'.repeat(fiveMegabytes)}`, 413],
];

for (const act of ['begin', 'details', 'accept', 'decline', 'withdraw', 'dispute'] as const) {
  test(`the act ${act} takes no forged form, and the session stays as it was`, async ({ portal, merchant }) => {
    const { session, signer } = await atReview(merchant);
    for (const [name, headers, body, status] of forgeries) {
      const answer = await sendRaw(portal.portalUrl, paths.signAct(session.signingSessionId, act), {
        method: 'POST',
        headers: { Origin: portal.portalUrl, Cookie: signer.cookie, ...form, ...headers },
        body,
      });
      expect(answer.status, name).toBe(status);
      expect(answer.headers['content-type'], name).toContain('text/html');
      expect(answer.body, name).toMatch(/Nada foi assinado|ele mostra se a assinatura foi feita/);
    }
    expect((await merchant.reads(session.signingSessionId)).status).toBe('IN_PROGRESS');
  });
}

test('an offer that is stale, altered, of another session or of another kind signs nothing and says so', async ({
  merchant,
}) => {
  const { session, signer, offer } = await atReview(merchant);
  const other = await atReview(merchant);
  const before = offer;
  await signer.posts('details', { ...maria, email: 'outra@exemplo.com.br' });
  const [body = '', mac = ''] = offer.split('.');
  for (const wrong of [
    before,
    other.offer,
    `${body}.${mac.slice(0, -1)}`,
    `${body}.`,
    mac,
    signer.cookie,
    '',
    'x'.repeat(10_000),
  ]) {
    expect(await signer.accepts(wrong), wrong.slice(0, 40)).toEqual({
      status: 303,
      location: paths.sign(session.signingSessionId, 'review'),
    });
    expect((await signer.sees('review')).html).toContain('Nada foi assinado');
  }
  for (const { session: open } of [{ session }, other])
    expect((await merchant.reads(open.signingSessionId)).status).toBe('IN_PROGRESS');
});

test('what was typed stands in the form again when something in it is wrong', async ({ merchant }) => {
  const session = await merchant.createsSession();
  const signer = await HttpSigner.opens(session);
  await signer.posts('begin', {});
  const typed = { name: 'Zoë <b>&"', email: 'maria@', identity: '111.444.777-3', phone: '(11) 91234' };
  expect((await signer.posts('details', typed)).location).toBe(paths.sign(session.signingSessionId, 'details'));
  const { html } = await signer.sees('details');
  for (const value of ['Zoë &lt;b&gt;&amp;&quot;', 'maria@', '111.444.777-3', '(11) 91234'])
    expect(html).toContain(`value="${value}"`);
  expect((await merchant.reads(session.signingSessionId)).status).toBe('IN_PROGRESS');
});

const oddAddresses = [
  '/s/',
  '/s/%00',
  `/s/${'a'.repeat(8_000)}`,
  '/s/..%2f..%2fetc%2fpasswd',
  '/sign/%00',
  '/sign/x/review',
  '/sign/%E0%A4%A/review',
  '/sign/00000000-0000-4000-8000-000000000000/contract.txt',
  '/sign/../api/v1/signing',
  '//evil.example/%2e%2e',
  '/dashboard/sessions/%00',
  '/dashboard/data/sessions?before=%00&status=x',
  '/docs/errors/__proto__',
  '/api/v1/signing/%00',
  '/api/v1/signing?limit=1e9&status=',
  '/api/v1/signing/x/evidence',
  '/api/v1/nothing',
  '/_next/image?url=http://127.0.0.1/',
  '/_next/data/x/y.json',
  '/return?status=%00&signingSessionId=<script>',
  '/?_rsc=x',
] as const;

test('no odd address, method or header of the framework brings the server down or out', async ({ portal }) => {
  const tricks: Record<string, string> = {
    RSC: '1',
    'Next-Router-State-Tree': '%5B%22%22%5D',
    'Next-Router-Prefetch': '1',
    'Next-Action': '0123456789abcdef0123456789abcdef01234567',
    'X-Middleware-Subrequest': 'proxy:proxy:proxy:proxy:proxy',
    'X-Nextjs-Data': '1',
    'X-Matched-Path': '/dashboard/sessions',
    'X-Invoke-Path': '/dashboard/sessions',
    'X-HTTP-Method-Override': 'DELETE',
    'X-Forwarded-Host': 'evil.example',
    Host: 'evil.example',
  };
  for (const path of oddAddresses) {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      for (const headers of [{}, tricks]) {
        const answer = await sendRaw(portal.portalUrl, path, { method, headers });
        const what = `${method} ${path.slice(0, 60)}${headers === tricks ? ' with tricks' : ''}: ${answer.body.slice(0, 200)}`;
        expect(answer.status, what).toBeLessThan(500);
        expect(`${answer.headers.location ?? ''}${answer.body}`, what).not.toContain('evil.example/');
        expect(answer.body, what).not.toMatch(/node_modules|at .*\.ts:\d+/);
      }
    }
  }
});

test('a body that never ends or never begins leaves the portal answering others', async ({ portal, merchant }) => {
  const { pathname } = new URL(`${portal.apiUrl}/signing`);
  const gone = new AbortController();
  const stuck = Array.from({ length: 20 }, () =>
    fetch(`${portal.portalUrl}${pathname}`, {
      method: 'POST',
      headers: { 'X-API-Key': portal.apiKey, ...json },
      body: new ReadableStream({ start: (stream) => stream.enqueue(Buffer.from('{"orderId":"')) }),
      duplex: 'half',
      signal: gone.signal,
    } as RequestInit).catch(() => undefined),
  );
  await merchant.createsSession();
  gone.abort();
  await Promise.all(stuck);
  await merchant.createsSession();
});

async function atReview(merchant: Merchant) {
  const session = await merchant.createsSession();
  const signer = await HttpSigner.opens(session);
  return { session, signer, offer: await signer.readsOffer() };
}
