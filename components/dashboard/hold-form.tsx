import { Button } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { TextAreaField } from '#components/ui/field.tsx';
import { keepingCopy } from '#lib/copy/dashboard-keeping.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { staffReasonLengthMax } from '#lib/domain/staff-reason.ts';
import { paths } from '#lib/paths.ts';

type HoldFormProps = {
  language: StaffLanguage;
  sessionId: string;
  /** The hold to lift; without it a new one is placed. */
  holdId?: string;
  problem?: string | undefined;
};

/** Places a legal hold, or lifts one, with the reason that is kept. Opening it is the first step, the press the second. */
export function HoldForm({ language, sessionId, holdId, problem }: HoldFormProps) {
  const copy = keepingCopy[language];
  const [open, what, act] =
    holdId === undefined ? [copy.place, copy.placeWhat, copy.placeAct] : [copy.lift, copy.liftWhat, copy.liftAct];
  return (
    <Disclosure summary={open} open={problem !== undefined}>
      <p className="my-2">{what}</p>
      <form method="post" action={paths.dashboardAct(holdId === undefined ? 'hold' : 'lift')} className="space-y-4">
        <input type="hidden" name="sessionId" value={sessionId} />
        {holdId !== undefined && <input type="hidden" name="holdId" value={holdId} />}
        <TextAreaField
          id={holdId === undefined ? 'hold-reason' : `lift-reason-${holdId}`}
          name="reason"
          label={copy.reason}
          hint={copy.reasonHint}
          error={problem}
          maxLength={staffReasonLengthMax}
          required
        />
        <Button kind={holdId === undefined ? 'secondary' : 'danger'}>{act}</Button>
      </form>
    </Disclosure>
  );
}
