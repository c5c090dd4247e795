import { describe, expect, test } from 'vitest';
import { copyLanguages } from '#lib/copy/language.ts';
import { storeOf } from '#lib/testing/doors.ts';
import { refusalPage } from './refusal-page.ts';
import { type RefusalKind, refusalKinds, refusalWords } from './refusal-words.ts';
import { withRequestStore } from './request-store.ts';

const kinds = Object.keys(refusalKinds) as RefusalKind[];
const page = (kind: RefusalKind, language?: string) =>
  withRequestStore(storeOf(new Headers(language ? { 'Accept-Language': language } : {})), () => refusalPage(kind));

describe.each(kinds)('the page for %s', (kind) => {
  test.each(copyLanguages)('says in %s what happened and the way out, and loads nothing', async (language) => {
    const response = page(kind, language);
    const html = await response.text();
    const { title, body, wayOut } = refusalWords[language][kind];
    expect(response.status).toBe(refusalKinds[kind]);
    expect(html).toContain(`<html lang="${language}">`);
    for (const sentence of [title, body, wayOut]) expect(html).toContain(sentence);
    expect(html).not.toMatch(/<script|<img|<link|href=|src=/);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.has('retry-after')).toBe(refusalKinds[kind] === 503);
  });

  test('says whether anything was signed', () => {
    expect(refusalWords['pt-BR'][kind].body).toMatch(/assinad|assinatura/);
    expect(refusalWords.en[kind].body).toMatch(/signed|signature/);
    expect(refusalWords.es[kind].body).toMatch(/firmó|firma/);
    expect(refusalWords.sv[kind].body).toMatch(/skrivits under|underskrive/);
  });
});

test.each([
  'foreign_origin',
  'method_not_allowed',
  'unsupported_media_type',
  'payload_too_large',
  'internal_error',
] as const)('on the dashboard the way out of %s is no link that somebody has received', async (kind) => {
  const refuse = () => refusalPage(kind, {}, 'staff');
  const html = await withRequestStore(storeOf(new Headers()), refuse).text();
  const [, wayOut] = html.match(/<p>[^<]*<\/p>/g) ?? [];
  expect(wayOut).not.toMatch(/link|loja/);
});

test('speaks Portuguese to a browser that says nothing', () => {
  expect(page('unauthorized').headers.get('content-language')).toBe('pt-BR');
});
