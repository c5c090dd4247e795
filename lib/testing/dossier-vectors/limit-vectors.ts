import { formatSignatureLine } from '#lib/evidence/log/signed-note.ts';
import type { Files } from '../reference-log.ts';
import { type DossierVector, edit, made, put, resealed, rewrite } from './vector.ts';

type Members = Record<string, unknown>;

const mebibyte = 1024 * 1024;
const strangersLine = { name: 'x.example', keyId: '00000000', signature: new Uint8Array(72) };

/** Small files that would cost whoever reads them minutes or gigabytes, and what lies just inside every limit. */
export const limitVectors: DossierVector[] = [
  made('a second, true commitment to the same part', 'TAMPERED', {
    changeStory: (events) => Object.assign(events[1] ?? {}, { parts: { contract: 'contract.txt' } }),
  }),
  resealed('events.jsonl with 4,096 lines', 'TAMPERED', repeated(4_096)),
  resealed('events.jsonl with 4,097 lines', 'INPUT_ERROR', repeated(4_097)),
  resealed('evidence.json with a word of nearly 2 MiB', 'VALID', keeping('x'.repeat(2 * mebibyte - 100_000))),
  resealed('evidence.json with a word of 2 MiB', 'INPUT_ERROR', keeping('x'.repeat(2 * mebibyte))),
  resealed('evidence.json with 90,000 values more', 'VALID', keeping(zeros(90_000))),
  resealed('evidence.json with 100,001 values more', 'INPUT_ERROR', keeping(zeros(100_001))),
  resealed('evidence.json with a word that looks like 100,001 values', 'VALID', keeping('"[{,'.repeat(100_001))),
  resealed(
    'five records with 90,000 values more each',
    'INPUT_ERROR',
    ...['session.json', 'contract-facts.json', 'details-1.json', 'acceptance.json', 'evidence.json'].map((name) =>
      edit<Members>(name, (record) => Object.assign(record, { more: zeros(90_000) })),
    ),
  ),
  made('a body for the lender with 100,001 values, committed to', 'TAMPERED', {
    changeParts: edit<Members>('lender/request.json', (record) => Object.assign(record, { more: zeros(100_001) })),
  }),
  made('eight time stamps', 'VALID', { changeProofs: stampsAnew(8) }),
  made('nine time stamps', 'INPUT_ERROR', { changeProofs: stampsAnew(9) }),
  made('31 lines of witnesses', 'VALID', { changeProofs: addLines(30) }),
  made('32 lines of witnesses', 'TAMPERED', { changeProofs: addLines(31) }),
];

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

function keeping(value: unknown): (files: Files) => void {
  return edit<Record<string, Members>>('evidence.json', ({ keeping: group }) =>
    Object.assign(group ?? {}, { a: value }),
  );
}

function repeated(lines: number): (files: Files) => void {
  return rewrite('events.jsonl', (text) => text.slice(0, text.indexOf('\n') + 1).repeat(lines));
}

/** So many in all; the further ones are copies of the first under other names. */
function stampsAnew(wanted: number): (files: Files) => void {
  return (files) => {
    const stamp = files.get('timestamps/authority-1.tsr') ?? new Uint8Array(0);
    for (let number = 3; number <= wanted; number += 1) put(`timestamps/authority-${number}.tsr`, stamp)(files);
  };
}

/** Lines of witnesses whom nobody trusts, in all files that hold such lines. */
export function addLines(count: number, line = strangersLine): (files: Files) => void {
  return (files) => {
    const lines = formatSignatureLine(line).repeat(count);
    const holders = [...files.keys()].filter((name) => name.endsWith('.tlog-proof'));
    for (const name of ['proofs/cosignatures', ...holders]) rewrite(name, (text) => text + lines)(files);
  };
}
