import { detailCheck } from '#lib/domain/detail-check.ts';
import { detailFields } from '#lib/domain/signer-detail.ts';
import { agree, fieldOf, fieldsAgree } from './compare.ts';
import type { Dossier } from './dossier.ts';
import type { DetailsRecord, EventRecord } from './records.ts';
import { record } from './shape.ts';
import type { Finding } from './verdict.ts';

type Evidence = NonNullable<Dossier['evidence']>;

/** Whether evidence.json tells of the circumstances (rules, link, language, device, checks of the details) what records and events say. */
export function crossContext(dossier: Dossier, details: DetailsRecord | undefined): Finding[] {
  const { evidence, session, events, files, acceptance } = dossier;
  if (!evidence) return [];
  return [
    ...(files.has('events.jsonl') ? crossStory(evidence, events) : []),
    ...(session ? fieldsAgree('presentation', evidence.presentation, { uiLocale: session.language }) : []),
    ...(session ? fieldsAgree('authentication', evidence.authentication, { tokenIssuedAt: session.createdAt }) : []),
    ...(acceptance ? fieldsAgree('network', evidence.network, { clientHints: acceptance.request.clientHints }) : []),
    ...(session && details ? crossChecks(evidence, details, { createdAt: session.createdAt, events }) : []),
  ];
}

function crossStory({ transaction, presentation }: Evidence, events: readonly EventRecord[]): Finding[] {
  const first = (wanted: string) => events.find(({ type }) => type === wanted);
  return [
    ...fieldsAgree('transaction', transaction, {
      policyVersion: first('created')?.data.policyVersion,
      assuranceLevel: 'simple',
      assuranceFactors: first('link_opened') && ['secret_link'],
    }),
    ...fieldsAgree('presentation', presentation, { downloadedAt: first('downloaded')?.occurredAt }),
  ];
}

/** A detail that is missing from either is told by another comparison. */
function crossChecks(
  { signer }: Evidence,
  { details }: DetailsRecord,
  story: { createdAt: string; events: readonly EventRecord[] },
): Finding[] {
  return detailFields.flatMap((name) => {
    const kept = details[name];
    const told = fieldOf(signer, name);
    if (!kept || !told.ok || !record(told.value)) return [];
    const { verification, verificationMethod, verifiedAt, documentType } = told.value;
    return agree(
      `the check of signer.${name} in evidence.json`,
      { verification, verificationMethod, verifiedAt, documentType },
      detailCheck(name, kept, story),
    );
  });
}
