import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { deliveryCopy } from '#lib/copy/dashboard-delivery.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { sessionStatuses } from '#lib/domain/session-state.ts';
import { paths } from '#lib/paths.ts';
import { type ListQuestion, listAddress } from './list-address.ts';

/** `typed` is what is searched by, in the clear. */
type ListFiltersProps = { language: StaffLanguage; question: ListQuestion; typed: string };

/** The search box and the statuses; plain links and a plain form. */
export function ListFilters({ language, question: { status, concern, q, search }, typed }: ListFiltersProps) {
  const { list, status: names } = dashboardCopy[language];
  return (
    <div className="space-y-4">
      <search>
        <form method="post" action={paths.dashboardAct('search')} className="flex flex-wrap items-end gap-3">
          <div className="min-w-0 max-w-xl flex-1 basis-72">
            <Field
              id="q"
              label={list.searchLabel}
              hint={list.searchHint}
              error={undefined}
              defaultValue={typed}
              type="search"
              autoComplete="off"
            />
          </div>
          {status && <input type="hidden" name="status" value={status} />}
          <Button kind="secondary">{list.search}</Button>
        </form>
      </search>
      <nav aria-label={list.filter} className="flex flex-wrap gap-2">
        <FilterLink href={listAddress({ q, search })} isCurrent={status === undefined && concern === undefined}>
          {list.all}
        </FilterLink>
        {sessionStatuses.map((one) => (
          <FilterLink key={one} href={listAddress({ q, search, status: one })} isCurrent={status === one}>
            {names[one]}
          </FilterLink>
        ))}
        <FilterLink href={listAddress({ concern: '1' })} isCurrent={concern === '1'}>
          {deliveryCopy[language].concern}
        </FilterLink>
      </nav>
    </div>
  );
}

/** One of several views of a list, as an address. */
export function FilterLink({ href, isCurrent, children }: { href: string; isCurrent: boolean; children: string }) {
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
