import { Button } from '#components/ui/button.tsx';
import { keepingCopy } from '#lib/copy/dashboard-keeping.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { ReasonForm } from './reason-form.tsx';

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
  const id = holdId === undefined ? 'hold-reason' : `lift-reason-${holdId}`;
  return (
    <ReasonForm
      summary={open}
      what={<p className="my-2">{what}</p>}
      act={holdId === undefined ? 'hold' : 'lift'}
      about={{ sessionId, ...(holdId !== undefined && { holdId }) }}
      field={{ id, label: copy.reason, hint: copy.reasonHint }}
      problem={problem}
    >
      <Button kind={holdId === undefined ? 'secondary' : 'danger'}>{act}</Button>
    </ReasonForm>
  );
}
