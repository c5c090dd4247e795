import { expect, test } from 'vitest';
import { noteSigner } from '#lib/testing/note-signer.ts';
import { formatVerifierKey, parseVerifierKey, signatureTypes, verifierKey } from './verifier-key.ts';

/** Keys that others published: the example of golang.org/x/mod/sumdb/note, of c2sp.org/signed-note, and Go's checksum database. */
const published = [
  ['PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'PeterNeumann', 'c74f20a3'],
  ['example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k', 'example.com/foo', '530d903a'],
  ['sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8', 'sum.golang.org', '033de0ae'],
] as const;
const [[peter]] = published;

test.each(published)('%s is read, and written the same', (text, name, keyId) => {
  const reading = parseVerifierKey(text);
  expect(reading).toMatchObject({ ok: true, key: { name, keyId, type: signatureTypes.note } });
  expect(reading.ok && formatVerifierKey(reading.key)).toBe(text);
});

test('one public key has another id under another name and for another type of signature', () => {
  const { publicKey } = noteSigner(1);
  const ids = [
    verifierKey('log.example', signatureTypes.note, publicKey),
    verifierKey('log.example', signatureTypes.cosignature, publicKey),
    verifierKey('other.example', signatureTypes.note, publicKey),
  ].map(({ keyId }) => keyId);
  expect(new Set(ids).size).toBe(3);
});

test('an id in upper case is the same id', () => {
  expect(parseVerifierKey(peter.replace('c74f20a3', 'C74F20A3'))).toEqual(parseVerifierKey(peter));
});

test.each([
  ['', 'malformed_key'],
  ['PeterNeumann', 'malformed_key'],
  [peter.slice(0, -1), 'malformed_key'],
  [`${peter}=`, 'malformed_key'],
  [`${peter}\n`, 'malformed_key'],
  [` ${peter}`, 'malformed_key_name'],
  [peter.replace('PeterNeumann', ''), 'malformed_key_name'],
  [peter.replace('PeterNeumann', 'Peter\u2003Neumann'), 'malformed_key_name'],
  [peter.replace('PeterNeumann', 'Peter\u0000Neumann'), 'malformed_key_name'],
  [peter.replace('PeterNeumann', 'PeterNeuman'), 'wrong_key_id'],
  [peter.replace('c74f20a3', 'c74f20a2'), 'wrong_key_id'],
  [peter.replace('c74f20a3', 'c74f20a'), 'malformed_key'],
  [peter.replace('c74f20a3', 'c74f20ag'), 'malformed_key'],
  // The reference's own bad keys: too long a key, and an algorithm that nobody knows; both with an id that fits.
  ['PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==', 'malformed_key'],
  ['PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'unknown_signature_type'],
])('%j is refused', (text, code) => {
  expect(parseVerifierKey(text)).toEqual({ ok: false, code });
});

test.each(['', 'a b', 'a+b', 'a\nb', 'a\u00a0b', 'a\u0007b', '\ud800'])('%j names no key', (name) => {
  expect(() => verifierKey(name, signatureTypes.note, noteSigner(1).publicKey)).toThrow(RangeError);
});

test.each([0, 31, 33])('%i bytes are no public key', (length) => {
  expect(() => verifierKey('log.example', signatureTypes.note, new Uint8Array(length))).toThrow(RangeError);
});
