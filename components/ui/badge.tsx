import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** What a state means to the reader, apart from its name. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

/** A state in a word. The mark before it says the same as the colour, for those who do not see colours. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 font-medium text-sm sm:whitespace-nowrap',
        tones[tone],
      )}
    >
      <span aria-hidden="true">{marks[tone]}</span>
      {children}
    </span>
  );
}

const tones: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink',
  info: 'bg-info-wash text-info',
  success: 'bg-accent-wash text-accent',
  warning: 'bg-warning-wash text-warning',
  danger: 'bg-danger-wash text-danger',
};

const marks: Record<Tone, string> = { neutral: '○', info: '◔', success: '✓', warning: '!', danger: '✕' };
