import { Notice } from '#components/ui/notice.tsx';
import { objectionCopy } from '#lib/copy/dashboard-objection.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import type { StaffObjection } from '#lib/schema/staff-session.ts';
import { Moment } from './moment.tsx';

type ObjectionsProps = { objections: readonly StaffObjection[]; language: StaffLanguage };

/** What somebody has to answer, on top of the page. */
export function Objections({ objections, language }: ObjectionsProps) {
  const copy = objectionCopy[language];
  return objections.map((objection) => {
    const { act, from, at } = objection;
    const title = (
      <>
        {copy.said[act][from]} <Moment at={at} language={language} />
      </>
    );
    return (
      <Notice key={`${act} ${from}`} tone="warning" title={title}>
        <Reason objection={objection} language={language} />
        <p className="mt-1">{copy.next}</p>
      </Notice>
    );
  });
}

function Reason({ objection: { reason }, language }: { objection: StaffObjection; language: StaffLanguage }) {
  const copy = objectionCopy[language];
  if (reason === 'none') return <p>{copy.noReason}</p>;
  if (reason === 'hidden') return <p>{copy.reasonHidden}</p>;
  return (
    <>
      <p>{copy.reason}</p>
      <blockquote className="my-1 whitespace-pre-line border-line border-l-4 pl-3 [overflow-wrap:anywhere]">
        {reason.words}
      </blockquote>
    </>
  );
}
