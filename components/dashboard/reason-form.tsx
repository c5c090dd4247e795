import type { ReactNode } from 'react';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { TextAreaField } from '#components/ui/field.tsx';
import { staffReasonLengthMax } from '#lib/domain/staff-reason.ts';
import { paths } from '#lib/paths.ts';

type ReasonFormProps = {
  /** Opens it: the first of the two steps that such an act takes. */
  summary: string;
  /** What is about to happen; stands above the field. */
  what: ReactNode;
  act: Parameters<typeof paths.dashboardAct>[0];
  /** What is sent besides the reason. */
  about: Readonly<Record<string, string>>;
  field: { id: string; label: string; hint: string };
  /** What was wrong with the last try; the form then stands open. */
  problem: string | undefined;
  /** The second step, one button or several. */
  children: ReactNode;
};

/** An act of staff that is kept with its reason. */
export function ReasonForm({ summary, what, act, about, field, problem, children }: ReasonFormProps) {
  return (
    <Disclosure summary={summary} open={problem !== undefined}>
      {what}
      <form method="post" action={paths.dashboardAct(act)} className="space-y-4">
        {Object.entries(about).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <TextAreaField {...field} name="reason" error={problem} maxLength={staffReasonLengthMax} required />
        {children}
      </form>
    </Disclosure>
  );
}
