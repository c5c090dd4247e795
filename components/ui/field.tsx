import type { InputHTMLAttributes, ReactNode, TextareaHTMLAttributes } from 'react';
import { classNames } from './class-names.ts';

type Labelled = {
  /** Unique on the page; the error summary links to it. */
  id: string;
  label: ReactNode;
  /** Says the format before anything is wrong. */
  hint?: ReactNode;
  /** Must be thought of: undefined while nothing is wrong. */
  error: string | undefined;
};

type FieldProps = Labelled & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>;
type TextAreaFieldProps = Labelled & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'>;

/** One line of typing with its label, hint and error, wired for screen readers. Always named after `id` unless told otherwise. */
export function Field({ id, label, hint, error, className, name = id, ...input }: FieldProps) {
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input
        className={classNames(control, 'min-h-11', className)}
        name={name}
        {...wiring(id, hint, error)}
        {...input}
      />
    </Frame>
  );
}

export function TextAreaField({ id, label, hint, error, className, name = id, ...area }: TextAreaFieldProps) {
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea
        className={classNames(control, className)}
        name={name}
        rows={3}
        {...wiring(id, hint, error)}
        {...area}
      />
    </Frame>
  );
}

/** Where the words of a wrong field stand; empty and hidden until there are any, so that a script can say them in place. */
export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  return (
    <p id={errorId(id)} data-error-for={id} hidden={error === undefined} className="mt-1.5 font-medium text-danger">
      {error}
    </p>
  );
}

export const errorId = (id: string): string => `${id}-error`;

// 16 px and no less: iOS zooms into smaller fields and stays there.
const control =
  'block w-full rounded-lg border border-control bg-surface px-3 py-2.5 text-base text-ink aria-invalid:border-2 aria-invalid:border-danger';

function Frame({ id, label, hint, error, children }: Labelled & { children: ReactNode }) {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
      </label>
      {hint !== undefined && (
        <p id={hintId(id)} className="mb-1.5 text-[0.9375rem] text-ink-soft">
          {hint}
        </p>
      )}
      {children}
      <FieldError id={id} error={error} />
    </div>
  );
}

const hintId = (id: string): string => `${id}-hint`;

function wiring(id: string, hint: ReactNode, error: string | undefined) {
  const described = classNames(hint !== undefined && hintId(id), error !== undefined && errorId(id));
  return {
    id,
    ...(error !== undefined && { 'aria-invalid': true as const }),
    ...(described !== '' && { 'aria-describedby': described }),
  };
}
