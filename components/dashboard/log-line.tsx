import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { fill, type StaffLanguage } from '#lib/copy/language.ts';
import { formatInstantWithOffset } from '#lib/format/instant.ts';

type LogLineProps = {
  language: StaffLanguage;
  trouble: { code: 'late'; minutes: number } | { code: 'log_rollback_detected' | 'log_rewritten'; since: string };
};

/** What is wrong with the public log, what it means for what was signed, and what is to be done. */
export function LogLine({ language, trouble }: LogLineProps) {
  const { log: copy } = dashboardCopy[language];
  const words =
    trouble.code === 'late'
      ? fill(copy.late, { minutes: trouble.minutes })
      : fill(copy[trouble.code], { time: formatInstantWithOffset(new Date(trouble.since), language) });
  return (
    <div role="alert" className="text-danger text-sm">
      <p>{words}</p>
      <p>{copy.act[trouble.code]}</p>
    </div>
  );
}
