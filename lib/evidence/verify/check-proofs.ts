import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { kindOfEvent, type LogEntryKind } from '#lib/domain/log-entry-kind.ts';
import { leafHash, verifyInclusion } from '#lib/evidence/log/merkle.ts';
import { areSameBytes } from '#lib/evidence/log/same-bytes.ts';
import { parseTlogProof } from '#lib/evidence/log/tlog-proof.ts';
import { logEntry, statementHash } from '#lib/evidence/log-entry.ts';
import { closingEvent, type Dossier, outcomeEvent } from './dossier.ts';
import { filesOf } from './file-names.ts';
import { type Closing, readClosing, readCosigned } from './note.ts';
import type { StatementRecord } from './records.ts';
import { type Finding, incomplete, tampered } from './verdict.ts';

/** Step 8: the events and the statements stand in the tree whose head is proofs/checkpoint. */
export function checkProofs(dossier: Dossier): Finding[] | 'skipped' {
  const reading = readClosing(dossier.files);
  const history = dossier.history.flatMap(checkStatement);
  if (!reading) return checkWithout(dossier, history);
  if (!reading.ok) return [...history, tampered(reading.detail)];
  const { checkpoint } = reading.closing;
  const cosigned = readCosigned(dossier.files, reading.closing);
  if (!cosigned) return [...history, tampered('proofs/cosignatures is not a list of signature lines')];
  const proved = leavesOf(dossier).flatMap((leaf) => checkProof(dossier, leaf, { checkpoint, bytes: cosigned.bytes }));
  return [...history, ...checkNames(dossier), ...proved];
}

/** What must not be there without a checkpoint, since it could be of nothing. */
const hangsOnCheckpoint = /^(?:proofs|timestamps)\//;

function checkWithout({ files, manifest }: Dossier, history: Finding[]): Finding[] | 'skipped' {
  const loose = [...files.keys()].filter((name) => hangsOnCheckpoint.test(name));
  const findings = [...history, ...loose.map((name) => tampered(`${name} is there without proofs/checkpoint`))];
  if (manifest.state === 'final') return [...findings, incomplete('proofs/checkpoint is not there')];
  return findings.length > 0 ? findings : 'skipped';
}

function checkStatement({ kind, content, hash }: StatementRecord, index: number): Finding[] {
  const isTrue = content.isWellFormed() && bytesToHex(statementHash({ kind, content })) === hash;
  return isTrue ? [] : [tampered(`line ${index + 1} of keys/history.jsonl does not have the hash of what it says`)];
}

type Leaf = { file: string; kind: LogEntryKind; hash: string; isNeeded: boolean };

function leavesOf(dossier: Dossier): Leaf[] {
  const { events, history } = dossier;
  const needed = [events[0], closingEvent(dossier), outcomeEvent(dossier), events.at(-1)];
  return [
    ...events.map((event, index) => ({
      file: `proofs/${index + 1}.tlog-proof`,
      kind: kindOfEvent(event.type),
      hash: event.hash,
      isNeeded: needed.includes(event),
    })),
    ...history.map(({ hash }, index) => ({
      file: `proofs/statement-${index + 1}.tlog-proof`,
      kind: 'statement' as const,
      hash,
      isNeeded: true,
    })),
  ];
}

function checkProof(
  { files }: Dossier,
  { file, kind, hash, isNeeded }: Leaf,
  closing: Pick<Closing, 'checkpoint' | 'bytes'>,
): Finding[] {
  const bytes = files.get(file);
  if (!bytes) return isNeeded ? [incomplete(`${file} is not there`)] : [];
  const reading = parseTlogProof(bytes);
  if (!reading.ok || reading.proof.extra) return [tampered(`${file} is not a proof`)];
  const { index, hashes, checkpoint } = reading.proof;
  if (!areSameBytes(checkpoint, closing.bytes)) return [tampered(`${file} is about another checkpoint`)];
  const { size, root } = closing.checkpoint;
  const leaf = leafHash(logEntry(kind, hexToBytes(hash)));
  return verifyInclusion(leaf, index, size, hashes, root).ok ? [] : [tampered(`${file} does not prove its entry`)];
}

function checkNames({ files, events, history }: Dossier): Finding[] {
  const strangers = [
    ...filesOf('eventProof', files.keys()).filter(({ id }) => Number(id) > events.length),
    ...filesOf('statementProof', files.keys()).filter(({ id }) => Number(id) > history.length),
  ];
  return strangers.map(({ name }) => tampered(`${name} is the proof of nothing in this dossier`));
}
