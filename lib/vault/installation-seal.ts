import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';

/** The signature under whatever this installation hands out as evidence: Ed25519 (RFC 8032), so the same bytes always get the same one. */
export type InstallationSeal = {
  /** 32 bytes, as trust files hold it. */
  publicKey: Buffer;
  /** 64 bytes over the message itself, which is not hashed before. */
  sign(message: Uint8Array): Buffer;
};

/** RFC 8410: what stands before the seed in the PKCS #8 form of an Ed25519 private key. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
/** RFC 8410: what stands before the key in the SubjectPublicKeyInfo form. */
const spkiHeadBytes = 12;

/** `seed` is the private key of RFC 8032, 32 bytes. */
export function createInstallationSeal(seed: KeyObject): InstallationSeal {
  const der = Buffer.concat([pkcs8Head, seed.export()]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(spkiHeadBytes);
  return { publicKey, sign: (message) => sign(null, message, privateKey) };
}
