import { SummaryList, type SummaryRow } from '#components/ui/summary-list.tsx';
import { keepingClassNames, keepingReason } from '#lib/copy/dashboard-erasure.ts';
import { keepingCopy } from '#lib/copy/dashboard-keeping.ts';
import { fill, type StaffLanguage } from '#lib/copy/language.ts';
import type { StaffHold, StaffSessionItem, StaffSessionStory } from '#lib/schema/staff-session.ts';
import { HoldForm } from './hold-form.tsx';
import { Moment } from './moment.tsx';

type KeepingCardProps = { story: StaffSessionStory; language: StaffLanguage; problem: string | undefined };

/** Until when and why the session is kept, what holds it, and the ways to hold it and to let it go. */
export function KeepingCard({ story: { item, keeping }, language, problem }: KeepingCardProps) {
  const copy = keepingCopy[language];
  const { keepUntil, holds, mayHold } = keeping;
  const rows: (SummaryRow | false)[] = [
    { key: 'what', label: copy.what, value: `${keeping.class}: ${keepingClassNames[language][keeping.class]}` },
    { key: 'until', label: copy.until, value: keepUntil ? <Moment at={keepUntil} language={language} /> : copy.notYet },
    { key: 'because', label: copy.because, value: keepingReason(language, keeping.reason) },
  ];
  return (
    <div className="space-y-4">
      {item.erased ? (
        <Erased erased={item.erased} language={language} />
      ) : (
        <SummaryList rows={rows.filter((row) => row !== false)} />
      )}
      {holds.some(({ lifted }) => !lifted) && <p className="font-medium">{copy.held}</p>}
      {holds.length > 0 && <Holds holds={holds} itemId={item.id} language={language} mayLift={mayHold} />}
      {mayHold && <HoldForm language={language} sessionId={item.id} problem={problem} />}
    </div>
  );
}

function Erased({ erased, language }: { erased: NonNullable<StaffSessionItem['erased']>; language: StaffLanguage }) {
  const copy = keepingCopy[language];
  return (
    <p>
      {copy.erased}: <Moment at={erased.at} language={language} /> {fill(copy.erasedUnder, { rule: erased.class })}.{' '}
      {keepingReason(language, erased.rule)}
    </p>
  );
}

type HoldsProps = { holds: readonly StaffHold[]; itemId: string; language: StaffLanguage; mayLift: boolean };

function Holds({ holds, itemId, language, mayLift }: HoldsProps) {
  const copy = keepingCopy[language];
  return (
    <section aria-label={copy.holds}>
      <h3 className="font-semibold">{copy.holds}</h3>
      <ul className="space-y-3">
        {holds.map((hold) => (
          <li key={hold.id}>
            <p className="text-ink-soft text-sm">
              {copy.holdSince} <Moment at={hold.at} language={language} />
              {hold.who !== undefined && ` · ${hold.who}`}
              {hold.lifted && (
                <>
                  {' · '}
                  {copy.liftedAt} <Moment at={hold.lifted.at} language={language} />
                  {hold.lifted.who !== undefined && ` · ${hold.lifted.who}`}
                </>
              )}
            </p>
            {hold.reason !== undefined && <Words text={hold.reason} />}
            {hold.lifted?.reason !== undefined && <Words text={hold.lifted.reason} />}
            {mayLift && !hold.lifted && <HoldForm language={language} sessionId={itemId} holdId={hold.id} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Words({ text }: { text: string }) {
  return <p className="whitespace-pre-line [overflow-wrap:anywhere]">{text}</p>;
}
