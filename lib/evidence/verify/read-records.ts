import { withoutAbsent } from '#lib/domain/without-absent.ts';
import { type Manifest, manifestName, manifestSignatureName } from '#lib/evidence/dossier/manifest.ts';
import type { Dossier } from './dossier.ts';
import { filesOf } from './file-names.ts';
import { readingLimits } from './reading-limits.ts';
import {
  acceptance,
  attempt,
  contractFacts,
  details,
  event,
  evidence,
  receipt,
  session,
  statement,
} from './records.ts';
import type { Shape } from './shape.ts';
import { readCanonicalJson, valuesIn } from './strict-json.ts';
import { type Finding, inputError } from './verdict.ts';

type RecordsReading = { ok: true; dossier: Dossier } | { ok: false; findings: Finding[] };

/**
 * Step 2, second half: every record of ours that is listed is canonical JSON of its shape. The lender's own bytes are not ours and are not
 * read here.
 */
export function readRecords(all: ReadonlyMap<string, Uint8Array>, manifest: Manifest): RecordsReading {
  const files = listedFiles(all, manifest);
  if (valuesOf(files) > readingLimits.recordsValues)
    return { ok: false, findings: [inputError(`the records hold more than ${readingLimits.recordsValues} values`)] };
  const findings: Finding[] = [];
  const read = <T>(shape: Shape<T>, name: string, bytes = files.get(name)): T | undefined => {
    if (!bytes) return undefined;
    const reading = readRecord(bytes);
    const fault = reading.ok ? 'has not the members and types of its format' : reading.detail;
    if (reading.ok && shape(reading.value)) return reading.value;
    findings.push(inputError(`${name} ${fault}`));
    return undefined;
  };
  const readEach = <T>(shape: Shape<T>, kind: 'details' | 'attempt'): [string, T][] =>
    filesOf(kind, files.keys()).flatMap(({ name, id }) => {
      const value = read(shape, name);
      return value === undefined ? [] : [[id, value]];
    });
  const readLines = <T>(shape: Shape<T>, name: string, isEmptyAllowed: boolean): T[] => {
    const bytes = files.get(name);
    const lines = bytes && linesOf(bytes);
    if (lines === undefined || (lines.length === 0 && !isEmptyAllowed)) {
      if (bytes) findings.push(inputError(`${name} does not end with a line feed, or has too many`));
      return [];
    }
    return lines.flatMap((line, index) => read(shape, `${name}, line ${index + 1},`, line) ?? []);
  };
  const dossier = {
    files,
    manifest,
    ...withoutAbsent({
      session: read(session, 'session.json'),
      contractFacts: read(contractFacts, 'contract-facts.json'),
      acceptance: read(acceptance, 'acceptance.json'),
      evidence: read(evidence, 'evidence.json'),
      receipt: read(receipt, 'receipt.json'),
    }),
    details: new Map(readEach(details, 'details').map(([id, value]) => [Number(id), value])),
    attempts: new Map(readEach(attempt, 'attempt')),
    events: readLines(event, 'events.jsonl', false),
    history: readLines(statement, 'keys/history.jsonl', true),
  };
  return findings.length > 0 ? { ok: false, findings } : { ok: true, dossier };
}

/** A file that is there and not listed is told of elsewhere, and nothing in it counts. */
function listedFiles(files: ReadonlyMap<string, Uint8Array>, manifest: Manifest): Map<string, Uint8Array> {
  const listed = new Set([manifestName, manifestSignatureName, ...manifest.files.map(({ name }) => name)]);
  return new Map([...files].filter(([name]) => listed.has(name)));
}

const jsonFile = /\.jsonl?$/;
/** Read in their own steps, each for itself. */
const noRecords = [manifestName, 'lender/request.json', 'lender/response.json'];

function valuesOf(files: ReadonlyMap<string, Uint8Array>): number {
  const records = [...files].filter(([name]) => jsonFile.test(name) && !noRecords.includes(name));
  return records.reduce((sum, [, bytes]) => sum + valuesIn(bytes), 0);
}

function readRecord(bytes: Uint8Array): ReturnType<typeof readCanonicalJson> {
  const { recordBytes } = readingLimits;
  return bytes.length > recordBytes
    ? { ok: false, detail: `has more than ${recordBytes} bytes` }
    : readCanonicalJson(bytes);
}

/** The lines without their line feeds; undefined when the last has none, or when there are more than one would read. */
function linesOf(bytes: Uint8Array): Uint8Array[] | undefined {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
    if (lines.length === readingLimits.recordLines) return undefined;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return start === bytes.length ? lines : undefined;
}
