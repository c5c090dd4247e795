import { bytesToHex } from '@noble/hashes/utils.js';
import { cosignedAt } from '#lib/evidence/log/cosignature.ts';
import { parseTlogProof } from '#lib/evidence/log/tlog-proof.ts';
import { agree, fieldOf, fieldsAgree } from './compare.ts';
import type { Dossier } from './dossier.ts';
import { filesOf } from './file-names.ts';
import { type Closing, readClosing, readCosigned } from './note.ts';
import type { EvidenceRecord } from './records.ts';
import { record } from './shape.ts';
import { type Finding, inputError, tampered } from './verdict.ts';

/** Whether evidence.json tells of chain, log, stamps and witnesses what the proofs beside it are. Nothing of them is verified here. */
export function crossIntegrity(dossier: Dossier, { integrity }: EvidenceRecord): Finding[] {
  const { files, events, manifest } = dossier;
  const reading = readClosing(files);
  return [
    ...fieldsAgree('integrity', integrity, { eventChain: { events: events.length, lastHash: events.at(-1)?.hash } }),
    ...(reading ? [] : fieldsAgree('integrity', integrity, { log: undefined, witnesses: undefined })),
    ...(reading?.ok
      ? [
          ...crossLog(integrity, reading.closing),
          ...crossLeaf(integrity, dossier),
          ...crossWitnesses(integrity, files, reading.closing),
        ]
      : []),
    ...crossAuthorities(integrity, files),
    ...crossPending(integrity, files, manifest.state),
  ];
}

type Integrity = EvidenceRecord['integrity'];

function crossLog(integrity: Integrity, { checkpoint: { origin, size, root } }: Closing): Finding[] {
  const told = fieldOf(integrity, 'log');
  if (!told.ok) return [inputError('integrity.log of evidence.json is neither captured nor said to be missing')];
  const { logOrigin, treeSize, rootHex } = record(told.value) ? told.value : {};
  const expected = { logOrigin: origin, treeSize: size, rootHex: bytesToHex(root) };
  return agree('integrity.log of evidence.json', { logOrigin, treeSize, rootHex }, expected);
}

/** The leaf of the last event, whose hash holds all the others. */
function crossLeaf(integrity: Integrity, { files, events }: Dossier): Finding[] {
  const proof = files.get(`proofs/${events.length}.tlog-proof`);
  const reading = proof && parseTlogProof(proof);
  const told = fieldOf(integrity, 'log');
  if (!reading?.ok || !told.ok) return [];
  const { leafIndex } = record(told.value) ? told.value : {};
  return agree('integrity.log.leafIndex of evidence.json', leafIndex, reading.proof.index);
}

function crossWitnesses(integrity: Integrity, files: Dossier['files'], closing: Closing): Finding[] {
  const cosigned = readCosigned(files, closing);
  if (!cosigned) return [];
  const [, ...lines] = cosigned.note.signatures;
  const witnesses = lines.map(({ name, signature }) => ({ name, at: cosignedAt(signature)?.toISOString() }));
  if (witnesses.some(({ at }) => at === undefined)) return [tampered('a line of proofs/cosignatures tells no time')];
  return fieldsAgree('integrity', integrity, { witnesses: witnesses.length > 0 ? witnesses : undefined });
}

function crossAuthorities(integrity: Integrity, files: Dossier['files']): Finding[] {
  const told = toldStamps(integrity);
  if (!told) return [inputError('integrity.timeStamps of evidence.json has no meaning')];
  const authorities = filesOf('timeStamp', files.keys()).map(({ id }) => id);
  const what = 'the authorities in integrity.timeStamps of evidence.json';
  if (authorities.length === 0) return fieldsAgree('integrity', integrity, { timeStamps: undefined });
  return agree(what, told.map(({ authority }) => authority).sort(), authorities.sort());
}

/** A stamp is awaited only for a checkpoint that is there, by whoever has not given it, and in a dossier that does not call itself final. */
function crossPending(integrity: Integrity, files: Dossier['files'], state: Dossier['manifest']['state']): Finding[] {
  const told = fieldOf(integrity, 'timeStampsPending');
  if (!told.ok) return [inputError('integrity.timeStampsPending of evidence.json has no meaning')];
  if (told.value === undefined) return [];
  const given = filesOf('timeStamp', files.keys()).map(({ id }) => id);
  const isAwaited = (name: unknown) => typeof name === 'string' && !given.includes(name);
  const isSo = Array.isArray(told.value) && told.value.length > 0 && told.value.every(isAwaited);
  const mayWait = state === 'interim' && files.has('proofs/checkpoint');
  return isSo && mayWait ? [] : [tampered('evidence.json awaits a time stamp that is not still to come')];
}

type ToldStamp = { authority?: unknown; at?: unknown };

/** What evidence.json tells of time stamps: who, and when. Undefined for a field without meaning; what is no list tells of a stamp by nobody. */
export function toldStamps(integrity: Integrity): ToldStamp[] | undefined {
  const told = fieldOf(integrity, 'timeStamps');
  if (!told.ok) return undefined;
  const list: unknown[] = told.value === undefined ? [] : Array.isArray(told.value) ? told.value : [{}];
  return list.map((entry) => (record(entry) ? entry : {}));
}
