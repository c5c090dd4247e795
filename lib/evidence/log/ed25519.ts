// Checking a signature takes neither time nor chance, and this is the one place where browsers and servers both offer it.
const { subtle } = globalThis.crypto;

/** Bytes of an Ed25519 public key and of a signature (RFC 8032). */
export const publicKeyBytes = 32;
export const signatureBytes = 64;

/** Whether the key (32 bytes) signed exactly these bytes. Wrong lengths are no signature; a platform without Ed25519 rejects. */
export async function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (publicKey.length !== publicKeyBytes || signature.length !== signatureBytes) return false;
  const key = await importKey(publicKey);
  return key !== undefined && subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message));
}

/** Undefined when the bytes are no point of the curve, which some platforms say at once and others when verifying. */
async function importKey(publicKey: Uint8Array): Promise<CryptoKey | undefined> {
  try {
    return await subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify']);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'DataError') return undefined;
    throw error;
  }
}
