import { createPrivateKey, createPublicKey, type KeyObject, sign as signBytes, X509Certificate } from 'node:crypto';
import { PDF, type Signer } from '@libpdf/core';
import { stampToken } from '#lib/evidence/verify/time-stamp/stamp-token.ts';

/** What seals PDFs: the certificate that says whose the seal is, then those that issued it, and the private key of the first. */
export type PdfSeal = { certificates: X509Certificate[]; privateKey: KeyObject };

type Sealing = {
  /** Shown by readers beside the seal. */
  reason: string;
  /** What the seal says of its own time; a claim, where `stamp` is none. */
  signedAt: Date;
  /** Asks an authority for a stamp of a SHA-256 digest (TimeStampResp, DER); undefined when it is away. */
  stamp?: (digest: Uint8Array) => Promise<Uint8Array | undefined>;
};

/** Reads a seal from PEM texts. Throws with a sentence for the operator when they do not belong together or are of another kind. */
export function readPdfSeal(given: { certificates: string; privateKey: string }): PdfSeal {
  const blocks = given.certificates.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const certificates = blocks.map((pem) => new X509Certificate(pem));
  const privateKey = createPrivateKey(given.privateKey);
  const [own] = certificates;
  if (!own) throw new Error('there is no certificate in it');
  if (!own.checkPrivateKey(privateKey)) throw new Error('its first certificate is of another private key');
  if (!['rsa', 'ec'].includes(createPublicKey(privateKey).asymmetricKeyType ?? ''))
    throw new Error('its key is neither RSA nor of an elliptic curve');
  return { certificates, privateKey };
}

/**
 * The PDF with a PAdES seal over all its bytes (ETSI EN 319 142-1): level B-T where there is an authority to ask, else B-B. Undefined when
 * the authority is away: what is sealed is kept for good, so it waits for its stamp. Two seals of one document differ.
 */
export async function sealPdf(
  pdf: Uint8Array,
  seal: PdfSeal,
  { reason, signedAt, stamp }: Sealing,
): Promise<Uint8Array | undefined> {
  const document = await PDF.load(pdf);
  const level = stamp ? ({ level: 'B-T', timestampAuthority: authorityOf(stamp) } as const) : { level: 'B-B' as const };
  try {
    const { bytes } = await document.sign({ signer: signerOf(seal), reason, signingTime: signedAt, ...level });
    return bytes;
  } catch (error) {
    if (error instanceof StampMissing) return undefined;
    throw error;
  }
}

class StampMissing extends Error {}

function authorityOf(stamp: NonNullable<Sealing['stamp']>) {
  return {
    timestamp: async (digest: Uint8Array) => {
      const response = await stamp(digest);
      if (!response) throw new StampMissing('the authority is away');
      return stampToken(response);
    },
  };
}

/** Node signs RSA keys as PKCS #1 v1.5 and curves as DER, which is what a CMS takes. */
function signerOf({ certificates: [own, ...issuers], privateKey }: PdfSeal): Signer {
  if (!own) throw new Error('a seal has no certificate');
  const isRsa = privateKey.asymmetricKeyType === 'rsa';
  return {
    certificate: own.raw,
    certificateChain: issuers.map(({ raw }) => raw),
    keyType: isRsa ? 'RSA' : 'EC',
    signatureAlgorithm: isRsa ? 'RSASSA-PKCS1-v1_5' : 'ECDSA',
    sign: async (data, algorithm) => signBytes(algorithm.replace('-', '').toLowerCase(), data, privateKey),
  };
}
