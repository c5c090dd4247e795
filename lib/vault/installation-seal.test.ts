import { createPublicKey, createSecretKey, randomBytes, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { createInstallationSeal } from './installation-seal.ts';

test('seals as RFC 8032 says: its first and second example', () => {
  const sealed = (seed: string, message: string) => {
    const seal = createInstallationSeal(createSecretKey(Buffer.from(seed, 'hex')));
    return [seal.publicKey.toString('hex'), seal.sign(Buffer.from(message, 'hex')).toString('hex')];
  };
  expect(sealed('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', '')).toEqual([
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ]);
  expect(sealed('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', '72')).toEqual([
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ]);
});

test('the 32 bytes of the public key are enough to check a seal, and no other message passes', () => {
  const seal = createInstallationSeal(createSecretKey(randomBytes(32)));
  const message = Buffer.from('{"format":"example"}');
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: seal.publicKey.toString('base64url') },
    format: 'jwk',
  });
  expect(seal.publicKey.length).toBe(32);
  expect(verify(null, message, publicKey, seal.sign(message))).toBe(true);
  expect(verify(null, Buffer.from('{"format":"exemple"}'), publicKey, seal.sign(message))).toBe(false);
  expect(seal.sign(message).equals(seal.sign(message))).toBe(true);
});
