import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReturnOrigin, parseReturnUrl, returnAddressFor } from './return-address.ts';

const production = { allowedOrigins: ['https://loja.example', 'https://pay.loja.example:8443'], isSandbox: false };
const sandbox = { allowedOrigins: ['*'], isSandbox: true };

describe('an address of an allowed origin is taken in its canonical form', () => {
  test.each([
    ['https://loja.example', 'https://loja.example/'],
    ['https://loja.example/volta?pedido=1#fim', 'https://loja.example/volta?pedido=1#fim'],
    ['HTTPS://LOJA.EXAMPLE/Volta', 'https://loja.example/Volta'],
    ['https://loja.example:443/volta', 'https://loja.example/volta'],
    ['https://pay.loja.example:8443/x', 'https://pay.loja.example:8443/x'],
    ['https://loja.example/a/../b', 'https://loja.example/b'],
    ['https://loja.example/?next=https://evil.example@x', 'https://loja.example/?next=https://evil.example@x'],
    ['https://loja.example/ação', 'https://loja.example/a%C3%A7%C3%A3o'],
    ['https://loja.example//evil.example', 'https://loja.example//evil.example'],
  ])('%s', (text, href) => {
    expect(parseReturnUrl(text, production)).toEqual({ ok: true, value: href });
  });

  test('an international name is compared in the form the network uses', () => {
    const rules = { allowedOrigins: ['https://münchen.example'], isSandbox: false };
    expect(parseReturnUrl('https://xn--mnchen-3ya.example/', rules).ok).toBe(true);
    expect(parseReturnUrl('https://MÜNCHEN.example/', rules).ok).toBe(true);
  });
});

test.each([
  ['', 'return_url_not_address'],
  ['/volta', 'return_url_not_address'],
  ['//loja.example', 'return_url_not_address'],
  ['loja.example/volta', 'return_url_not_address'],
  ['https:loja.example', 'return_url_not_address'],
  ['https:///loja.example', 'return_url_not_address'],
  ['https://loja.example\\@evil.example', 'return_url_not_address'],
  [' https://loja.example', 'return_url_not_address'],
  ['https://loja.example/\n', 'return_url_not_address'],
  ['https://loja.example:99999/', 'return_url_not_address'],
  [`https://loja.example/${'a'.repeat(2000)}`, 'return_url_not_address'],
  ['javascript:alert(1)', 'return_url_scheme'],
  ['data:text/html,x', 'return_url_scheme'],
  ['myapp://volta', 'return_url_scheme'],
  ['http://loja.example/', 'return_url_scheme'],
  ['http://127.0.0.1:3000/', 'return_url_scheme'],
  ['https://loja.example@evil.example/', 'return_url_userinfo'],
  ['https://@loja.example/', 'return_url_userinfo'],
  ['https://maria:x@loja.example/', 'return_url_userinfo'],
  ['https://evil.example/', 'return_url_origin'],
  ['https://loja.example./', 'return_url_origin'],
  ['https://loja.example:8443/', 'return_url_origin'],
  ['https://pay.loja.example/', 'return_url_origin'],
])('%j is %s', (text, code) => {
  expect(parseReturnUrl(text, production)).toEqual({ ok: false, code });
});

describe('the sandbox wildcard', () => {
  test.each([
    'https://anything.example/x',
    'http://localhost:4000/volta',
    'http://127.0.0.1:4000/',
    'http://127.1.2.3/',
    'http://[::1]:4000/',
  ])('takes %s', (text) => {
    expect(parseReturnUrl(text, sandbox)).toMatchObject({ ok: true });
  });

  test.each([
    ['http://anything.example/', 'return_url_scheme'],
    ['http://localhost.evil.example/', 'return_url_scheme'],
    ['http://127.0.0.1.evil.example/', 'return_url_scheme'],
    ['http://[::2]/', 'return_url_scheme'],
    ['http://0.0.0.0/', 'return_url_scheme'],
    ['http://192.168.0.1/', 'return_url_scheme'],
    ['javascript://localhost/%0aalert(1)', 'return_url_scheme'],
    ['https://a@anything.example/', 'return_url_userinfo'],
  ])('refuses %s as %s', (text, code) => {
    expect(parseReturnUrl(text, sandbox)).toEqual({ ok: false, code });
  });

  test('means nothing in production', () => {
    expect(parseReturnUrl('https://anything.example/', { allowedOrigins: ['*'], isSandbox: false })).toEqual({
      ok: false,
      code: 'return_url_origin',
    });
  });
});

test.each([[[]], [['null']], [['not an origin']], [['']]])(
  'a key with the origins %j accepts no address',
  (allowedOrigins) => {
    expect(parseReturnUrl('https://loja.example/', { allowedOrigins, isSandbox: false }).ok).toBe(false);
  },
);

test('whatever is typed, only an allowed origin comes back, and reading it again changes nothing', () => {
  const hosts = fc.constantFrom(
    'loja.example',
    'evil.example',
    'pay.loja.example:8443',
    'loja.example.evil.example',
    '',
  );
  const glue = fc.constantFrom('', '@', '/', '\\', '//', ':', '.', '%2f', '?', '#', '\t', ' ', '。', '%00');
  const text = fc
    .tuple(
      fc.constantFrom('https:', 'http:', 'HTTPS:', 'javascript:', ''),
      fc.constantFrom('//', '/', '///', ''),
      hosts,
      glue,
      hosts,
      glue,
    )
    .map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, (typed) => {
      const parsed = parseReturnUrl(typed, production);
      if (!parsed.ok) return;
      expect(production.allowedOrigins).toContain(new URL(parsed.value).origin);
      expect(parseReturnUrl(parsed.value, production)).toEqual(parsed);
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['https://loja.example', { ok: true, value: 'https://loja.example' }],
  ['https://LOJA.example:443/', { ok: true, value: 'https://loja.example' }],
  ['https://loja.example/volta', { ok: false, code: 'return_url_origin' }],
  ['https://loja.example/?x', { ok: false, code: 'return_url_origin' }],
  ['http://loja.example', { ok: false, code: 'return_url_scheme' }],
  ['*', { ok: false, code: 'return_url_not_address' }],
])('the origin %s of a production key', (text, parsed) => {
  expect(parseReturnOrigin(text, false)).toEqual(parsed);
});

test('a sandbox key may have the wildcard and loopback over http', () => {
  expect(parseReturnOrigin('*', true)).toEqual({ ok: true, value: '*' });
  expect(parseReturnOrigin('http://localhost:4000', true)).toEqual({ ok: true, value: 'http://localhost:4000' });
});

describe('the way back carries our three parameters and keeps the rest', () => {
  const facts = { signingSessionId: 'a7c0', orderId: 'pedido 1&2', status: 'COMPLETED' };
  const own = 'signingSessionId=a7c0&orderId=pedido+1%262&status=COMPLETED';

  test.each([
    ['https://loja.example/', `https://loja.example/?${own}`],
    ['https://loja.example/?', `https://loja.example/?${own}`],
    ['https://loja.example/volta?a=1&b=%20&c&a=2', `https://loja.example/volta?a=1&b=%20&c&a=2&${own}`],
    ['https://loja.example/volta?a=1#/fim', `https://loja.example/volta?a=1&${own}#/fim`],
    ['https://loja.example/?status=meu', `https://loja.example/?status=meu&${own}`],
    ['https://loja.example/?id={SIGNING_SESSION_ID}', `https://loja.example/?id=a7c0&${own}`],
    ['https://loja.example/%7BSIGNING_SESSION_ID%7D/x', `https://loja.example/a7c0/x?${own}`],
    ['https://loja.example/?a=%7bSIGNING_SESSION_ID%7d', `https://loja.example/?a=a7c0&${own}`],
    ['https://loja.example/#{SIGNING_SESSION_ID}', `https://loja.example/?${own}#a7c0`],
    ['https://loja.example/?{OTHER}', `https://loja.example/?{OTHER}&${own}`],
  ])('%s', (returnUrl, address) => {
    expect(returnAddressFor(returnUrl, facts)).toBe(address);
  });

  test('the placeholder survives the reading of the address', () => {
    const parsed = parseReturnUrl('https://loja.example/{SIGNING_SESSION_ID}?i={SIGNING_SESSION_ID}', production);
    expect(parsed.ok && returnAddressFor(parsed.value, facts)).toBe(`https://loja.example/a7c0?i=a7c0&${own}`);
  });
});
