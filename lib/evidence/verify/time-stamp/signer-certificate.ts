import { areSameBytes } from '#lib/evidence/log/same-bytes.ts';
import { type Hash, readHash } from './algorithm.ts';
import type { Certificate } from './certificate.ts';
import type { Bytes, Der } from './der.ts';
import { contextTag, elementsOf, onlyElementOf, readFields, tags } from './der-fields.ts';
import type { Signer } from './signed-data.ts';
import { subtle } from './web-crypto.ts';

const signingCertificate = '1.2.840.113549.1.9.16.2.12';
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47';

export type FoundSigner = { ok: true; certificate: Certificate } | { ok: false; detail: string };

/**
 * The one certificate that the signer names twice: beside its signature, and by hash among what it signed (RFC 5035; RFC 5816).
 * Whatever else is in the token's bag can be put there by anybody, so this very object must be the one that everything later is
 * checked against. Throws `Unreadable`.
 */
export async function findSignerCertificate(signer: Signer, brought: Certificate[]): Promise<FoundSigner> {
  const statements = [
    ...identifiersIn(signer.attributes.get(signingCertificate), readIdentifier),
    ...identifiersIn(signer.attributes.get(signingCertificateV2), readIdentifierV2),
  ];
  if (statements.length === 0) return { ok: false, detail: 'the signer did not sign which certificate is its own' };
  const named = brought.filter(signer.names);
  if (named.length === 0) return { ok: false, detail: 'the certificate that the signer names is not in the token' };
  for (const certificate of named) {
    const matches = await Promise.all(statements.map((statement) => isAbout(statement, certificate)));
    if (matches.every((match) => match)) return { ok: true, certificate };
  }
  return { ok: false, detail: 'the certificate in the token is not the one that the signer signed for' };
}

type Identifier = { hash: Hash | 'SHA-1' | undefined; digest: Bytes; place?: { issuer: Der; serial: Der } };

/** The first of the list is the signer's; others may describe its chain. */
function identifiersIn(attribute: Der | undefined, read: (value: Der) => Identifier): Identifier[] {
  if (!attribute) return [];
  const [first] = readFields(attribute, tags.sequence, (fields) => {
    const identifiers = elementsOf(fields.take(tags.sequence), tags.sequence);
    // Policies: not asked for.
    fields.takeIf(tags.sequence);
    return identifiers;
  });
  return first ? [read(first)] : [];
}

/** ESSCertID, whose hash is always SHA-1: enough to choose among certificates that a given root must still vouch for. */
function readIdentifier(value: Der): Identifier {
  return readFields(value, tags.sequence, (fields) => {
    const digest = fields.take(tags.octetString).content;
    return { hash: 'SHA-1', digest, ...placeIn(fields.takeIf(tags.sequence)) };
  });
}

/** ESSCertIDv2, whose hash is SHA-256 where it names none. */
function readIdentifierV2(value: Der): Identifier {
  return readFields(value, tags.sequence, (fields) => {
    const algorithm = fields.takeIf(tags.sequence);
    const digest = fields.take(tags.octetString).content;
    const hash = algorithm ? readHash(algorithm) : 'SHA-256';
    return { hash, digest, ...placeIn(fields.takeIf(tags.sequence)) };
  });
}

/** IssuerSerial: the issuer as one directoryName, and the serial number. */
function placeIn(value: Der | undefined): { place?: { issuer: Der; serial: Der } } {
  if (!value) return {};
  return readFields(value, tags.sequence, (fields) => {
    const generalName = onlyElementOf(fields.take(tags.sequence), tags.sequence);
    const issuer = onlyElementOf(generalName, contextTag(4));
    return { place: { issuer, serial: fields.take(tags.integer) } };
  });
}

async function isAbout({ hash, digest, place }: Identifier, certificate: Certificate): Promise<boolean> {
  if (!hash) return false;
  const isPlaced =
    !place ||
    (areSameBytes(place.issuer.bytes, certificate.issuer.bytes) &&
      areSameBytes(place.serial.bytes, certificate.serial));
  return isPlaced && areSameBytes(new Uint8Array(await subtle.digest(hash, certificate.bytes)), digest);
}
