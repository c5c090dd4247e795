import type { ReactNode } from 'react';

/** One subject of a page, with its heading. */
export function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="rounded-lg border border-line bg-surface p-4 sm:p-5">
      <h2 className="mb-3">{title}</h2>
      {children}
    </section>
  );
}
