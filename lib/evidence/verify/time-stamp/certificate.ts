import { areSameBytes } from '#lib/evidence/log/same-bytes.ts';
import { type Bytes, type Der, readDer, Unreadable } from './der.ts';
import { contextTag, elementsOf, onlyElementOf, primitiveContextTag, readFields, tags } from './der-fields.ts';
import { bitStringBytesOf, booleanOf, integerHexOf, objectIdentifierOf, smallIntegerOf, timeOf } from './der-values.ts';
import { readSignatureScheme, type SignatureScheme } from './signature.ts';

/** An X.509 certificate taken apart, nothing about it believed yet. */
export type Certificate = {
  bytes: Bytes;
  /** What its issuer signed. */
  signed: Bytes;
  version: number;
  /** The INTEGER as it stands, and as people write it. */
  serial: Bytes;
  serialNumber: string;
  /** Names as DER: two are the same only when every byte is. */
  issuer: Der;
  subject: Der;
  notBefore: Date;
  notAfter: Date;
  publicKey: Der;
  extensions: Map<string, Extension>;
  /** Absent for an algorithm that we do not take. */
  scheme?: SignatureScheme;
  signature: Bytes;
};

export type Extension = { isCritical: boolean; value: Bytes };

/** RFC 5280, 4.1. Throws `Unreadable`. */
export function readCertificate(bytes: Bytes): Certificate {
  return readFields(readDer(bytes), tags.sequence, (fields) => {
    const body = fields.take(tags.sequence);
    const algorithm = fields.take(tags.sequence);
    const signature = bitStringBytesOf(fields.take(tags.bitString));
    const { algorithm: innerAlgorithm, ...facts } = readBody(body);
    if (!areSameBytes(innerAlgorithm.bytes, algorithm.bytes))
      throw new Unreadable('a certificate names two algorithms');
    const scheme = readSignatureScheme(algorithm);
    return { bytes, signed: body.bytes, ...facts, signature, ...(scheme ? { scheme } : {}) };
  });
}

function readBody(body: Der) {
  return readFields(body, tags.sequence, (fields) => {
    const version = fields.takeIf(contextTag(0));
    const serial = fields.take(tags.integer);
    const algorithm = fields.take(tags.sequence);
    const issuer = fields.take(tags.sequence);
    const validity = readValidity(fields.take(tags.sequence));
    const subject = fields.take(tags.sequence);
    const publicKey = fields.take(tags.sequence);
    // Unique identifiers of version 2 say nothing to us.
    fields.takeIf(primitiveContextTag(1));
    fields.takeIf(primitiveContextTag(2));
    const extensions = fields.takeIf(contextTag(3));
    return {
      algorithm,
      version: version ? smallIntegerOf(onlyElementOf(version, contextTag(0))) + 1 : 1,
      serial: serial.bytes,
      serialNumber: integerHexOf(serial),
      issuer,
      subject,
      ...validity,
      publicKey,
      extensions: extensions ? readExtensions(onlyElementOf(extensions, contextTag(3))) : new Map<string, Extension>(),
    };
  });
}

function readValidity(validity: Der): { notBefore: Date; notAfter: Date } {
  return readFields(validity, tags.sequence, (fields) => {
    const time = () => timeOf(fields.takeIf(tags.utcTime) ?? fields.take(tags.generalizedTime));
    return { notBefore: time(), notAfter: time() };
  });
}

/** Extensions by identifier; none may come twice. The same shape serves certificates and time-stamp facts. */
export function readExtensions(list: Der, tag: number = tags.sequence): Map<string, Extension> {
  const pairs = elementsOf(list, tag).map((element) =>
    readFields(element, tags.sequence, (fields): [string, Extension] => {
      const identifier = objectIdentifierOf(fields.take(tags.objectIdentifier));
      const critical = fields.takeIf(tags.boolean);
      const value = fields.take(tags.octetString).content;
      return [identifier, { isCritical: critical !== undefined && booleanOf(critical), value }];
    }),
  );
  const extensions = new Map(pairs);
  if (extensions.size !== pairs.length) throw new Unreadable('an extension comes twice');
  return extensions;
}
