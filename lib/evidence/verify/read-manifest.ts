import { type Manifest, manifestName } from '#lib/evidence/dossier/manifest.ts';
import { zipLimits } from '#lib/evidence/dossier/zip-format.ts';
import { filesOf, isFileOfFormat } from './file-names.ts';
import { readingLimits } from './reading-limits.ts';
import { manifest } from './records.ts';
import { readCanonicalJson } from './strict-json.ts';
import { type Finding, inputError } from './verdict.ts';

type ManifestReading = { ok: true; manifest: Manifest } | { ok: false; finding: Finding };

/** Step 1: without a list of contents in its one form there is nothing to check the contents against. */
export function readManifest(files: ReadonlyMap<string, Uint8Array>): ManifestReading {
  const bytes = files.get(manifestName);
  if (!bytes) return refused('is not there');
  const reading = readCanonicalJson(bytes);
  if (!reading.ok) return refused(reading.detail);
  const { value } = reading;
  if (!manifest(value)) return refused('has not exactly the members of its format');
  const fault = faultOfNames(value.files.map(({ name }) => name));
  if (fault) return refused(fault);
  const large = value.files.find(({ length }) => length > zipLimits.entryBytes);
  return large ? refused(`states more bytes for ${large.name} than a file may have`) : { ok: true, manifest: value };
}

function faultOfNames(names: readonly string[]): string | undefined {
  const unknown = names.find((name) => !isFileOfFormat(name) || ['manifest.json', 'manifest.sig'].includes(name));
  if (unknown !== undefined) return `lists ${JSON.stringify(unknown)}, which is no file of this format`;
  const unsorted = names.find((name, index) => index > 0 && !((names[index - 1] ?? '') < name));
  if (unsorted !== undefined) return `lists ${unsorted} out of order or twice`;
  const isLong = filesOf('timeStamp', names).length > readingLimits.timeStamps;
  return isLong ? `lists more than ${readingLimits.timeStamps} time stamps` : undefined;
}

const refused = (detail: string): ManifestReading => ({ ok: false, finding: inputError(`manifest.json ${detail}`) });
