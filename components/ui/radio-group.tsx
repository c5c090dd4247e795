import type { ReactNode } from 'react';

type RadioGroupProps<Value extends string> = {
  /** Unique on the page; the radios are named after it unless told otherwise. */
  id: string;
  name?: string;
  label: ReactNode;
  options: readonly { value: Value; label: ReactNode }[];
  /** The one that stands now. */
  defaultValue: Value;
};

/** One of several values. Each option is a target of its own, and one of them is always chosen. */
export function RadioGroup<Value extends string>({
  id,
  name = id,
  label,
  options,
  defaultValue,
}: RadioGroupProps<Value>) {
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">{label}</legend>
      <div className="flex flex-wrap gap-x-6">
        {options.map((option) => (
          <label key={option.value} htmlFor={`${id}-${option.value}`} className="flex min-h-11 items-center gap-2.5">
            <input
              id={`${id}-${option.value}`}
              type="radio"
              name={name}
              value={option.value}
              defaultChecked={option.value === defaultValue}
              className="size-5 flex-none accent-accent"
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
