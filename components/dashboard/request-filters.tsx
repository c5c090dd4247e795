import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { requestCopy } from '#lib/copy/dashboard-requests.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { statusClasses } from '#lib/domain/status-class.ts';
import { paths } from '#lib/paths.ts';
import type { RequestQuestion } from '#lib/schema/staff-request.ts';
import { FilterLink } from './list-filters.tsx';

type RequestFiltersProps = { language: StaffLanguage; question: RequestQuestion };

/** A plain form and plain links; an id of ours names nobody, so it may stand in the address. */
export function RequestFilters({ language, question: { status, requestId } }: RequestFiltersProps) {
  const copy = requestCopy[language];
  return (
    <div className="space-y-4">
      <search>
        <form method="get" action={paths.dashboardRequests()} className="flex flex-wrap items-end gap-3">
          <div className="min-w-0 max-w-xl flex-1 basis-72">
            <Field
              id="requestId"
              label={copy.searchLabel}
              hint={copy.searchHint}
              error={undefined}
              defaultValue={requestId}
              type="search"
              autoComplete="off"
            />
          </div>
          {status !== undefined && <input type="hidden" name="status" value={status} />}
          <Button kind="secondary">{copy.search}</Button>
        </form>
      </search>
      <nav aria-label={copy.filter} className="flex flex-wrap gap-2">
        <FilterLink href={requestsAddress({ requestId })} isCurrent={status === undefined}>
          {copy.all}
        </FilterLink>
        {statusClasses.map((one) => (
          <FilterLink key={one} href={requestsAddress({ requestId, status: one })} isCurrent={status === one}>
            {copy.classes[one]}
          </FilterLink>
        ))}
      </nav>
    </div>
  );
}

/** The page that shows the list so. */
export function requestsAddress(question: RequestQuestion): string {
  const given = Object.entries(question).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return paths.dashboardRequests() + (given.length === 0 ? '' : `?${new URLSearchParams(given)}`);
}
