import type { DetailsHTMLAttributes, ReactNode } from 'react';
import { classNames } from './class-names.ts';

type DisclosureProps = DetailsHTMLAttributes<HTMLDetailsElement> & { summary: ReactNode };

/** What most readers can leave closed. Opens without any script. */
export function Disclosure({ summary, className, children, ...rest }: DisclosureProps) {
  return (
    <details className={classNames('group rounded-lg border border-line bg-surface', className)} {...rest}>
      <summary className="flex min-h-11 list-none items-center gap-2.5 rounded-lg px-4 py-2.5 font-medium hover:bg-sunken [&::-webkit-details-marker]:hidden">
        <span
          aria-hidden="true"
          className="inline-block text-ink-soft transition-transform motion-reduce:transition-none group-open:rotate-90"
        >
          ›
        </span>
        {summary}
      </summary>
      <div className="px-4 pt-1 pb-4">{children}</div>
    </details>
  );
}
