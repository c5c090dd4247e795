import type { ReactNode } from 'react';

/** One step or subject of a guide, which others can link to. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="mt-10 space-y-4">
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
