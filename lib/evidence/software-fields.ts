import type { EvidenceGroup } from '#lib/schema/evidence.ts';
import type { AcceptanceRecord } from './acceptance-record.ts';
import { field } from './field.ts';

/** Field J5: which program took the acceptance, so that its sources can be found again and read. */
export function softwareFields(record: AcceptanceRecord | undefined): EvidenceGroup {
  const made = madeOf(record);
  return {
    softwareBuild: field('server', made.manifest && record?.software.build, made.missing),
    softwareVersion: field('server', made.manifest?.version, made.missing),
    softwareCommit: field('server', made.manifest?.commit, made.manifest?.commitMissing ?? made.missing),
    lockSha256: field('server', made.manifest?.lockSha256, made.missing),
    sourcesSha256: field('server', made.manifest?.sourcesSha256, made.missing),
  };
}

/** Field C3: what the page was made of. */
export function pageFields(record: AcceptanceRecord | undefined): EvidenceGroup {
  const made = madeOf(record);
  // While a new build is rolled out, one may have shown the page that another took; only its own is known to whoever took it.
  const isOfPage = record?.software.build === record?.offer.build;
  const page = isOfPage ? made : { manifest: undefined, missing: 'page_of_another_build' };
  return {
    uiBuildId: field('server', record?.offer.build, made.missing),
    templateSha256: field('server', page.manifest?.templateSha256, page.missing),
    cssSha256: field('server', page.manifest?.cssSha256, page.missing),
    scriptSha256: field('server', page.manifest?.scriptSha256, page.missing),
  };
}

function madeOf(record: AcceptanceRecord | undefined) {
  if (!record) return { manifest: undefined, missing: 'not_accepted' };
  const { software } = record;
  if ('missing' in software) return { manifest: undefined, missing: software.missing };
  return { manifest: software, missing: 'no_build_manifest' };
}
