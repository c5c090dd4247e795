import { Integer, Null, Sequence } from 'asn1js';
import {
  Attribute,
  type Certificate,
  ContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  TimeStampResp,
} from 'pkijs';
import { stampedAnswer } from '#lib/providers/rfc3161/sandbox/stamp.ts';

type Wanted = {
  /** Named beside the signature and among what is signed. */
  certificate: Certificate;
  key: CryptoKey;
  digest: Uint8Array;
  at?: Date;
  /** What the token brings along, in place of the certificate. */
  bag?: Certificate[];
  /** Named beside the signature, in place of the certificate. */
  signer?: Certificate;
};

/** A granted answer with a signature that is right for the key, whatever else is wrong with it. */
export async function stampedBy({ certificate, key, digest, at, bag, signer }: Wanted): Promise<Uint8Array> {
  const query = { ok: true, digest: new Uint8Array(digest).buffer, wantsCertificate: true } as const;
  const response = await stampedAnswer(query, { certificate, privateKey: key }, at ?? new Date());
  if (!bag && !signer) return response;
  const signed = signedIn(response);
  if (bag) signed.certificates = bag;
  const info = signed.signerInfos[0];
  if (signer && info)
    info.sid = new IssuerAndSerialNumber({ issuer: signer.issuer, serialNumber: signer.serialNumber });
  return granting(signed);
}

/** The answer with an attribute of that type beside the signature, which covers it not. */
export function withUnsignedAttribute(response: Uint8Array, type: string): Uint8Array {
  const signed = signedIn(response);
  const attributes = [new Attribute({ type, values: [new Null()] })];
  const [info] = signed.signerInfos;
  if (info) info.unsignedAttrs = new SignedAndUnsignedAttributes({ type: 1, attributes });
  return granting(signed);
}

function signedIn(response: Uint8Array): SignedData {
  const token = TimeStampResp.fromBER(new Uint8Array(response)).timeStampToken;
  if (!token) throw new Error('the sandbox did not stamp');
  return new SignedData({ schema: token.content });
}

function granting(signed: SignedData): Uint8Array {
  const changed = new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: signed.toSchema(true) });
  const granted = new Sequence({ value: [new Integer({ value: 0 })] });
  return new Uint8Array(new Sequence({ value: [granted, changed.toSchema()] }).toBER());
}
