import { utf8ToBytes } from '@noble/hashes/utils.js';
import { Certificate } from 'pkijs';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { kindOfEvent } from '#lib/domain/log-entry-kind.ts';
import { manifestBytes } from '#lib/evidence/dossier/manifest.ts';
import { zipOf } from '#lib/evidence/dossier/write-zip.ts';
import { formatVerifierKey } from '#lib/evidence/log/verifier-key.ts';
import { statementHash } from '#lib/evidence/log-entry.ts';
import { newAuthority } from '#lib/providers/rfc3161/sandbox/new-authority.ts';
import { derOfPem, keyAlgorithm } from '#lib/providers/rfc3161/sandbox/pem-block.ts';
import { type Signatory, stampedAnswer } from '#lib/providers/rfc3161/sandbox/stamp.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { noteSigner } from './note-signer.ts';
import { referenceEvidence } from './reference-evidence.ts';
import { type Files, type LoggedEntry, logKey, referenceProofs, stampedAt, witnessKey } from './reference-log.ts';
import {
  acceptedAt,
  chained,
  type EventDraft,
  type EventLine,
  firstPerson,
  isUnsigned,
  type Person,
  referenceStory,
  type Stage,
} from './reference-story.ts';

export type TrustFile = {
  version: number;
  seal: string[];
  logs: string[];
  witnesses: string[];
  witnessQuorum: number;
  timeStampRoots: string[];
  timeStampQuorum: number;
  timeStampPolicies?: string[];
};

/** Where a forger with all the portal's keys may lay hands on it; whatever comes later is made anew around the change. */
export type ReferenceOptions = {
  stage?: Stage;
  state?: 'final' | 'interim';
  isLogged?: boolean;
  person?: Person;
  signingSessionId?: string;
  /** Before the events commit to them. */
  changeParts?: (parts: Files) => void | Promise<void>;
  /** Said in the log of a build, besides what is said of the keys. */
  release?: Record<string, unknown>;
  /** Before they are chained. */
  changeStory?: (events: EventDraft[]) => void;
  /** After they are chained, before the evidence, the receipt and the log are made of them. */
  changeEvents?: (events: EventLine[]) => EventLine[];
  /** Before the log takes them in. */
  changeEntries?: (entries: LoggedEntry[]) => void;
  /** Proofs, checkpoint and stamps, before the evidence tells of them. */
  changeProofs?: (files: Files) => void | Promise<void>;
  /** All files but the manifest, before it is made and sealed. */
  changeFiles?: (files: Files) => void | Promise<void>;
  /** The sealed files, before they are packed. */
  changeSealed?: (files: Files) => void | Promise<void>;
  changeTrust?: (trust: TrustFile) => void;
};

export type ReferenceDossier = { dossier: Uint8Array; trust: Uint8Array; files: Files };

export const sealSigner = noteSigner(1);
export const referenceSessionId = '3f0d9c52-6c1e-4b7a-9d57-0a4c1f6b2e11';

/** A whole good dossier of an invented session, delivered and final unless told otherwise, and the trust file that belongs to it. */
export async function referenceDossier(options: ReferenceOptions = {}): Promise<ReferenceDossier> {
  const { stage = 'delivered', isLogged = true, person = firstPerson, signingSessionId = referenceSessionId } = options;
  const story = referenceStory(stage, person, signingSessionId);
  await options.changeParts?.(story.parts);
  options.changeStory?.(story.events);
  const made = chained(story.events, story.parts);
  const events = options.changeEvents?.(made) ?? made;
  const files: Files = new Map(story.parts);
  files.set('events.jsonl', lines(events));
  if (isLogged) await addLog(files, events, options);
  await options.changeProofs?.(files);
  files.set('evidence.json', json(referenceEvidence(stage, story, { events: made, files })));
  if (!isUnsigned(stage)) await addAcceptance(files, events, signingSessionId);
  for (const name of ['STATEMENT.md', 'VERIFY.md', 'verify.py']) files.set(name, utf8ToBytes(`${name}\n`));
  await options.changeFiles?.(files);
  const state = options.state ?? (stage === 'accepted' ? 'interim' : 'final');
  await reseal(files, { signingSessionId, state });
  await options.changeSealed?.(files);
  const trust = await referenceTrust();
  options.changeTrust?.(trust);
  return { dossier: zipOf(files), trust: utf8ToBytes(JSON.stringify(trust)), files };
}

/** Lists the files anew and seals the list, as only the holder of the seal key can. */
export async function reseal(
  files: Files,
  about: { signingSessionId: string; state: 'final' | 'interim' },
): Promise<void> {
  const manifest = manifestBytes(about, files);
  files.set('manifest.json', manifest);
  files.set('manifest.sig', await sealSigner.sign(manifest));
}

async function addAcceptance(files: Files, events: readonly EventLine[], signingSessionId: string): Promise<void> {
  const record = JSON.parse(Buffer.from(files.get('acceptance.json') ?? []).toString());
  for (const { box, text } of record.consents) files.set(`consent/${box}.txt`, utf8ToBytes(text));
  files.set('consent/notice.txt', utf8ToBytes(record.notice.text));
  files.set('certificate.pdf', utf8ToBytes('%PDF-1.7\n'));
  const attempt = [...files].findLast(([name]) => name.startsWith('lender/attempts/'))?.[1];
  const { reply } = attempt ? JSON.parse(Buffer.from(attempt).toString()) : { reply: undefined };
  if (reply) files.set('lender/response.json', new Uint8Array(Buffer.from(reply.bodyBase64, 'base64')));
  const receipt = json({
    acceptedAt: record.acceptedAt,
    contractSha256: record.contractSha256,
    eventHash: events.find(({ type }) => type === 'accepted')?.hash ?? '',
    format: 'aceite-receipt-1',
    promisedBy: new Date(acceptedAt.getTime() + 300_000).toISOString(),
    receiptCode: record.receiptCode,
    signingSessionId,
  });
  files.set('receipt.json', receipt);
  files.set('receipt.sig', await sealSigner.sign(receipt));
}

async function addLog(
  files: Files,
  events: readonly EventLine[],
  { release, changeEntries }: Pick<ReferenceOptions, 'release' | 'changeEntries'>,
): Promise<void> {
  const said = ['log_key', 'seal_key'].map((kind) => ({ kind, content: `{"said":"${kind}"}` }));
  if (release) said.push({ kind: 'release', content: canonicalJson(release) });
  const statements = said.map(({ kind, content }) => {
    return { content, hash: Buffer.from(statementHash({ kind, content })).toString('hex'), kind };
  });
  files.set('keys/history.jsonl', lines(statements));
  const entries: LoggedEntry[] = [
    ...statements.map(({ hash }, index) => ({
      file: `proofs/statement-${index + 1}.tlog-proof`,
      kind: 'statement' as const,
      hash,
    })),
    ...events.map(({ type, hash }, index) => ({
      file: `proofs/${index + 1}.tlog-proof`,
      kind: kindOfEvent(type),
      hash,
    })),
  ];
  changeEntries?.(entries);
  for (const [name, bytes] of await referenceProofs(entries)) files.set(name, bytes);
  await stampAnew(files);
}

/** Stamps of both authorities over the checkpoint that is among the files. */
export async function stampAnew(files: Files): Promise<void> {
  for (const [index, { signatory }] of (await authorities()).entries()) {
    files.set(`timestamps/authority-${index + 1}.tsr`, await stampBy(signatory, files.get('proofs/checkpoint')));
  }
}

/** What each has stamped. Whoever stamps the same content again gets the same bytes, which need not be checked again either. */
const stamped = new WeakMap<Signatory, Map<string, Promise<Uint8Array>>>();

export function stampBy(signatory: Signatory, content: Uint8Array | undefined): Promise<Uint8Array> {
  const digest = sha256(Buffer.from(content ?? []));
  const known = stamped.get(signatory) ?? new Map<string, Promise<Uint8Array>>();
  stamped.set(signatory, known);
  const key = digest.toString('hex');
  const wanted = { ok: true, digest: new Uint8Array(digest).buffer, wantsCertificate: true } as const;
  const stamp = known.get(key) ?? stampedAnswer(wanted, signatory, stampedAt);
  known.set(key, stamp);
  return stamp;
}

export type ReferenceAuthority = { root: string; signatory: Signatory };

export async function makeAuthority(name: string): Promise<ReferenceAuthority> {
  const { root, certificate, privateKey } = await newAuthority(name);
  return {
    root,
    signatory: {
      certificate: Certificate.fromBER(derOfPem(certificate)),
      privateKey: await crypto.subtle.importKey('pkcs8', derOfPem(privateKey), keyAlgorithm, false, ['sign']),
    },
  };
}

let made: Promise<ReferenceAuthority[]> | undefined;

/** The two that stamp every reference dossier of this process, with keys drawn anew in each. */
function authorities(): Promise<ReferenceAuthority[]> {
  made ??= Promise.all(['first', 'second'].map(makeAuthority));
  return made;
}

async function referenceTrust(): Promise<TrustFile> {
  return {
    version: 1,
    seal: [Buffer.from(sealSigner.publicKey).toString('base64')],
    logs: [formatVerifierKey(logKey)],
    witnesses: [formatVerifierKey(witnessKey)],
    witnessQuorum: 1,
    timeStampRoots: (await authorities()).map(({ root }) => root),
    timeStampQuorum: 2,
  };
}

export const json = (value: unknown): Uint8Array => utf8ToBytes(canonicalJson(value));

export const lines = (values: readonly unknown[]): Uint8Array =>
  utf8ToBytes(values.map((value) => `${canonicalJson(value)}\n`).join(''));
