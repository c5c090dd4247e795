import type { ReactNode } from 'react';
import { Button, type ButtonKind } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { webhookCopy } from '#lib/copy/dashboard-webhooks.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { paths } from '#lib/paths.ts';

type Acts = { endpointId: string; language: StaffLanguage };

/** What can be done with an endpoint that is active. What cannot be taken back has two steps: opening, then the press. */
export function WebhookActs({ endpointId, language }: Acts) {
  const { acts } = webhookCopy[language];
  return (
    <div className="space-y-3">
      <ActForm endpointId={endpointId} act="test" kind="secondary">
        {acts.test}
      </ActForm>
      <Disclosure summary={acts.rotate}>
        <p className="my-2">{acts.rotateWhat}</p>
        <ActForm endpointId={endpointId} act="rotate" kind="secondary">
          {acts.rotate}
        </ActForm>
      </Disclosure>
      <Disclosure summary={acts.disable}>
        <p className="my-2">{acts.disableWhat}</p>
        <ActForm endpointId={endpointId} act="disable" kind="danger">
          {acts.disable}
        </ActForm>
      </Disclosure>
    </div>
  );
}

type ActFormProps = {
  endpointId: string;
  act: 'test' | 'rotate' | 'disable' | 'resend';
  eventId?: string;
  kind: ButtonKind;
  /** Where several buttons say the same: which one this is. Begins with what it says. */
  label?: string;
  children: ReactNode;
};

export function ActForm({ endpointId, act, eventId, kind, label, children }: ActFormProps) {
  return (
    <form method="post" action={paths.dashboardWebhookAct('change')}>
      <input type="hidden" name="endpointId" value={endpointId} />
      {eventId !== undefined && <input type="hidden" name="eventId" value={eventId} />}
      <Button kind={kind} name="act" value={act} aria-label={label}>
        {children}
      </Button>
    </form>
  );
}
