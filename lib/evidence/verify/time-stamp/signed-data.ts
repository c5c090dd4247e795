import { areSameBytes } from '#lib/evidence/log/same-bytes.ts';
import { type Hash, readHash } from './algorithm.ts';
import { type Certificate, readCertificate } from './certificate.ts';
import { type Bytes, childrenOf, type Der, Unreadable } from './der.ts';
import { contextTag, elementsOf, onlyElementOf, primitiveContextTag, readFields, tags } from './der-fields.ts';
import { objectIdentifierOf, smallIntegerOf } from './der-values.ts';
import { der } from './der-writer.ts';
import { readSignatureScheme, type SignatureScheme } from './signature.ts';

/** A CMS SignedData over time-stamp facts, with its one signer, taken apart. */
export type SignedData = { content: Bytes; certificates: Certificate[]; signer: Signer };

export type Signer = {
  names(certificate: Certificate): boolean;
  /** Absent for algorithms that we do not take. */
  digest?: Hash;
  scheme?: SignatureScheme;
  attributes: Map<string, Der>;
  /** The attributes as they were signed. */
  signed: Bytes;
  signature: Bytes;
};

const signedDataType = '1.2.840.113549.1.7.2';
/** id-ct-TSTInfo. */
export const timeStampContent = '1.2.840.113549.1.9.16.1.4';
const subjectKeyIdentifier = '2.5.29.14';

/** A chain has three or four; more is somebody playing. */
const certificatesMax = 16;

/** Reads a TimeStampToken (RFC 3161, 2.4.2; RFC 5652, 5). Throws `Unreadable`. */
export function readSignedData(token: Der): SignedData {
  const body = readFields(token, tags.sequence, (fields) => {
    expectType(fields.take(tags.objectIdentifier), signedDataType);
    return onlyElementOf(fields.take(contextTag(0)), contextTag(0));
  });
  return readFields(body, tags.sequence, (fields) => {
    // Version 3, because the content is not plain data.
    expectVersion(fields.take(tags.integer), [3]);
    const digests = elementsOf(fields.take(tags.set), tags.set).map(readHash);
    const content = readContent(fields.take(tags.sequence));
    const certificates = readCertificates(fields.takeIf(contextTag(0)));
    // Revocation lists: nothing here is decided by them.
    fields.takeIf(contextTag(1));
    const signer = readSigner(onlyElementOf(fields.take(tags.set), tags.set));
    if (!digests.includes(signer.digest)) throw new Unreadable('the hash of the signer is not announced');
    return { content, certificates, signer };
  });
}

function readContent(encapsulated: Der): Bytes {
  return readFields(encapsulated, tags.sequence, (fields) => {
    expectType(fields.take(tags.objectIdentifier), timeStampContent);
    const wrapped = onlyElementOf(fields.take(contextTag(0)), contextTag(0));
    return readOctets(wrapped);
  });
}

function readCertificates(bag: Der | undefined): Certificate[] {
  const elements = bag ? childrenOf(bag) : [];
  if (elements.length > certificatesMax) throw new Unreadable(`there are more than ${certificatesMax} certificates`);
  return elements.map(({ bytes }) => readCertificate(bytes));
}

function readSigner(value: Der): Signer {
  return readFields(value, tags.sequence, (fields) => {
    const version = fields.take(tags.integer);
    const byKey = fields.takeIf(primitiveContextTag(0));
    expectVersion(version, [byKey ? 3 : 1]);
    const names = byKey ? namedByKey(byKey.content) : namedByIssuer(fields.take(tags.sequence));
    const digest = readHash(fields.take(tags.sequence));
    const attributes = fields.take(contextTag(0));
    const scheme = readSignatureScheme(fields.take(tags.sequence), digest);
    const signature = readOctets(fields.take(tags.octetString));
    // Attributes that nobody signed: nothing here is decided by them.
    fields.takeIf(contextTag(1));
    return {
      names,
      ...(digest ? { digest } : {}),
      ...(scheme ? { scheme } : {}),
      attributes: readAttributes(attributes),
      // They are signed under the tag of a SET, not the one that they travel under (RFC 5652, 5.4).
      signed: der(tags.set, attributes.content),
      signature,
    };
  });
}

function namedByIssuer(value: Der): Signer['names'] {
  return readFields(value, tags.sequence, (fields) => {
    const issuer = fields.take(tags.sequence);
    const serial = fields.take(tags.integer);
    return (certificate) =>
      areSameBytes(certificate.issuer.bytes, issuer.bytes) && areSameBytes(certificate.serial, serial.bytes);
  });
}

function namedByKey(identifier: Bytes): Signer['names'] {
  const wanted = der(tags.octetString, identifier);
  return ({ extensions }) => areSameBytes(extensions.get(subjectKeyIdentifier)?.value ?? new Uint8Array(), wanted);
}

/** Each attribute by its type, with its one value. */
function readAttributes(list: Der): Map<string, Der> {
  const pairs = elementsOf(list, contextTag(0)).map((attribute) =>
    readFields(attribute, tags.sequence, (fields): [string, Der] => {
      const type = objectIdentifierOf(fields.take(tags.objectIdentifier));
      return [type, onlyElementOf(fields.take(tags.set), tags.set)];
    }),
  );
  const attributes = new Map(pairs);
  if (attributes.size !== pairs.length) throw new Unreadable('a signed attribute comes twice');
  return attributes;
}

function readOctets(value: Der): Bytes {
  if (value.tag !== tags.octetString) throw new Unreadable('octets are missing');
  return value.content;
}

function expectType(value: Der, type: string): void {
  const found = objectIdentifierOf(value);
  if (found !== type) throw new Unreadable(`content type ${type} was expected, not ${found}`);
}

function expectVersion(value: Der, versions: number[]): void {
  if (!versions.includes(smallIntegerOf(value)))
    throw new Unreadable('a version is not the one that its content asks for');
}
