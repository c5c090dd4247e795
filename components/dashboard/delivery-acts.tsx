import { Button } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { TextAreaField } from '#components/ui/field.tsx';
import { deliveryCopy } from '#lib/copy/dashboard-delivery.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { staffReasonLengthMax } from '#lib/domain/staff-reason.ts';
import { paths } from '#lib/paths.ts';
import type { StaffDelivery } from '#lib/schema/staff-session.ts';

type DeliveryActsProps = {
  language: StaffLanguage;
  sessionId: string;
  acts: StaffDelivery['acts'];
  problem: string | undefined;
};

/** What this member of staff may do about a delivery: plain forms, one press for what only hurries, a reason for what begins anew. */
export function DeliveryActs({ language, sessionId, acts, problem }: DeliveryActsProps) {
  const copy = deliveryCopy[language];
  return (
    <div className="mt-4 space-y-4">
      {acts.includes('send_now') && (
        <form method="post" action={paths.dashboardAct('retry')}>
          <input type="hidden" name="sessionId" value={sessionId} />
          <p className="mb-2 text-ink-soft text-sm">{copy.sendNowWhat}</p>
          <Button kind="secondary" name="act" value="send_now">
            {copy.sendNow}
          </Button>
        </form>
      )}
      {acts.includes('retry') && (
        <Disclosure summary={copy.retry} open={problem !== undefined}>
          <p className="my-2">{copy.retryWhat}</p>
          <form method="post" action={paths.dashboardAct('retry')} className="space-y-4">
            <input type="hidden" name="sessionId" value={sessionId} />
            <TextAreaField
              id="retry-reason"
              name="reason"
              label={copy.reason}
              hint={copy.reasonHint}
              error={problem}
              maxLength={staffReasonLengthMax}
              required
            />
            <Button name="act" value="retry">
              {copy.retryAct}
            </Button>
          </form>
        </Disclosure>
      )}
    </div>
  );
}
