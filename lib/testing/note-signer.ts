import { createPrivateKey, createPublicKey, sign } from 'node:crypto';

/** What stands before the 32 bytes of a private key in PKCS #8 (RFC 8410). */
const pkcs8Start = '302e020100300506032b657004220420';

/** An Ed25519 key that is the same in every run. `sign` is what a note's signer takes. */
export type NoteSigner = { publicKey: Uint8Array; sign(message: Uint8Array): Promise<Uint8Array> };

/** The key whose private half is 32 times this byte. */
export function noteSigner(seedByte: number): NoteSigner {
  const der = Buffer.concat([Buffer.from(pkcs8Start, 'hex'), Buffer.alloc(32, seedByte)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const x = createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '';
  return {
    publicKey: new Uint8Array(Buffer.from(x, 'base64url')),
    sign: async (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}
