import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { type SessionStatus, sessionStatuses } from '#lib/domain/session-state.ts';
import { paths } from '#lib/paths.ts';
import { listAddress } from './list-address.ts';

type ListFiltersProps = { language: CopyLanguage; q: string | undefined; status: SessionStatus | undefined };

/** The search box and the statuses; plain links and a plain form. */
export function ListFilters({ language, q, status }: ListFiltersProps) {
  const { list, status: names } = dashboardCopy[language];
  return (
    <div className="space-y-4">
      <search>
        <form method="get" action={paths.dashboardSessions()} className="flex flex-wrap items-end gap-3">
          <div className="min-w-0 max-w-xl flex-1 basis-72">
            <Field
              id="q"
              label={list.searchLabel}
              hint={list.searchHint}
              error={undefined}
              defaultValue={q ?? ''}
              type="search"
              autoComplete="off"
            />
          </div>
          {status && <input type="hidden" name="status" value={status} />}
          <Button kind="secondary">{list.search}</Button>
        </form>
      </search>
      <nav aria-label={list.filter} className="flex flex-wrap gap-2">
        <FilterLink href={listAddress({ q })} isCurrent={status === undefined}>
          {list.all}
        </FilterLink>
        {sessionStatuses.map((one) => (
          <FilterLink key={one} href={listAddress({ q, status: one })} isCurrent={status === one}>
            {names[one]}
          </FilterLink>
        ))}
      </nav>
    </div>
  );
}

function FilterLink({ href, isCurrent, children }: { href: string; isCurrent: boolean; children: string }) {
  const look = isCurrent ? 'border-accent bg-accent-wash font-semibold' : 'border-control bg-surface';
  return (
    <a
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      className={`inline-flex min-h-9 items-center rounded-full border px-3 text-ink text-sm no-underline ${look}`}
    >
      {children}
    </a>
  );
}
