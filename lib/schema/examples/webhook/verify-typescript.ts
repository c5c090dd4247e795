/** For Node. `rawBody` is what came, before any JSON parser has touched it. */
export const verifyInTypescript = `import { createHmac, timingSafeEqual } from 'node:crypto';

type Headers = Record<string, string | undefined>;

/** Throws unless the portal sent this body within the last five minutes. */
export function verifyWebhook(secret: string, headers: Headers, rawBody: string | Buffer): void {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  const ageInSeconds = Math.abs(new Date().getTime() / 1000 - Number(timestamp));
  if (!(ageInSeconds <= 300)) throw new Error('too old, or from the future');
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(\`\${id}.\${timestamp}.\`).update(rawBody).digest();
  const isGenuine = signatures.split(' ').some((signature) => {
    const [version, value = ''] = signature.split(',');
    const given = Buffer.from(value, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isGenuine) throw new Error('no signature fits');
}
`;

/** The same with the public key, for receivers that shall hold no secret. */
export const verifyByPublicKey = `import { createPublicKey, verify } from 'node:crypto';

type Headers = Record<string, string | undefined>;

/** As above, by a public key (whpk_…) instead of a shared secret. */
export function verifyWebhook(publicKey: string, headers: Headers, rawBody: string | Buffer): void {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  const ageInSeconds = Math.abs(new Date().getTime() / 1000 - Number(timestamp));
  if (!(ageInSeconds <= 300)) throw new Error('too old, or from the future');
  const x = Buffer.from(publicKey.replace('whpk_', ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const signed = Buffer.concat([Buffer.from(\`\${id}.\${timestamp}.\`), Buffer.from(rawBody)]);
  const isGenuine = signatures.split(' ').some((signature) => {
    const [version, value = ''] = signature.split(',');
    return version === 'v1a' && verify(null, signed, key, Buffer.from(value, 'base64'));
  });
  if (!isGenuine) throw new Error('no signature fits');
}
`;
