/**
 * The twin's own reading of a compact JWS. Nothing in this folder imports the client's signing files beside it: a mistake shared
 * by signer and verifier would be invisible. Even the primitive differs, Web Crypto here and `node:crypto` there.
 */

/** r‖s, 66 bytes each on P-521; DER is refused, as the real lender refuses it. */
const signatureBytes = 132;

export type TokenCheck = { ok: true; payload: Buffer } | { ok: false; verdict: string };

/** Checks tokens against one public key (PEM, SPKI, P-521). Throws, when made, for any other key. */
export async function tokenChecker(publicKeyPem: string): Promise<(token: string) => Promise<TokenCheck>> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' };
  const key = await crypto.subtle.importKey('spki', spkiIn(publicKeyPem), algorithm, false, ['verify']);
  return async (token) => {
    const parts = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token)?.slice(1);
    const [header, payload, signature] = (parts ?? []).map(strictBase64url);
    if (!header || !payload || !signature) return { ok: false, verdict: 'token_malformed' };
    if (!isEs512(header)) return { ok: false, verdict: 'token_algorithm_wrong' };
    if (signature.length !== signatureBytes) return { ok: false, verdict: 'token_signature_not_p1363' };
    const signed = new TextEncoder().encode(token.slice(0, token.lastIndexOf('.')));
    const isValid = await crypto.subtle.verify(algorithm, key, new Uint8Array(signature), signed);
    return isValid ? { ok: true, payload } : { ok: false, verdict: 'token_signature_invalid' };
  };
}

function spkiIn(pem: string): Uint8Array<ArrayBuffer> {
  const base64 = /-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]+)-----END PUBLIC KEY-----/.exec(pem)?.[1];
  if (!base64) throw new Error('The client public key is not a PEM file that begins with BEGIN PUBLIC KEY.');
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** `undefined` unless encoding the bytes again gives the very same characters: one token has one spelling. */
function strictBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

function isEs512(header: Buffer): boolean {
  try {
    const { alg, typ, crit } = JSON.parse(header.toString('utf8')) ?? {};
    return alg === 'ES512' && typ === 'JWT' && crit === undefined;
  } catch {
    return false;
  }
}
