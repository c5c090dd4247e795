import { BitString, Integer, Null, ObjectIdentifier, OctetString, Primitive, Sequence } from 'asn1js';
import {
  Attribute,
  type Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { randomSerial } from './issue-certificate.ts';
import { failureBits, type Query, sandboxPolicy } from './read-query.ts';

/** Whoever stamps. */
export type Signatory = { certificate: Certificate; privateKey: CryptoKey };

const timeStampContent = '1.2.840.113549.1.9.16.1.4';

/** The DER TimeStampResp for a query: a token, or a refusal with its reason. */
export async function stampedAnswer(query: Query, authority: Signatory, at: Date): Promise<Uint8Array> {
  if (!query.ok) return written(new Sequence({ value: [refusal(failureBits[query.failure])] }));
  const token = await tokenOf(query, authority, at);
  const granted = new Sequence({ value: [new Integer({ value: 0 })] });
  return written(new Sequence({ value: [granted, token.toSchema()] }));
}

const written = (value: Sequence): Uint8Array => new Uint8Array(value.toBER());

/** PKIStatusInfo: rejected, and the bit that says why. */
function refusal(bit: number): Sequence {
  const octets = new Uint8Array(Math.floor(bit / 8) + 1);
  octets[octets.length - 1] = 0x80 >> (bit % 8);
  const failure = new BitString({ valueHex: octets.buffer, unusedBits: 7 - (bit % 8) });
  return new Sequence({ value: [new Integer({ value: 2 }), failure] });
}

async function tokenOf(
  query: Query & { ok: true },
  { certificate, privateKey }: Signatory,
  at: Date,
): Promise<ContentInfo> {
  const facts = factsOf(query, at).toBER();
  const signer = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    signedAttrs: new SignedAndUnsignedAttributes({
      type: 0,
      attributes: await signedAttributes(facts, certificate.toSchema(true).toBER()),
    }),
  });
  const signed = new SignedData({
    version: 3,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: timeStampContent }),
    signerInfos: [signer],
    ...(query.wantsCertificate ? { certificates: [certificate] } : {}),
  });
  // Set afterwards: the constructor cuts the content into chunks, which is not DER.
  signed.encapContentInfo.eContent = new OctetString({ valueHex: facts });
  await signed.sign(privateKey, 0, 'SHA-256');
  return new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: signed.toSchema(true) });
}

/** TSTInfo. */
function factsOf({ digest, nonce }: Query & { ok: true }, at: Date): Sequence {
  const algorithm = new Sequence({ value: [new ObjectIdentifier({ value: '2.16.840.1.101.3.4.2.1' }), new Null()] });
  const imprint = new Sequence({ value: [algorithm, new OctetString({ valueHex: digest })] });
  return new Sequence({
    value: [
      new Integer({ value: 1 }),
      new ObjectIdentifier({ value: sandboxPolicy }),
      imprint,
      randomSerial(),
      generalizedTime(at),
      ...(nonce ? [nonce] : []),
    ],
  });
}

/** To the millisecond, and without the trailing zeros that DER forbids; the library's own type writes them. */
function generalizedTime(at: Date): Primitive {
  const text = at
    .toISOString()
    .replace(/[-:T]/g, '')
    .replace(/\.?0*Z$/, 'Z');
  return new Primitive({ idBlock: { tagClass: 1, tagNumber: 24 }, valueHex: new TextEncoder().encode(text) });
}

/** In the order that DER wants of a SET: by their octets. */
async function signedAttributes(facts: ArrayBuffer, certificate: ArrayBuffer): Promise<Attribute[]> {
  const sha256 = (bytes: ArrayBuffer) => crypto.subtle.digest('SHA-256', bytes);
  const identifier = new Sequence({ value: [new OctetString({ valueHex: await sha256(certificate) })] });
  const signingCertificate = new Sequence({ value: [new Sequence({ value: [identifier] })] });
  return [
    new Attribute({ type: '1.2.840.113549.1.9.3', values: [new ObjectIdentifier({ value: timeStampContent })] }),
    new Attribute({ type: '1.2.840.113549.1.9.4', values: [new OctetString({ valueHex: await sha256(facts) })] }),
    new Attribute({ type: '1.2.840.113549.1.9.16.2.47', values: [signingCertificate] }),
  ];
}
