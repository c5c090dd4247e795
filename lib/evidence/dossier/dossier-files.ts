import { canonicalJson } from '#lib/domain/canonical-json.ts';
import type { EvidenceView } from '#lib/schema/evidence.ts';
import type { AcceptanceRecord } from '../acceptance-record.ts';
import { formatTlogProof } from '../log/tlog-proof.ts';
import { type AttemptPart, type ContractFactsPart, type DetailsPart, partBytes, type SessionPart } from '../parts.ts';
import { type Manifest, manifestBytes, manifestName, manifestSignatureName } from './manifest.ts';
import { systemStatement } from './system-statement.ts';
import { verifierProgram } from './verifier-program.ts';
import { verifyGuide } from './verify-guide.ts';

/** One line of `events.jsonl`; hashes and salt in lower-case hexadecimal. */
export type EventLine = {
  sequence: number;
  type: string;
  actor: string;
  actorId?: string;
  requestId?: string;
  occurredAt: string;
  data: Record<string, string | number | boolean>;
  private?: object;
  salt: string;
  prevHash: string;
  hash: string;
};

/** A checkpoint, who else speaks for it, and where in its tree things stand. */
export type DossierProof = {
  /** The signed note to the byte. */
  checkpoint: Uint8Array;
  /** Lines that witnesses added to it. */
  cosignatures: readonly string[];
  timeStamps: readonly { authority: string; response: Uint8Array }[];
  /** By the sequence of their events. */
  events: readonly { sequence: number; index: number; hashes: Uint8Array[] }[];
  /** What was said in public about keys, texts and the release, each with its place. */
  statements: readonly { kind: string; content: string; hash: string; index: number; hashes: Uint8Array[] }[];
};

export type DossierInput = {
  state: Manifest['state'];
  session: SessionPart;
  contractText: Uint8Array;
  contractFacts: ContractFactsPart;
  details: readonly DetailsPart[];
  evidence: EvidenceView;
  events: readonly EventLine[];
  acceptance?: AcceptedInput;
  attempts: readonly AttemptPart[];
  proof?: DossierProof | undefined;
  certificate?: Uint8Array;
};

export type AcceptedInput = {
  /** The exact bytes that were kept, and what they say. */
  bytes: Uint8Array;
  record: AcceptanceRecord;
  /** What the lender was sent: the body of the acceptance, then those that took its place. */
  lenderRequests: readonly Uint8Array[];
  receipt: Uint8Array;
};

type Files = Map<string, Uint8Array>;
type Sign = (message: Uint8Array) => Uint8Array;

/**
 * Every file of a dossier by its name, manifest and seals included: the same evidence always gives the same files. `sign` is the
 * installation's seal (Ed25519).
 */
export function dossierFiles(input: DossierInput, sign: Sign): Files {
  const files: Files = new Map([
    ['session.json', partBytes(input.session)],
    ['contract.txt', input.contractText],
    ['contract-facts.json', partBytes(input.contractFacts)],
    ...input.details.map((part) => [`details-${part.version}.json`, partBytes(part)] as const),
    ['evidence.json', json(input.evidence)],
    ['events.jsonl', lines(input.events)],
    ...(input.acceptance ? acceptedFiles(input.acceptance, sign) : []),
    ...lenderFiles(input.attempts),
    ...(input.proof ? proofFiles(input.proof) : []),
    ...(input.certificate ? [['certificate.pdf', input.certificate] as const] : []),
  ]);
  files.set('STATEMENT.md', systemStatement(input));
  files.set('verify.py', verifierProgram());
  files.set('VERIFY.md', verifyGuide(files, input));
  const { signingSessionId } = input.session;
  const manifest = manifestBytes({ signingSessionId, state: input.state }, files);
  return files.set(manifestName, manifest).set(manifestSignatureName, sign(manifest));
}

type Entry = readonly [string, Uint8Array];

function acceptedFiles({ bytes, record, lenderRequests, receipt }: AcceptedInput, sign: Sign): Entry[] {
  return [
    ['acceptance.json', bytes],
    ...record.consents.map(({ box, text }): Entry => [`consent/${box}.txt`, Buffer.from(text)]),
    ['consent/notice.txt', Buffer.from(record.notice.text)],
    ...lenderRequests.map((body, index): Entry => [requestFile(index + 1), body]),
    ['receipt.json', receipt],
    ['receipt.sig', sign(receipt)],
  ];
}

const requestFile = (number: number) => (number === 1 ? 'lender/request.json' : `lender/request-${number}.json`);

function lenderFiles(attempts: readonly AttemptPart[]): Entry[] {
  const answered = attempts.findLast(({ reply }) => reply);
  return [
    ...attempts.map((part): Entry => [`lender/attempts/${part.id}.json`, partBytes(part)]),
    ...(answered?.reply
      ? [['lender/response.json', Buffer.from(answered.reply.bodyBase64, 'base64')] satisfies Entry]
      : []),
  ];
}

function proofFiles({ checkpoint, cosignatures, timeStamps, events, statements }: DossierProof): Entry[] {
  const witnessed = Buffer.from(cosignatures.join(''));
  const whole = Buffer.concat([checkpoint, witnessed]);
  const proof = ({ index, hashes }: { index: number; hashes: Uint8Array[] }) =>
    formatTlogProof({ index, hashes, checkpoint: whole });
  return [
    ['proofs/checkpoint', checkpoint],
    ...(witnessed.length > 0 ? [['proofs/cosignatures', witnessed] satisfies Entry] : []),
    ...events.map((event): Entry => [`proofs/${event.sequence}.tlog-proof`, proof(event)]),
    ...statements.map((said, at): Entry => [`proofs/statement-${at + 1}.tlog-proof`, proof(said)]),
    ['keys/history.jsonl', lines(statements.map(({ kind, content, hash }) => ({ kind, content, hash })))],
    ...timeStamps.map(({ authority, response }): Entry => [`timestamps/${authority}.tsr`, response]),
  ];
}

const json = (value: unknown): Uint8Array => Buffer.from(canonicalJson(value));

const lines = (values: readonly unknown[]): Uint8Array =>
  Buffer.from(values.map((value) => `${canonicalJson(value)}\n`).join(''));
