import { utf8ToBytes } from '@noble/hashes/utils.js';
import { agree, fieldsAgree } from './compare.ts';
import type { Dossier } from './dossier.ts';
import type { AcceptanceRecord, StatementRecord } from './records.ts';
import { record } from './shape.ts';
import { readStrictJson } from './strict-json.ts';
import type { Finding } from './verdict.ts';

/** Whether evidence and public log name the program that took the acceptance, and the page before it, as the acceptance does. */
export function crossSoftware({ acceptance, evidence, history }: Dossier): Finding[] {
  if (!acceptance) return [];
  return [
    ...(evidence ? crossFields(acceptance, evidence) : []),
    ...history.flatMap((said) => crossRelease(acceptance.software, said)),
  ];
}

type Software = AcceptanceRecord['software'];

function crossFields(
  { software, offer }: AcceptanceRecord,
  { integrity, presentation }: NonNullable<Dossier['evidence']>,
): Finding[] {
  const known: Partial<Software> = software.missing === undefined ? software : {};
  const page = software.build === offer.build ? known : {};
  const { cssSha256, templateSha256, scriptSha256 } = page;
  return [
    ...fieldsAgree('integrity', integrity, {
      softwareBuild: known.build,
      softwareVersion: known.version,
      softwareCommit: known.commit,
      lockSha256: known.lockSha256,
      sourcesSha256: known.sourcesSha256,
    }),
    ...fieldsAgree('presentation', presentation, { cssSha256, templateSha256, scriptSha256 }),
  ];
}

/** Equal builds have equal sources. Whether a repository was there to tell the commit, or what two machines made of the sources, may differ. */
function crossRelease(software: Software, { kind, content }: StatementRecord): Finding[] {
  const reading = kind === 'release' && content.isWellFormed() ? readStrictJson(utf8ToBytes(content)) : undefined;
  const said = reading?.ok && record(reading.value) ? reading.value : {};
  const isComparable = said.build === software.build && Object.hasOwn(said, 'sourcesSha256') && software.sourcesSha256;
  if (!isComparable) return [];
  const facts = ({ version, lockSha256, sourcesSha256 }: Record<string, unknown>) => [
    version,
    lockSha256,
    sourcesSha256,
  ];
  return agree('the release in keys/history.jsonl', facts(said), facts(software));
}
