import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { fill, type StaffLanguage } from '#lib/copy/language.ts';
import { formatInstantWithOffset } from '#lib/format/instant.ts';

type FreshnessProps = { language: StaffLanguage; at: string; isStale: boolean };

/** Says how old the data are; only a failure is announced, a clock that ticks would never let a screen reader rest. */
export function Freshness({ language, at, isStale }: FreshnessProps) {
  const { list } = dashboardCopy[language];
  const time = formatInstantWithOffset(new Date(at), language);
  return (
    <p role={isStale ? 'alert' : undefined} className={isStale ? 'text-danger text-sm' : 'text-ink-soft text-sm'}>
      {fill(isStale ? list.stale : list.asOf, { time })}
    </p>
  );
}
