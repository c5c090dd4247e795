import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { fill, type StaffLanguage } from '#lib/copy/language.ts';
import { formatInstantWithOffset } from '#lib/format/instant.ts';
import { paths } from '#lib/paths.ts';

type DrillLineProps = {
  language: StaffLanguage;
  drill: { at: string; checked: number; failed: number; failedSessions: readonly string[] } | undefined;
};

/** What the last daily check of dossiers brought; of failures, the sessions that this workspace may see. */
export function DrillLine({ language, drill }: DrillLineProps) {
  const { drill: copy } = dashboardCopy[language];
  if (!drill) return <p className="text-ink-soft text-sm">{copy.none}</p>;
  const { at, checked, failed, failedSessions } = drill;
  const time = formatInstantWithOffset(new Date(at), language);
  return (
    <div className={failed > 0 ? 'text-danger text-sm' : 'text-ink-soft text-sm'}>
      <p>{fill(copy.last, { time, checked, failed })}</p>
      {failedSessions.length > 0 && (
        <>
          <p>{copy.failed}</p>
          <ul>
            {failedSessions.map((id) => (
              <li key={id}>
                <a href={paths.dashboardSession(id)}>{id}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
