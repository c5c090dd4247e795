import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { PageShell } from '#components/ui/page-shell.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { keysCopy } from '#lib/copy/dashboard-keys.ts';
import { requestCopy } from '#lib/copy/dashboard-requests.ts';
import { webhookCopy } from '#lib/copy/dashboard-webhooks.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { mayStaff, type StaffAct, type StaffRole } from '#lib/domain/roles.ts';
import { paths } from '#lib/paths.ts';

type StaffArea = 'sessions' | 'requests' | 'keys' | 'webhooks';
type StaffShellProps = {
  language: StaffLanguage;
  /** To which the page belongs. */
  area: StaffArea;
  title: string;
  staff: { name: string; role: StaffRole };
  children: ReactNode;
};

/** Where one can go from everywhere, and what one must be allowed for it. */
const areas: { area: StaffArea; path: string; act: StaffAct; title: (language: StaffLanguage) => string }[] = [
  {
    area: 'sessions',
    path: paths.dashboardSessions(),
    act: 'list_sessions',
    title: (language) => dashboardCopy[language].list.title,
  },
  {
    area: 'requests',
    path: paths.dashboardRequests(),
    act: 'see_requests',
    title: (language) => requestCopy[language].title,
  },
  { area: 'keys', path: paths.dashboardKeys(), act: 'manage_keys', title: (language) => keysCopy[language].title },
  {
    area: 'webhooks',
    path: paths.dashboardWebhooks(),
    act: 'manage_webhooks',
    title: (language) => webhookCopy[language].title,
  },
];

/** The frame of every page behind the sign-in: where else to go, who is here, and the way out. */
export function StaffShell({ language, area: here, title, staff, children }: StaffShellProps) {
  const copy = dashboardCopy[language];
  const open = areas.filter(({ act }) => mayStaff(staff.role, act));
  const banner = (
    <div className="flex flex-wrap items-center gap-x-6 py-2">
      <span className="mr-auto font-semibold">{copy.product}</span>
      <nav aria-label={copy.areas} className="order-last flex w-full flex-wrap gap-x-5 lg:order-none lg:w-auto">
        {open.map(({ area, path, title: name }) => (
          <a
            key={area}
            href={path}
            aria-current={area === here ? 'true' : undefined}
            className="inline-flex min-h-11 items-center aria-[current]:font-semibold aria-[current]:text-ink"
          >
            {name(language)}
          </a>
        ))}
      </nav>
      <span className="text-ink-soft text-sm [overflow-wrap:anywhere] max-sm:order-1 max-sm:w-full">
        {staff.name} · {copy.role[staff.role]}
      </span>
      <form method="post" action={paths.dashboardAct('logout')} className="-mr-4">
        <Button kind="quiet">{copy.signOut}</Button>
      </form>
    </div>
  );
  return (
    <PageShell lang={language} title={`${title} · Aceite`} banner={banner} width="wide" skipLabel={copy.skip}>
      {children}
    </PageShell>
  );
}
