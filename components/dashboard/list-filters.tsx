import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { type SessionStatus, sessionStatuses } from '#lib/domain/session-state.ts';
import { paths } from '#lib/paths.ts';

type ListFiltersProps = { language: CopyLanguage; q: string | undefined; status: SessionStatus | undefined };

/** Search and status, all in the address: a link reproduces the view. */
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
        <FilterLink href={addressOf(q, undefined)} isCurrent={status === undefined}>
          {list.all}
        </FilterLink>
        {sessionStatuses.map((one) => (
          <FilterLink key={one} href={addressOf(q, one)} isCurrent={status === one}>
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

function addressOf(q: string | undefined, status: SessionStatus | undefined): string {
  const query = new URLSearchParams({ ...(q !== undefined && { q }), ...(status && { status }) }).toString();
  return query === '' ? paths.dashboardSessions() : `${paths.dashboardSessions()}?${query}`;
}
