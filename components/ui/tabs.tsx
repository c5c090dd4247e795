import { Fragment, type ReactNode } from 'react';

type TabsProps = {
  /** Unique on the page. */
  name: string;
  /** What is chosen, read out before the choices. */
  legend: string;
  tabs: readonly { id: string; label: string; panel: ReactNode }[];
};

/**
 * One of several panels, chosen by radio buttons that look like tabs: without any script, by arrow keys as by touch. Each panel follows its
 * own button, so that the style sheet alone can tell which one is shown.
 */
export function Tabs({ name, legend, tabs }: TabsProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{legend}</legend>
      <div className="flex flex-wrap gap-x-1">
        {tabs.map(({ id, label, panel }, index) => (
          <Fragment key={id}>
            <input type="radio" name={name} id={`${name}-${id}`} defaultChecked={index === 0} className="sr-only" />
            <label htmlFor={`${name}-${id}`} className={tabLook}>
              {label}
            </label>
            <div className="order-last hidden w-full min-w-0 pt-2 [input:checked+label+&]:block">{panel}</div>
          </Fragment>
        ))}
      </div>
    </fieldset>
  );
}

const tabLook =
  'flex min-h-11 cursor-pointer items-center rounded-lg px-3 text-ink-soft text-sm hover:bg-sunken [input:checked+&]:bg-accent-wash [input:checked+&]:font-semibold [input:checked+&]:text-ink [input:focus-visible+&]:outline-3 [input:focus-visible+&]:outline-focus [input:focus-visible+&]:outline-offset-2';
