import { expect, test } from 'vitest';
import { parseAddCheckpoint } from './add-checkpoint.ts';

const hash = 'PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=';
const checkpoint =
  'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— a AAAAAAAA\n';
const parse = (body: string) => parseAddCheckpoint(new TextEncoder().encode(body));

test('a request with a proof is read, and its checkpoint kept to the byte', () => {
  expect(parse(`old 20852014\n${hash}\n${hash}\n\n${checkpoint}`)).toEqual({
    oldSize: 20852014,
    proof: Array(2).fill(new Uint8Array(Buffer.from(hash, 'base64'))),
    checkpoint: new TextEncoder().encode(checkpoint),
  });
});

test('a first request has no proof', () => {
  expect(parse(`old 0\n\n${checkpoint}`)).toMatchObject({ oldSize: 0, proof: [] });
});

test('63 hashes are taken and 64 are not', () => {
  expect(parse(`old 1\n${`${hash}\n`.repeat(63)}\n${checkpoint}`)?.proof).toHaveLength(63);
  expect(parse(`old 1\n${`${hash}\n`.repeat(64)}\n${checkpoint}`)).toBeUndefined();
});

test.each([
  '',
  'old 0\n',
  checkpoint,
  `${hash}\n\n${checkpoint}`,
  `old\n\n${checkpoint}`,
  `old 01\n\n${checkpoint}`,
  `old -1\n\n${checkpoint}`,
  `old  1\n\n${checkpoint}`,
  `old 1 \n\n${checkpoint}`,
  `Old 1\n\n${checkpoint}`,
  `old 9007199254740992\n\n${checkpoint}`,
  `old 1\r\n\r\n${checkpoint}`,
  `old 1\n${hash} \n\n${checkpoint}`,
  `old 1\n${hash.slice(4)}\n\n${checkpoint}`,
  `old 1\n${hash.replace('w=', 'x=')}\n\n${checkpoint}`,
  `\nold 1\n\n${checkpoint}`,
])('%j is no request', (body) => {
  expect(parse(body)).toBeUndefined();
});

test('bytes that are no UTF-8 are no request', () => {
  const bytes = new TextEncoder().encode(`old 0\n\n${checkpoint}`);
  bytes[10] = 0xff;
  expect(parseAddCheckpoint(bytes)).toBeUndefined();
});
