'use client';

import { type ReactNode, useCallback, useState } from 'react';
import { onFirstFocus } from '#components/form/first-focus.ts';
import { GuardedForm, type GuardedFormProps, type Prepare } from '#components/form/guarded-form.tsx';
import { checkDisplay, screenReport } from './display-check.ts';
import type { LiveWords } from './live-words.ts';

type AcceptFormProps = GuardedFormProps & {
  displaySha256: string;
  live: LiveWords;
  /** Shown, and the act held back, while the text on the screen is not the contract's. */
  alteredNotice: ReactNode;
};

const reportFields = ['displayCheck', 'displayedSha256', 'viewport', 'pixelRatio', 'timeZone'] as const;
const alteredId = 'altered-notice';

/** The form that signs. With scripts it first makes sure that what is on the screen is the contract: on opening, and again at the act. */
export function AcceptForm({ displaySha256, live, alteredNotice, children, ...form }: AcceptFormProps) {
  const [isAltered, setAltered] = useState(false);
  const prepare: Prepare = useCallback(
    (element, add) => {
      const isAsSent = async () => {
        const verdict = await checkDisplay(displaySha256);
        const report = { displayCheck: verdict.check, ...('sha256' in verdict && { displayedSha256: verdict.sha256 }) };
        fillReport(element, { ...report, ...screenReport() });
        setAltered(verdict.check === 'mismatch');
        return verdict.check !== 'mismatch';
      };
      add(async () => {
        const isRight = await isAsSent();
        if (!isRight) document.getElementById(alteredId)?.scrollIntoView({ block: 'center' });
        return isRight;
      });
      void isAsSent();
      onFirstFocus(element, async () => {
        const { liveBoxes } = await import('./live-boxes.ts');
        add(liveBoxes(element, live));
      });
    },
    [displaySha256, live],
  );
  return (
    <GuardedForm {...form} prepare={prepare}>
      {children}
      {reportFields.map((name) => (
        <input key={name} type="hidden" name={name} />
      ))}
      <div id={alteredId} role="alert" className="mt-5 empty:hidden">
        {isAltered ? alteredNotice : null}
      </div>
    </GuardedForm>
  );
}

function fillReport(form: HTMLFormElement, report: Readonly<Record<string, string>>): void {
  for (const name of reportFields) {
    const input = form.elements.namedItem(name);
    if (input instanceof HTMLInputElement) input.value = report[name] ?? '';
  }
}
