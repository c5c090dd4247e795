import { Disclosure } from '#components/ui/disclosure.tsx';
import { SummaryList } from '#components/ui/summary-list.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { evidenceGroupNames, evidenceGroups, missingReason, sourceName } from '#lib/copy/dashboard-terms.ts';
import { fill, type StaffLanguage } from '#lib/copy/language.ts';
import type { EvidenceField, EvidenceView } from '#lib/schema/evidence.ts';
import { evidenceText } from './evidence-text.ts';

type Consents = EvidenceView['presentation']['consents'];
type EvidenceGroupsProps = { evidence: EvidenceView; language: StaffLanguage };

/** All evidence by group, each value with its source, each missing one with its reason. */
export function EvidenceGroups({ evidence, language }: EvidenceGroupsProps) {
  return (
    <div className="grid items-start gap-2 lg:grid-cols-2">
      {evidenceGroups.map((group) => (
        <Disclosure key={group} summary={evidenceGroupNames[language][group]}>
          <SummaryList
            rows={Object.entries(evidence[group]).map(([name, value]) => ({
              key: name,
              label: <span className="font-mono text-sm [overflow-wrap:anywhere]">{name}</span>,
              value: Array.isArray(value) ? <Promises consents={value} /> : <Value field={value} language={language} />,
            }))}
          />
        </Disclosure>
      ))}
    </div>
  );
}

function Value({ field, language }: { field: EvidenceField; language: StaffLanguage }) {
  const { session } = dashboardCopy[language];
  if (!('value' in field)) {
    const reason = missingReason(language, field.reason);
    return <span className="font-normal text-ink-soft">{fill(session.notCaptured, { reason })}</span>;
  }
  return (
    <>
      {evidenceText(field.value)}{' '}
      <span className="whitespace-nowrap font-normal text-ink-soft text-sm">{`${session.source}: ${sourceName(language, field.source)}`}</span>
    </>
  );
}

function Promises({ consents }: { consents: Consents }) {
  return consents.map(({ id, text, sha256 }) => (
    <p key={id} className="mb-2 last:mb-0">
      {text} <span className="font-normal text-ink-soft text-sm">{`${id} · SHA-256 ${sha256}`}</span>
    </p>
  ));
}
