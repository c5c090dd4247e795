import { expect, test } from 'vitest';
import { scrubbedReply } from './scrubbed-reply.ts';

test.each([
  ['Internal Server Error', 'Internal Server Error'],
  ['{"error":"no order 4456","at":12}', '{"error":"no order 4456","at":12}'],
  ['cliente maria@exemplo.com.br, CPF 529.982.247-25', 'cliente [e-mail], CPF [number]'],
  ['52998224725, +55 (11) 91234-5678, 11.222.333/0001-81', '[number], [number], [number]'],
  ['key live_abcdefgh12345678 and whsec_MDEyMzQ1Njc4OTAx', 'key [secret] and [secret]'],
  ['authorization: Bearer abc.def-ghi.jkl', 'authorization: [secret]'],
  ['a\u0000b\u001b[31mc\u202ed\r\n\te', 'a b [31mc d e'],
])('%j is kept as %j', (reply, kept) => {
  expect(scrubbedReply(reply)).toBe(kept);
});

test('no more than the beginning is kept, also where scrubbing makes it longer', () => {
  expect(scrubbedReply('a'.repeat(5_000))).toBe('a'.repeat(1_024));
  expect(scrubbedReply('a@b '.repeat(1_000)).length).toBeLessThanOrEqual(1_024);
});
