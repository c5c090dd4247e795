import { type KeyObject, sign, verify } from 'node:crypto';

/** The JOSE header of every published token of the lender, byte for byte. */
const headerPart = Buffer.from('{"typ":"JWT","alg":"ES512"}').toString('base64url');

/** ES512 in a JWS is the bare pair r‖s of 66 bytes each (RFC 7518, 3.4); Node's default would be DER, which the lender refuses. */
const signatureBytes = 132;
const rawPair = 'ieee-p1363';

/** Signs a payload as a compact JWS. The nonce is random: the same call twice gives two tokens, both valid. */
export function signCompact(payload: Uint8Array | string, privateKey: KeyObject): string {
  const signed = `${headerPart}.${Buffer.from(payload).toString('base64url')}`;
  const signature = sign('sha512', Buffer.from(signed), { key: privateKey, dsaEncoding: rawPair });
  return `${signed}.${signature.toString('base64url')}`;
}

/** Gives the payload's bytes when the token is ES512 and verifies with the key; `undefined` for everything else. */
export function openCompact(token: string, publicKey: KeyObject): Buffer | undefined {
  const [header, payload, signature, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
  const raw = Buffer.from(signature, 'base64url');
  if (raw.length !== signatureBytes || algorithmOf(header) !== 'ES512') return undefined;
  const isValid = verify('sha512', Buffer.from(`${header}.${payload}`), { key: publicKey, dsaEncoding: rawPair }, raw);
  return isValid ? Buffer.from(payload, 'base64url') : undefined;
}

/** The payload without any check: only for replies whose signature nobody demands because no key of the lender is configured. */
export function payloadWithoutProof(token: string): Buffer | undefined {
  const [, payload] = token.split('.');
  return payload === undefined ? undefined : Buffer.from(payload, 'base64url');
}

function algorithmOf(headerText: string): unknown {
  try {
    const header: unknown = JSON.parse(Buffer.from(headerText, 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null && 'alg' in header ? header.alg : undefined;
  } catch {
    return undefined;
  }
}
