'use client';

import { useCallback } from 'react';
import { onFirstFocus } from '#components/form/first-focus.ts';
import { GuardedForm, type GuardedFormProps, type Prepare } from '#components/form/guarded-form.tsx';
import type { LiveWords } from './live-words.ts';

/** The details form; its fields are its children. From the first touch on it judges as the server will, in the server's words. */
export function DetailsForm({ live, ...form }: GuardedFormProps & { live: LiveWords }) {
  const prepare: Prepare = useCallback(
    (element, add) =>
      onFirstFocus(element, async () => {
        const { liveDetails } = await import('./live-details.ts');
        add(liveDetails(element, live));
      }),
    [live],
  );
  return <GuardedForm {...form} prepare={prepare} />;
}
