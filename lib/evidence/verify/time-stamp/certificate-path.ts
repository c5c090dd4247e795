import { areSameBytes } from '#lib/evidence/log/same-bytes.ts';
import type { Certificate } from './certificate.ts';
import { issuerProblem } from './certificate-uses.ts';
import { nameOf } from './distinguished-name.ts';
import { isSignedBy } from './signature.ts';

export type PathSearch = {
  /** The certificate whose key signed; already found fit to do so. */
  authority: Certificate;
  /** What the token brought along: material for the path, never a reason to trust. */
  brought: Certificate[];
  roots: Certificate[];
  at: Date;
};

/** From the authority up to a root that was given. */
export type Path =
  | { ok: true; certificates: Certificate[] }
  | { ok: false; code: 'untrusted_root' | 'wrong_certificate'; detail: string };

/** More than any authority's chain has; also bounds the signatures that a hostile token can make us check. */
const pathLengthMax = 6;
const signatureChecksMax = 40;

/**
 * Finds a path by which a given root vouches for the authority at that instant: every link signed, every issuer allowed to issue,
 * and valid. A given certificate ends the path wherever it stands. Revocation is not asked: that would take a network.
 */
export async function findPath(search: PathSearch): Promise<Path> {
  const state: State = { ...search, checksLeft: signatureChecksMax, problem: undefined };
  const certificates = await climb([search.authority], state);
  if (certificates) return { ok: true, certificates };
  if (state.problem) return { ok: false, code: 'wrong_certificate', detail: state.problem };
  const detail = `no given root vouches for ${nameOf(search.authority.subject)}`;
  return { ok: false, code: 'untrusted_root', detail };
}

type State = PathSearch & { checksLeft: number; problem: string | undefined };

async function climb(path: Certificate[], state: State): Promise<Certificate[] | undefined> {
  const top = path.at(-1);
  if (!top) return undefined;
  if (state.roots.some((root) => areSameBytes(root.bytes, top.bytes))) return path;
  if (path.length === pathLengthMax) return undefined;
  for (const issuer of [...state.roots, ...state.brought]) {
    const isNew = !path.some((certificate) => areSameBytes(certificate.bytes, issuer.bytes));
    if (!isNew || !areSameBytes(issuer.subject.bytes, top.issuer.bytes) || !(await vouches(issuer, top, state)))
      continue;
    const problem = issuerProblem(issuer, authoritiesAbove(path), state.at);
    if (problem) {
      state.problem = `${nameOf(issuer.subject)} ${problem}`;
      continue;
    }
    const whole = await climb([...path, issuer], state);
    if (whole) return whole;
  }
  return undefined;
}

async function vouches(issuer: Certificate, subject: Certificate, state: State): Promise<boolean> {
  const { scheme, signature, signed } = subject;
  if (!scheme || state.checksLeft === 0) return false;
  state.checksLeft -= 1;
  return await isSignedBy({ scheme, publicKey: issuer.publicKey, signature, signed });
}

/** Issuers already on the path that count towards a length limit: those that did not issue for themselves (RFC 5280, 4.2.1.9). */
function authoritiesAbove(path: Certificate[]): number {
  return path.slice(1).filter(({ issuer, subject }) => !areSameBytes(issuer.bytes, subject.bytes)).length;
}
