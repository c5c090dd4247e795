import { expect, test } from 'vitest';
import { secretPage } from './secret-page.ts';

const page = {
  language: 'en' as const,
  title: 'Secret',
  what: 'Keep it.',
  back: { path: '/dashboard/webhooks/1', label: 'Back' },
};

test('a secret stands in the page, which loads nothing and which nobody keeps', () => {
  const { headers, bytes, status } = secretPage({ ...page, secret: 'whsec_ab+/cd==' });
  const html = Buffer.from(bytes).toString('utf8');
  expect(status).toBe(200);
  expect(html).toContain('<code id="secret" translate="no">whsec_ab+/cd==</code>');
  expect(html).not.toMatch(/<script|<img|<link|src=/);
  expect(headers).toMatchObject({ 'Cache-Control': 'no-store', 'Content-Type': 'text/html; charset=utf-8' });
  expect(headers['Content-Security-Policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
});

test.each(['', '<b>', 'a b', 'a"b', 'a&amp;'])('what would change the page is no secret: %j', (secret) => {
  expect(() => secretPage({ ...page, secret })).toThrow('cannot be written');
});
