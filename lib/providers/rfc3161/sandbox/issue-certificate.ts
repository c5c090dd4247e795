import { BitString, Integer, OctetString, Utf8String } from 'asn1js';
import {
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  RelativeDistinguishedNames,
} from 'pkijs';

/** Whoever signs: a name and the key pair behind it. */
export type Issuer = { name: RelativeDistinguishedNames; keys: CryptoKeyPair };

/** Wide, so that a sandbox whose clock is moved years ahead still gets stamps. */
const notBefore = new Date('2020-01-01T00:00:00.000Z');
const notAfter = new Date('2049-12-31T23:59:59.000Z');

const timeStamping = '1.3.6.1.5.5.7.3.8';

export function sandboxName(commonName: string): RelativeDistinguishedNames {
  const part = (type: string, value: string) => new AttributeTypeAndValue({ type, value: new Utf8String({ value }) });
  return new RelativeDistinguishedNames({
    typesAndValues: [part('2.5.4.10', 'Aceite Sandbox'), part('2.5.4.3', commonName)],
  });
}

/** A root that may issue only certificates which issue none themselves. */
export async function issueRoot(root: Issuer): Promise<Certificate> {
  const constraints = new BasicConstraints({ cA: true, pathLenConstraint: 0 });
  return await issue(root, root, [
    extension('2.5.29.19', true, constraints.toSchema()),
    // keyCertSign and cRLSign.
    extension('2.5.29.15', true, new BitString({ valueHex: Uint8Array.of(0x06).buffer, unusedBits: 1 })),
  ]);
}

/** An authority's certificate: for time stamping and nothing else, which must be critical (RFC 3161, 2.3). */
export async function issueAuthority(authority: Issuer, root: Issuer): Promise<Certificate> {
  const uses = new ExtKeyUsage({ keyPurposes: [timeStamping] });
  return await issue(authority, root, [
    // digitalSignature.
    extension('2.5.29.15', true, new BitString({ valueHex: Uint8Array.of(0x80).buffer, unusedBits: 7 })),
    extension('2.5.29.37', true, uses.toSchema()),
  ]);
}

/** The sandbox's own certificate for sealing documents, vouched for by nobody else. */
export async function issueSeal(seal: Issuer): Promise<Certificate> {
  // digitalSignature and nonRepudiation.
  const uses = new BitString({ valueHex: Uint8Array.of(0xc0).buffer, unusedBits: 6 });
  return await issue(seal, seal, [extension('2.5.29.15', true, uses)]);
}

async function issue(subject: Issuer, issuer: Issuer, extensions: Extension[]): Promise<Certificate> {
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = randomSerial();
  certificate.issuer = issuer.name;
  certificate.subject = subject.name;
  certificate.notBefore.value = notBefore;
  certificate.notAfter.value = notAfter;
  await certificate.subjectPublicKeyInfo.importKey(subject.keys.publicKey);
  const subjectKey = new OctetString({ valueHex: await keyIdentifier(subject) });
  const issuerKey = new AuthorityKeyIdentifier({
    keyIdentifier: new OctetString({ valueHex: await keyIdentifier(issuer) }),
  });
  certificate.extensions = [
    ...extensions,
    extension('2.5.29.14', false, subjectKey),
    extension('2.5.29.35', false, issuerKey.toSchema()),
  ];
  await certificate.sign(issuer.keys.privateKey, 'SHA-256');
  return certificate;
}

function extension(extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }): Extension {
  return new Extension({ extnID, critical, extnValue: value.toBER() });
}

/** The usual name of a key: the SHA-1 of its bytes (RFC 5280, 4.2.1.2), which protects nothing. */
async function keyIdentifier({ keys }: Issuer): Promise<ArrayBuffer> {
  return await crypto.subtle.digest('SHA-1', await crypto.subtle.exportKey('raw', keys.publicKey));
}

/** Sixteen random octets, positive and without a leading zero. */
export function randomSerial(): Integer {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40;
  return new Integer({ valueHex: octets.buffer });
}
