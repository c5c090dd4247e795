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

/** Names and values as a `<dl>`; side by side where there is room, one under the other where there is not. */
export function SummaryList({ rows, className }: { rows: readonly SummaryRow[]; className?: string }) {
  return (
    <dl className={classNames('divide-y divide-line border-line border-y', className)}>
      {rows.map(({ key, label, value, action }) => (
        <div key={key} className="flex flex-wrap gap-x-4 gap-y-0.5 py-2.5">
          <dt className="w-full text-ink-soft sm:w-2/5 sm:flex-none">{label}</dt>
          <dd className="min-w-0 flex-1 whitespace-pre-line font-medium [overflow-wrap:anywhere]">{value}</dd>
          {action !== undefined && <dd>{action}</dd>}
        </div>
      ))}
    </dl>
  );
}
