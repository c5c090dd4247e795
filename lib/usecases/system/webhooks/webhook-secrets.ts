import { createSecretKey, randomBytes } from 'node:crypto';
import { createInstallationSeal } from '#lib/vault/installation-seal.ts';

const secretBytes = 32;

/** Under these names the secrets of a workspace are sealed. */
export const secretName = (endpointId: string): string => `endpoint ${endpointId}`;
export const signingKeyName = 'signing key';

/** A secret as bytes, and as its receiver is shown it, once. */
export function newSecret(): { bytes: Buffer; shown: string } {
  const bytes = randomBytes(secretBytes);
  return { bytes, shown: `whsec_${bytes.toString('base64')}` };
}

/** An Ed25519 key: the seed that is sealed, and the half that everybody may have. */
export function newSigningKey(): { seed: Buffer; publicKey: Buffer } {
  const seed = randomBytes(secretBytes);
  return { seed, publicKey: createInstallationSeal(createSecretKey(seed)).publicKey };
}

/** A public key as libraries of Standard Webhooks take it. */
export const shownPublicKey = (publicKey: Uint8Array): string => `whpk_${Buffer.from(publicKey).toString('base64')}`;
