import { areSameBytes } from '#lib/evidence/log/same-bytes.ts';
import { type Answer, type AnswerRefusal, readAnswer } from './answer.ts';
import type { Certificate } from './certificate.ts';
import { findPath } from './certificate-path.ts';
import { authorityProblem } from './certificate-uses.ts';
import { type Bytes, Unreadable } from './der.ts';
import { expectTag, tags } from './der-fields.ts';
import { hexOf, objectIdentifierOf } from './der-values.ts';
import { commonNameOf, nameOf } from './distinguished-name.ts';
import { certificatesIn } from './pem.ts';
import { isSignedBy } from './signature.ts';
import { type SignedData, timeStampContent } from './signed-data.ts';
import { findSignerCertificate } from './signer-certificate.ts';
import { subtle } from './web-crypto.ts';

/**
 * `malformed`: not the one DER form of a token, or one that says more than we understand. `bad_signature`: of a kind that is not taken, or
 * not made by the authority's key over this content. `wrong_certificate`: the authority, or an issuer above it, may not do this, or not
 * then, or is not the one that the signer signed for. `untrusted_root`: no given root vouches for the authority.
 */
export type TimeStampRefusal = AnswerRefusal | 'bad_signature' | 'wrong_certificate' | 'untrusted_root';

export type VerifiedTimeStamp =
  | {
      ok: true;
      /** The digest existed no later than this, says the authority. */
      time: Date;
      /** Subject of the authority's certificate: `CN=Stamps, O=Example, C=BR`. */
      authority: string;
      /** Its common name alone, for people. */
      authorityName: string;
      /** Lower-case hexadecimal SHA-256 of the authority's certificate. */
      certificateSha256: string;
      /** The same of the given root that vouches for it: two stamps under the same one are of one authority. */
      rootSha256: string;
      /** Object identifier, dotted decimal. */
      policy: string;
      /** Lower-case hexadecimal. */
      serialNumber: string;
      /** Subjects from the authority up to the given root. */
      chain: string[];
    }
  | { ok: false; code: TimeStampRefusal; detail: string };

/**
 * Checks a DER TimeStampResp against the SHA-256 `digest` it must be of and the `roots` (PEM) one trusts; with `nonce`, also that it
 * answers that very request. Nothing in the token is trusted: the certificate that the signer signed for must be the one whose key
 * made the signature, be for time stamping alone, and be vouched for by a given root at the token's own time (RFC 3161; RFC 5816).
 * Revocation is not asked. Never throws; runs in browsers and on servers.
 */
export async function verifyTimeStamp(given: Answer & { roots: readonly string[] }): Promise<VerifiedTimeStamp> {
  const trusted = readRoots(given.roots);
  if (!trusted.ok) return { ok: false, code: 'untrusted_root', detail: trusted.detail };
  const answer = readAnswer(given);
  if (!answer.ok) return answer;
  try {
    const { facts, signedData } = answer;
    const found = await verifySigner(signedData, facts.genTime);
    if (!found.ok) return found;
    const { certificate: authority } = found;
    const search = { authority, brought: signedData.certificates, roots: trusted.roots, at: facts.genTime };
    const path = await findPath(search);
    if (!path.ok) return path;
    const { genTime, policy, serialNumber } = facts;
    const chain = path.certificates.map(({ subject }) => nameOf(subject));
    const rootSha256 = await fingerprintOf(path.certificates.at(-1) ?? authority);
    return { ok: true, time: genTime, ...(await identityOf(authority)), rootSha256, policy, serialNumber, chain };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, code: 'malformed', detail: error.message };
    throw error;
  }
}

/** What is wrong with roots (PEM) before any stamp is checked against them, or `undefined`. */
export function rootsProblem(roots: readonly string[]): string | undefined {
  const read = readRoots(roots);
  return read.ok ? undefined : read.detail;
}

/** A root that cannot be read is a fault in what one trusts, and said rather than passed over. */
function readRoots(roots: readonly string[]): { ok: true; roots: Certificate[] } | { ok: false; detail: string } {
  const read: Certificate[] = [];
  for (const [index, pem] of roots.entries()) {
    try {
      read.push(...certificatesIn(pem));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { ok: false, detail: `root ${index + 1} of those given cannot be read: ${error.message}` };
    }
  }
  return { ok: true, roots: read };
}

async function identityOf({ subject, bytes }: Certificate) {
  const certificateSha256 = await fingerprintOf({ bytes });
  return { authority: nameOf(subject), authorityName: commonNameOf(subject), certificateSha256 };
}

const fingerprintOf = async ({ bytes }: Pick<Certificate, 'bytes'>): Promise<string> =>
  hexOf(await digestOf('SHA-256', bytes));

const digestOf = async (hash: string, bytes: Bytes): Promise<Uint8Array> =>
  new Uint8Array(await subtle.digest(hash, bytes));

type Refused = { ok: false; code: 'bad_signature' | 'wrong_certificate'; detail: string };

async function verifySigner(
  { content, certificates, signer }: SignedData,
  at: Date,
): Promise<{ ok: true; certificate: Certificate } | Refused> {
  const found = await findSignerCertificate(signer, certificates);
  if (!found.ok) return { ok: false, code: 'wrong_certificate', detail: found.detail };
  const { certificate } = found;
  const problem = authorityProblem(certificate, at);
  if (problem) return { ok: false, code: 'wrong_certificate', detail: `${nameOf(certificate.subject)} ${problem}` };
  const { digest, scheme, signature, signed } = signer;
  const refuse = (detail: string): Refused => ({ ok: false, code: 'bad_signature', detail });
  if (!digest || !scheme || scheme.hash !== digest) return refuse('the signature is of a kind that is not taken');
  if (!isAboutContent(signer.attributes, await digestOf(digest, content)))
    return refuse('what was signed is not the content of the token');
  const isSigned = await isSignedBy({ scheme, publicKey: certificate.publicKey, signature, signed });
  return isSigned ? { ok: true, certificate } : refuse('the key of the certificate did not make the signature');
}

const contentType = '1.2.840.113549.1.9.3';
const messageDigest = '1.2.840.113549.1.9.4';

function isAboutContent(attributes: SignedData['signer']['attributes'], digest: Uint8Array): boolean {
  const type = attributes.get(contentType);
  const stated = attributes.get(messageDigest);
  if (!type || !stated || objectIdentifierOf(type) !== timeStampContent) return false;
  return areSameBytes(expectTag(stated, tags.octetString).content, digest);
}
