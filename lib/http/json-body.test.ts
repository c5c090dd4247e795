import { expect, test } from 'vitest';
import { readJsonBody } from './json-body.ts';

const bodyOf = (type: string) =>
  readJsonBody(
    new Request('http://portal.example/', { method: 'POST', body: '{}', headers: { 'Content-Type': type } }),
    {
      limitBytes: 100,
      isOptional: false,
    },
  );

test.each([
  'application/json',
  'Application/JSON;charset=utf-8',
  'application/json ; charset = "UTF-8" ;',
  'application/json;',
])('JSON in UTF-8 may be called %s', async (type) => {
  expect(await bodyOf(type)).toMatchObject({ ok: true, value: {} });
});

test.each([
  'text/plain',
  'application/json; charset=latin1',
  'application/json; charset=utf-8; charset=utf-16',
  'application/jsonp',
  // Reading it twice over for each blank would take minutes.
  `application/json${' '.repeat(1e6)}x`,
])('nothing else is: %.60s', async (type) => {
  expect(await bodyOf(type)).toEqual({ ok: false, code: 'unsupported_media_type' });
});
