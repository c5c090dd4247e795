'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, type ButtonKind } from '#components/ui/button.tsx';
import { type Check, guardForm, type SendingState } from './guard-form.ts';

export type GuardedFormProps = {
  action: string;
  label: string;
  /** What the button says while the form is on its way, and a sentence beside it where waiting may worry. */
  wait: string;
  waitHint?: string;
  offline: string;
  kind?: ButtonKind;
  /** Classes of the form, and of the bar that holds the button. */
  className?: string;
  barClassName?: string;
  /** Below the button, such as what it does not do yet. */
  note?: ReactNode;
  children?: ReactNode;
};

/** Adds what can be checked on the device; called once, when the form has come to life. */
export type Prepare = (form: HTMLFormElement, add: (check: Check) => void) => void;

/** A plain form that posts without any script; with one, it checks first and says that it is working. */
export function GuardedForm({ prepare, ...props }: GuardedFormProps & { prepare?: Prepare }) {
  const { action, label, wait, waitHint, offline, kind = 'primary', className, barClassName, note, children } = props;
  const ref = useRef<HTMLFormElement>(null);
  const [state, setState] = useState<SendingState>('ready');
  useEffect(() => {
    const form = ref.current;
    if (!form) return undefined;
    const checks: Check[] = [];
    prepare?.(form, (check) => checks.push(check));
    return guardForm(form, { checks, onState: setState });
  }, [prepare]);
  const isSending = state === 'sending';
  return (
    <form ref={ref} method="post" action={action} noValidate className={className}>
      {children}
      <div className={barClassName}>
        <Button kind={kind} isWide aria-disabled={isSending || undefined}>
          {isSending ? wait : label}
        </Button>
        <p role="status" className="text-center font-medium empty:hidden">
          {state === 'offline' ? offline : isSending ? waitHint : ''}
        </p>
        {note}
      </div>
    </form>
  );
}
