import type { InputHTMLAttributes, ReactNode } from 'react';
import { errorId, FieldError } from './field.tsx';

type ChoiceProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'type' | 'children'> & {
  id: string;
  value: string;
  /** The sentence that ticking it says; all of it is the target. */
  label: ReactNode;
  error: string | undefined;
};

/** A box to tick. It never starts ticked: what a person declares, they declare by hand. */
export function Choice({ id, label, error, name = id, ...input }: ChoiceProps) {
  return (
    <div>
      <label
        htmlFor={id}
        className="flex min-h-11 cursor-pointer gap-3.5 rounded-lg border border-control bg-surface p-4 has-aria-invalid:border-2 has-aria-invalid:border-danger has-checked:border-accent has-checked:bg-accent-wash"
      >
        <input
          id={id}
          type="checkbox"
          name={name}
          className="mt-0.5 size-6 flex-none accent-accent"
          {...(error !== undefined && { 'aria-invalid': true as const, 'aria-describedby': errorId(id) })}
          {...input}
        />
        <span className="min-w-0 [overflow-wrap:anywhere]">{label}</span>
      </label>
      <FieldError id={id} error={error} />
    </div>
  );
}
