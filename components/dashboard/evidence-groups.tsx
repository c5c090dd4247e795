import { Disclosure } from '#components/ui/disclosure.tsx';
import { SummaryList } from '#components/ui/summary-list.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { evidenceGroupNames, evidenceGroups } from '#lib/copy/dashboard-terms.ts';
import { type CopyLanguage, fill } from '#lib/copy/language.ts';
import type { EvidenceField, EvidenceView } from '#lib/schema/evidence.ts';

/** All evidence by group, each value with its source, each missing one with its reason. */
export function EvidenceGroups({ evidence, language }: { evidence: EvidenceView; language: CopyLanguage }) {
  return (
    <div className="space-y-2">
      {evidenceGroups.map((group) => (
        <Disclosure key={group} summary={evidenceGroupNames[language][group]}>
          <SummaryList
            rows={Object.entries(evidence[group]).map(([name, value]) => ({
              key: name,
              label: name,
              value: <Value value={value} language={language} />,
            }))}
          />
        </Disclosure>
      ))}
    </div>
  );
}

function Value({
  value,
  language,
}: {
  value: EvidenceField | EvidenceView['presentation']['consents'];
  language: CopyLanguage;
}) {
  const { session } = dashboardCopy[language];
  if (Array.isArray(value))
    return value.map((consent) => (
      <p key={consent.id}>{`${consent.text} (${consent.id}, SHA-256 ${consent.sha256})`}</p>
    ));
  if (!('value' in value))
    return <span className="text-ink-soft">{fill(session.notCaptured, { reason: value.reason })}</span>;
  const text = typeof value.value === 'string' ? value.value : JSON.stringify(value.value, null, 2);
  return (
    <>
      {text} <span className="font-normal text-ink-soft text-sm">{`${session.source}: ${value.source}`}</span>
    </>
  );
}
