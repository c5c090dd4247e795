import { type Algorithm, type Hash, readAlgorithm, readHash } from './algorithm.ts';
import { type Bytes, type Der, readDer, Unreadable } from './der.ts';
import { contextTag, onlyElementOf, readFields, tags } from './der-fields.ts';
import { bitStringBytesOf, objectIdentifierOf, smallIntegerOf } from './der-values.ts';
import { der, joined } from './der-writer.ts';
import { subtle } from './web-crypto.ts';

/** How a signature was made. `hash` is what the signed bytes are hashed with. */
export type SignatureScheme = { hash: Hash } & (
  | { kind: 'RSASSA-PKCS1-v1_5' }
  | { kind: 'RSA-PSS'; saltLength: number }
  | { kind: 'ECDSA' }
);

const rsa = '1.2.840.113549.1.1.1';
const rsaPss = '1.2.840.113549.1.1.10';
const ellipticCurve = '1.2.840.10045.2.1';
const maskFunction = '1.2.840.113549.1.1.8';

const plainSchemes: Record<string, SignatureScheme> = {
  '1.2.840.113549.1.1.11': { kind: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  '1.2.840.113549.1.1.12': { kind: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' },
  '1.2.840.113549.1.1.13': { kind: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
  '1.2.840.10045.4.3.2': { kind: 'ECDSA', hash: 'SHA-256' },
  '1.2.840.10045.4.3.3': { kind: 'ECDSA', hash: 'SHA-384' },
  '1.2.840.10045.4.3.4': { kind: 'ECDSA', hash: 'SHA-512' },
};

const curves: Record<string, { namedCurve: string; bytes: number }> = {
  '1.2.840.10045.3.1.7': { namedCurve: 'P-256', bytes: 32 },
  '1.3.132.0.34': { namedCurve: 'P-384', bytes: 48 },
  '1.3.132.0.35': { namedCurve: 'P-521', bytes: 66 },
};

/** Shorter RSA keys have been refused everywhere since 2014. */
const rsaBitsMin = 2_048;

/**
 * The scheme that an AlgorithmIdentifier names; `undefined` for one that we do not take. `digest` is the hash that stands beside
 * it in a SignerInfo: there the name of the key's type alone means PKCS #1 v1.5 with that hash (RFC 3370, 3.2).
 */
export function readSignatureScheme(value: Der, digest?: Hash): SignatureScheme | undefined {
  const { identifier, parameters } = readAlgorithm(value);
  if (identifier === rsaPss) return parameters && readPssScheme(parameters);
  if (parameters) return undefined;
  if (identifier === rsa) return digest && { kind: 'RSASSA-PKCS1-v1_5', hash: digest };
  return plainSchemes[identifier];
}

/** RFC 4055, 3.1. One hash for the message and the mask: WebCrypto knows no other, and RFC 4055 advises no other. */
function readPssScheme(parameters: Der): SignatureScheme | undefined {
  return readFields(parameters, tags.sequence, (fields) => {
    const explicit = (number: number): Der | undefined => {
      const field = fields.takeIf(contextTag(number));
      return field && onlyElementOf(field, contextTag(number));
    };
    const [hashField, maskField, saltField, trailerField] = [0, 1, 2, 3].map(explicit);
    const hash = hashField && readHash(hashField);
    const mask = maskField && readAlgorithm(maskField);
    const maskHash = mask?.identifier === maskFunction && mask.parameters ? readHash(mask.parameters) : undefined;
    const isUsualTrailer = !trailerField || smallIntegerOf(trailerField) === 1;
    // The defaults mean SHA-1, so whatever we take names both hashes.
    if (!hash || hash !== maskHash || !isUsualTrailer) return undefined;
    return { kind: 'RSA-PSS', hash, saltLength: saltField ? smallIntegerOf(saltField) : 20 };
  });
}

export type SignatureCheck = {
  scheme: SignatureScheme;
  /** A SubjectPublicKeyInfo. */
  publicKey: Der;
  signature: Bytes;
  signed: Bytes;
};

/** Whether the key made the signature over the bytes; false too for a key that does not fit the scheme or is too weak. */
export async function isSignedBy({ scheme, publicKey, signature, signed }: SignatureCheck): Promise<boolean> {
  const { algorithm: keyAlgorithm, bits } = readPublicKey(publicKey);
  try {
    if (scheme.kind === 'ECDSA') return await isSignedByCurve(keyAlgorithm, { scheme, publicKey, signature, signed });
    const fits = keyAlgorithm.identifier === rsa || (keyAlgorithm.identifier === rsaPss && scheme.kind === 'RSA-PSS');
    if (!fits || modulusBits(bits) < rsaBitsMin) return false;
    const algorithm = { name: scheme.kind, hash: scheme.hash };
    const key = await subtle.importKey('spki', plainRsaKey(bits), algorithm, false, ['verify']);
    const saltLength = scheme.kind === 'RSA-PSS' ? scheme.saltLength : 0;
    return await subtle.verify({ name: scheme.kind, saltLength }, key, signature, signed);
  } catch {
    // WebCrypto throws for a key that is none: a point off its curve, an even modulus. DER faults land here as well.
    return false;
  }
}

async function isSignedByCurve(keyAlgorithm: Algorithm, check: SignatureCheck): Promise<boolean> {
  const named = keyAlgorithm.parameters?.tag === tags.objectIdentifier ? keyAlgorithm.parameters : undefined;
  const curve = named && curves[objectIdentifierOf(named)];
  if (keyAlgorithm.identifier !== ellipticCurve || !curve) return false;
  const algorithm = { name: 'ECDSA', namedCurve: curve.namedCurve };
  const key = await subtle.importKey('spki', check.publicKey.bytes, algorithm, false, ['verify']);
  const pair = readFields(readDer(check.signature), tags.sequence, (fields) =>
    joined(
      [fields.take(tags.integer), fields.take(tags.integer)].map(({ content }) => fixedWidth(content, curve.bytes)),
    ),
  );
  return await subtle.verify({ name: 'ECDSA', hash: check.scheme.hash }, key, pair, check.signed);
}

/** WebCrypto wants both numbers at the curve's full width. */
function fixedWidth(integer: Bytes, width: number): Bytes {
  const bare = integer[0] === 0 ? integer.subarray(1) : integer;
  if (bare.length > width || (integer[0] ?? 0) >= 0x80) throw new Unreadable('a signature number is out of range');
  return joined([new Uint8Array(width - bare.length), bare]);
}

function readPublicKey(publicKey: Der): { algorithm: Algorithm; bits: Bytes } {
  return readFields(publicKey, tags.sequence, (fields) => ({
    algorithm: readAlgorithm(fields.take(tags.sequence)),
    bits: bitStringBytesOf(fields.take(tags.bitString)),
  }));
}

function modulusBits(key: Bytes): number {
  return readFields(readDer(key), tags.sequence, (fields) => {
    const { content } = fields.take(tags.integer);
    fields.take(tags.integer);
    const bare = content[0] === 0 ? content.subarray(1) : content;
    return bare.length * 8 - Math.clz32(bare[0] ?? 0) + 24;
  });
}

/** Browsers import no key that is marked for PSS alone, so each goes in as a plain RSA key; the scheme was checked above. */
function plainRsaKey(bits: Bytes): Bytes {
  const algorithm = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);
  return der(0x30, der(0x30, algorithm), der(0x03, Uint8Array.of(0), bits));
}
