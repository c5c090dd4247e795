'use client';

import { useEffect, useState } from 'react';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { type CopyLanguage, fill } from '#lib/copy/language.ts';

type FreshnessProps = { language: CopyLanguage; asOf: Date; isStale: boolean };

/** Says how old the data are; only a failure is announced, a clock that ticks would never let a screen reader rest. */
export function Freshness({ language, asOf, isStale }: FreshnessProps) {
  const [isHere, setHere] = useState(false);
  useEffect(() => setHere(true), []);
  // The server does not know the reader's clock: nothing is said before the page has come to life.
  if (!isHere) return null;
  const { list } = dashboardCopy[language];
  const time = asOf.toLocaleTimeString(language);
  return (
    <p role={isStale ? 'alert' : undefined} className={isStale ? 'text-danger text-sm' : 'text-ink-soft text-sm'}>
      {fill(isStale ? list.stale : list.asOf, { time })}
    </p>
  );
}
