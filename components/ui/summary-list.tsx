import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type SummaryRow = {
  /** Unique within the list. */
  key: string;
  label: ReactNode;
  value: ReactNode;
  /** A link that changes this row; its hidden text names the row. */
  action?: ReactNode;
};

/** Names and values as a `<dl>`: side by side where both have room, one under the other where not. */
export function SummaryList({ rows, className }: { rows: readonly SummaryRow[]; className?: string }) {
  // Where a row can be changed, every row of the list is set alike: value and link below the label on a phone.
  const isStacked = rows.some(({ action }) => action !== undefined);
  return (
    <dl className={classNames('divide-y divide-line border-line border-y', className)}>
      {rows.map(({ key, label, value, action }) => (
        <div key={key} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-2.5">
          <dt
            className={classNames(
              'text-ink-soft sm:flex-none sm:basis-2/5',
              isStacked ? 'w-full sm:w-auto' : 'flex-[1_1_7.5rem]',
            )}
          >
            {label}
          </dt>
          <dd className="min-w-0 flex-[2_1_10rem] whitespace-pre-line font-medium [overflow-wrap:anywhere]">{value}</dd>
          {action !== undefined && <dd className="-my-2.5">{action}</dd>}
        </div>
      ))}
    </dl>
  );
}
