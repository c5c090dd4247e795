import { fieldsAgree } from './compare.ts';
import type { Dossier } from './dossier.ts';
import type { EventRecord } from './records.ts';
import type { Finding } from './verdict.ts';

type Evidence = NonNullable<Dossier['evidence']>;

/** Whether evidence.json tells of the circumstances (rules, link, language, device) what records and events say. */
export function crossContext(dossier: Dossier): Finding[] {
  const { evidence, session, events, files, acceptance } = dossier;
  if (!evidence) return [];
  return [
    ...(files.has('events.jsonl') ? crossStory(evidence, events) : []),
    ...(session ? fieldsAgree('presentation', evidence.presentation, { uiLocale: session.language }) : []),
    ...(session ? fieldsAgree('authentication', evidence.authentication, { tokenIssuedAt: session.createdAt }) : []),
    ...(acceptance ? fieldsAgree('network', evidence.network, { clientHints: acceptance.request.clientHints }) : []),
  ];
}

function crossStory({ transaction, presentation }: Evidence, events: readonly EventRecord[]): Finding[] {
  const first = (wanted: string) => events.find(({ type }) => type === wanted);
  return [
    ...fieldsAgree('transaction', transaction, {
      policyVersion: first('created')?.data.policyVersion,
      assuranceFactors: first('link_opened') && ['secret_link'],
    }),
    ...fieldsAgree('presentation', presentation, { downloadedAt: first('downloaded')?.occurredAt }),
  ];
}
