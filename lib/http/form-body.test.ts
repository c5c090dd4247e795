import { describe, expect, test } from 'vitest';
import { readForm } from './form-body.ts';
import { isOwnForm } from './form-origin.ts';

const type = 'application/x-www-form-urlencoded';
const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  readForm(
    new Request('http://portal.example/', { method: 'POST', body, headers: { 'Content-Type': type, ...headers } }),
  );

describe('a form', () => {
  test.each<[string, [string, string][]]>([
    ['', []],
    [
      'name=Maria+da+Silva&email=m%40e.com',
      [
        ['name', 'Maria da Silva'],
        ['email', 'm@e.com'],
      ],
    ],
    ['reason=Caf%C3%A9+%F0%9F%98%80', [['reason', 'Café 😀']]],
    [
      'a=b=c&d',
      [
        ['a', 'b=c'],
        ['d', ''],
      ],
    ],
  ])('%j is read as a browser meant it', async (body, fields) => {
    const read = await post(body);
    expect(read.ok && [...read.form]).toEqual(fields);
  });

  test.each(['name=%FF', 'name=%C3', 'name=%E0%80%80', 'name=%ED%A0%80', 'name=%', '%GG=1', 'a=1&a=2', 'a=1&%61=2'])(
    '%j was sent by no page of ours',
    async (body) => {
      expect(await post(body)).toEqual({ ok: false, code: 'unsupported_media_type' });
    },
  );

  test.each([
    { 'Content-Type': 'application/json' },
    { 'Content-Type': 'multipart/form-data; boundary=x' },
    { 'Content-Type': 'text/plain' },
    { 'Content-Encoding': 'gzip' },
  ])('with %j is refused', async (headers) => {
    expect(await post('a=1', headers)).toEqual({ ok: false, code: 'unsupported_media_type' });
  });

  test('takes 64 KiB and refuses one byte more, whatever length it announces', async () => {
    expect(await post(`a=${'x'.repeat(65_534)}`)).toMatchObject({ ok: true });
    expect(await post(`a=${'x'.repeat(65_535)}`)).toEqual({ ok: false, code: 'payload_too_large' });
    expect(await post('a=1', { 'Content-Length': '70000' })).toEqual({ ok: false, code: 'payload_too_large' });
    expect(await post(`a=${'x'.repeat(65_535)}`, { 'Content-Length': '3' })).toEqual({
      ok: false,
      code: 'payload_too_large',
    });
  });
});

describe('the origin of a form', () => {
  const portal = 'https://assinar.example';

  test.each<[Record<string, string>, boolean]>([
    [{ 'Sec-Fetch-Site': 'same-origin' }, true],
    [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }, true],
    [{ Origin: portal }, true],
    [{}, false],
    [{ 'Sec-Fetch-Site': 'cross-site' }, false],
    [{ 'Sec-Fetch-Site': 'same-site' }, false],
    [{ 'Sec-Fetch-Site': 'none' }, false],
    [{ 'Sec-Fetch-Site': 'cross-site', Origin: portal }, false],
    [{ 'Sec-Fetch-Site': '' }, false],
    [{ Origin: 'null' }, false],
    [{ Origin: 'https://assinar.example.evil.example' }, false],
    [{ Origin: 'http://assinar.example' }, false],
    [{ Referer: `${portal}/sign/x` }, false],
  ])('%j is ours: %s', (headers, isOwn) => {
    expect(isOwnForm(new Headers(headers), portal)).toBe(isOwn);
  });
});
