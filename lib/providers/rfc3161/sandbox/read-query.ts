import type { Integer } from 'asn1js';
import { TimeStampReq } from 'pkijs';

/** What is asked of the sandbox's authority, or the PKIFailureInfo bit that says what is wrong with it (RFC 3161, 2.4.2). */
export type Query =
  | { ok: true; digest: ArrayBuffer; nonce?: Integer; wantsCertificate: boolean }
  | { ok: false; failure: keyof typeof failureBits };

export const failureBits = { badAlg: 0, badDataFormat: 5, unacceptedPolicy: 15, unacceptedExtension: 16 } as const;

/** The one policy of the sandbox, in the arc that is reserved for examples. */
export const sandboxPolicy = '2.999.3161';

const sha256 = '2.16.840.1.101.3.4.2.1';

export function readQuery(body: Uint8Array): Query {
  const request = parsed(body);
  if (!request) return { ok: false, failure: 'badDataFormat' };
  const { hashAlgorithm, hashedMessage } = request.messageImprint;
  const digest = hashedMessage.valueBlock.valueHexView;
  if (hashAlgorithm.algorithmId !== sha256 || digest.length !== 32) return { ok: false, failure: 'badAlg' };
  if (request.extensions?.length) return { ok: false, failure: 'unacceptedExtension' };
  if (request.reqPolicy && request.reqPolicy !== sandboxPolicy) return { ok: false, failure: 'unacceptedPolicy' };
  const nonce = request.nonce ? { nonce: request.nonce } : {};
  return { ok: true, digest: digest.slice().buffer, wantsCertificate: request.certReq === true, ...nonce };
}

function parsed(body: Uint8Array): TimeStampReq | undefined {
  try {
    return TimeStampReq.fromBER(new Uint8Array(body));
  } catch {
    return undefined;
  }
}
