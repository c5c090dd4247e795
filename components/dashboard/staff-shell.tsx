import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { PageShell } from '#components/ui/page-shell.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { keysCopy } from '#lib/copy/dashboard-keys.ts';
import { webhookCopy } from '#lib/copy/dashboard-webhooks.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { mayStaff, type StaffRole } from '#lib/domain/roles.ts';
import { paths } from '#lib/paths.ts';

type StaffShellProps = {
  language: StaffLanguage;
  title: string;
  staff: { name: string; role: StaffRole };
  children: ReactNode;
};

/** The frame of every page behind the sign-in: who is here, and the way out. */
export function StaffShell({ language, title, staff, children }: StaffShellProps) {
  const copy = dashboardCopy[language];
  const banner = (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-1 py-2">
      <a href={paths.dashboardSessions()} className="mr-auto font-semibold text-ink no-underline">
        {copy.product}
      </a>
      {mayStaff(staff.role, 'manage_keys') && (
        <a href={paths.dashboardKeys()} className="inline-flex min-h-11 items-center">
          {keysCopy[language].title}
        </a>
      )}
      {mayStaff(staff.role, 'manage_webhooks') && (
        <a href={paths.dashboardWebhooks()} className="inline-flex min-h-11 items-center">
          {webhookCopy[language].title}
        </a>
      )}
      <span className="order-last w-full pb-1 text-ink-soft text-sm [overflow-wrap:anywhere] sm:order-none sm:w-auto sm:pb-0">
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
