import type { LogEntryKind } from '#lib/domain/log-entry-kind.ts';
import { formatVerifierKey, signatureTypes, verifierKey } from '#lib/evidence/log/verifier-key.ts';
import type { Verdict } from '#lib/evidence/verify/verdict.ts';
import { noteSigner } from '../note-signer.ts';
import { stampAnew } from '../reference-dossier.ts';
import { type Files, type LoggedEntry, logKey, witnessKey } from '../reference-log.ts';
import {
  type DossierVector,
  flipped,
  made,
  put,
  replace,
  resealed,
  rewrite,
  textOf,
  trusting,
  without,
} from './vector.ts';

const strangerKey = noteSigner(9).publicKey;
const strangersLog = (name: string) => formatVerifierKey(verifierKey(name, signatureTypes.note, strangerKey));
export const strangersWitness = (name: string) =>
  formatVerifierKey(verifierKey(name, signatureTypes.cosignature, strangerKey));

/** The log's proofs, and the signatures of log and witness. All listed and sealed by the portal's own key. */
export const proofVectors: DossierVector[] = [
  resealed('a proof of another event', 'TAMPERED', (files) =>
    put('proofs/4.tlog-proof', files.get('proofs/5.tlog-proof') ?? '')(files),
  ),
  resealed('a proof at another place', 'TAMPERED', replace('proofs/5.tlog-proof', /index (\d+)/, 'index 3')),
  resealed('a proof at a place beyond the log', 'TAMPERED', replace('proofs/5.tlog-proof', /index (\d+)/, 'index 99')),
  resealed(
    'a proof with a hash less',
    'TAMPERED',
    rewrite('proofs/5.tlog-proof', (text) => text.replace(/^[A-Za-z0-9+/]{43}=\n/m, '')),
  ),
  resealed(
    'a proof with a hash more',
    'TAMPERED',
    rewrite('proofs/5.tlog-proof', (text) => text.replace(/^([A-Za-z0-9+/]{43}=\n)/m, '$1$1')),
  ),
  resealed(
    'a proof with another hash',
    'TAMPERED',
    rewrite('proofs/5.tlog-proof', (text) => text.replace(/^[A-Za-z0-9+/]{43}=$/m, `${'A'.repeat(43)}=`)),
  ),
  resealed('a proof with something extra', 'TAMPERED', replace('proofs/5.tlog-proof', 'index', 'extra AAAA\nindex')),
  resealed(
    'a proof with something after its end',
    'TAMPERED',
    rewrite('proofs/5.tlog-proof', (text) => `${text}x`),
  ),
  resealed('a proof that is none', 'TAMPERED', put('proofs/5.tlog-proof', 'proved')),
  resealed('a proof of no length', 'TAMPERED', put('proofs/5.tlog-proof', '')),
  resealed('a proof of an event that does not exist', 'TAMPERED', (files) =>
    put('proofs/6.tlog-proof', files.get('proofs/5.tlog-proof') ?? '')(files),
  ),
  resealed('a proof of a statement that does not exist', 'TAMPERED', (files) =>
    put('proofs/statement-3.tlog-proof', files.get('proofs/statement-2.tlog-proof') ?? '')(files),
  ),
  resealed('a proof of a statement in place of an event', 'TAMPERED', (files) =>
    put('proofs/5.tlog-proof', files.get('proofs/statement-2.tlog-proof') ?? '')(files),
  ),
  made('a log that tells the acceptance as any other event', 'TAMPERED', {
    changeEntries: (entries) => tellAs(entries, 'acceptance', 'event'),
  }),
  made('a log that tells the acceptance as another closing', 'TAMPERED', {
    changeEntries: (entries) => tellAs(entries, 'acceptance', 'closing'),
  }),
  made('a log that tells the creation as an acceptance', 'TAMPERED', {
    changeEntries: (entries) => tellAs(entries, 'event', 'acceptance'),
  }),
  made('a declined one whose log tells the end as any other event', 'TAMPERED', {
    stage: 'declined',
    changeEntries: (entries) => tellAs(entries, 'closing', 'event'),
  }),
  resealed('without the proof of the last event', 'INCOMPLETE', without('proofs/5.tlog-proof')),
  resealed('without the proof of the acceptance', 'INCOMPLETE', without('proofs/4.tlog-proof')),
  resealed('without the proof of the creation', 'INCOMPLETE', without('proofs/1.tlog-proof')),
  resealed('without the proof of a statement', 'INCOMPLETE', without('proofs/statement-1.tlog-proof')),
  resealed('without the proof of an event in between', 'VALID', without('proofs/2.tlog-proof')),
  resealed(
    'a statement that says something else',
    'TAMPERED',
    rewrite('keys/history.jsonl', (text) => text.replace('said', 'sung')),
  ),
  resealed(
    'a statement of another kind',
    'TAMPERED',
    replace('keys/history.jsonl', '"kind":"log_key"', '"kind":"log_kex"'),
  ),
  resealed(
    'statements in another order',
    'TAMPERED',
    rewrite('keys/history.jsonl', (text) => `${text.trimEnd().split('\n').reverse().join('\n')}\n`),
  ),
  resealed(
    'without statements',
    'VALID',
    without('keys/history.jsonl', 'proofs/statement-1.tlog-proof', 'proofs/statement-2.tlog-proof'),
  ),

  resealed('another checkpoint of the same log, without new proofs', 'TAMPERED', rootOfAnother),
  resealed(
    'a checkpoint with another root',
    'TAMPERED',
    rewriteEverywhere(/^[A-Za-z0-9+/]{43}=\n\n\u2014 log/m, `${'A'.repeat(43)}=\n\n\u2014 log`),
  ),
  resealed('a checkpoint with another size', 'TAMPERED', rewriteEverywhere(/^log\.example\n(\d)/m, 'log.example\n2$1')),
  resealed(
    'a checkpoint with two signatures',
    'TAMPERED',
    rewrite('proofs/checkpoint', (text) => text + text.split('\n').slice(-2).join('\n')),
  ),
  resealed(
    'a checkpoint without signature',
    'TAMPERED',
    rewrite('proofs/checkpoint', (text) => `${text.split('\n\n')[0]}\n`),
  ),
  resealed('a checkpoint that is none', 'TAMPERED', put('proofs/checkpoint', 'x\n')),
  resealed('a checkpoint of no length', 'TAMPERED', put('proofs/checkpoint', '')),
  resealed('without checkpoint, with all that hangs on it', 'TAMPERED', without('proofs/checkpoint')),
  made('a final one without the log', 'INCOMPLETE', { isLogged: false }),
  made('an interim one with stamps of nothing', 'TAMPERED', {
    stage: 'accepted',
    isLogged: false,
    changeFiles: put('timestamps/a.tsr', 'x'),
  }),
  made('an interim one with proofs of nothing', 'TAMPERED', {
    stage: 'accepted',
    isLogged: false,
    changeFiles: put('proofs/1.tlog-proof', 'x'),
  }),
  ...(
    [
      [
        'the signature has one bit turned over',
        'INVALID',
        withSignature(/\u2014 log\.example (\S+)/, (bytes) => flipped(bytes, 100)),
      ],
      ['a signature of 63 bytes', 'INVALID', withSignature(/\u2014 log\.example (\S+)/, (bytes) => bytes.slice(0, -1))],
      [
        'a signature by a key of another number',
        'INVALID',
        withSignature(/\u2014 log\.example (\S+)/, (bytes) => flipped(bytes, 3)),
      ],
    ] satisfies [string, Verdict, (files: Files) => void][]
  ).map(([what, verdict, change]) => stampedAnew(`log: ${what}`, verdict, change)),
  trusting('log: another one is trusted', 'INVALID', () => ({ logs: [strangersLog('other.example')] })),
  trusting('log: another key of that name is trusted', 'INVALID', () => ({ logs: [strangersLog('log.example')] })),
  trusting('log: its key is trusted under another name', 'INVALID', () => ({
    logs: [formatVerifierKey(verifierKey('other.example', signatureTypes.note, logKey.publicKey))],
  })),
  trusting('log: one of two is trusted', 'VALID', ({ logs }) => ({ logs: [strangersLog('other.example'), ...logs] })),
  trusting('log: none is trusted', 'INCOMPLETE', () => ({ logs: [] })),

  ...(
    [
      ['none', 'INCOMPLETE', withoutCosignatures],
      [
        'a line with one bit turned over',
        'INVALID',
        withSignature(/\u2014 witness\.example (\S+)/, (bytes) => flipped(bytes, 200)),
      ],
      [
        'a line with another time',
        'INVALID',
        withSignature(/\u2014 witness\.example (\S+)/, (bytes) => flipped(bytes, 88)),
      ],
      [
        'a line by a key of another number',
        'INCOMPLETE',
        withSignature(/\u2014 witness\.example (\S+)/, (bytes) => flipped(bytes, 3)),
      ],
    ] satisfies [string, Verdict, (files: Files) => void][]
  ).map(([what, verdict, change]) => made(`witness: ${what}`, verdict, { changeProofs: change })),
  resealed('witness: lines of no length', 'TAMPERED', put('proofs/cosignatures', '')),
  resealed('witness: lines that are none', 'TAMPERED', put('proofs/cosignatures', 'seen\n')),
  resealed(
    'witness: other lines than in the proofs',
    'TAMPERED',
    rewrite('proofs/cosignatures', (text) => text + text),
  ),
  trusting('witness: two are asked for', 'INCOMPLETE', () => ({ witnessQuorum: 2 })),
  trusting('witness: two are asked for, and one has two names', 'INCOMPLETE', ({ witnesses }) => ({
    witnessQuorum: 2,
    witnesses: [...witnesses, ...witnesses],
  })),
  trusting('witness: another is trusted', 'INCOMPLETE', () => ({ witnesses: [strangersWitness('other.example')] })),
  trusting('witness: none is asked for', 'VALID', () => ({ witnesses: [], witnessQuorum: 0 })),
  trusting('witness: another, beside the one', 'VALID', ({ witnesses }) => ({
    witnesses: [strangersWitness('other.example'), ...witnesses, formatVerifierKey(witnessKey)],
  })),
];

/** A change of the checkpoint that both authorities then stamp, so that only the log's signature can show it. */
function stampedAnew(name: string, verdict: Verdict, change: (files: Files) => void): DossierVector {
  return made(name, verdict, {
    changeProofs: async (files) => {
      change(files);
      await stampAnew(files);
    },
  });
}

/** Puts another kind before the first entry of that one. */
function tellAs(entries: LoggedEntry[], from: LogEntryKind, to: LogEntryKind): void {
  const told = entries.find(({ kind }) => kind === from);
  if (!told) throw new Error(`There is no ${from} in the log`);
  told.kind = to;
}

const noteFiles = /^proofs\//;

/** In the checkpoint, the lines of the witnesses, and the copies of both in every proof. */
function rewriteEverywhere(from: RegExp, to: string | ((...found: string[]) => string)): (files: Files) => void {
  return (files) => {
    for (const name of [...files.keys()].filter((file) => noteFiles.test(file))) {
      put(name, textOf(files, name).replace(from, to as string))(files);
    }
  };
}

function withSignature(line: RegExp, change: (bytes: Uint8Array) => Uint8Array): (files: Files) => void {
  return rewriteEverywhere(line, (whole = '', encoded = '') =>
    whole.replace(encoded, Buffer.from(change(Buffer.from(encoded, 'base64'))).toString('base64')),
  );
}

function withoutCosignatures(files: Files): void {
  without('proofs/cosignatures')(files);
  rewriteEverywhere(/\u2014 witness\.example \S+\n/, '')(files);
}

/** The root and size of a log of other entries, under the signature of this one. */
function rootOfAnother(files: Files): void {
  rewriteEverywhere(/^log\.example\n\d+\n.*\n/m, `log.example\n14\n${'B'.repeat(42)}A=\n`)(files);
}
