import { GuardedForm } from '#components/form/guarded-form.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { TextAreaField } from '#components/ui/field.tsx';
import { journeyWords } from '#lib/copy/journey.ts';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { signerReasonMax } from '#lib/domain/signer-reason.ts';
import { paths } from '#lib/paths.ts';

/** The way out, in plain sight on every page before the act. Opening it is the first step, its button the confirmation. */
export function Decline(props: { language: CopyLanguage; sessionId: string; merchant: string }) {
  const { language, sessionId, merchant } = props;
  const { decline, offline } = journeyWords[language];
  return (
    <Disclosure summary={decline.open} className="mt-10 print:hidden">
      <p className="mb-4">{decline.explanation}</p>
      <GuardedForm
        action={paths.signAct(sessionId, 'decline')}
        label={decline.confirm}
        wait={decline.wait}
        offline={offline}
        kind="danger"
        barClassName="mt-4 space-y-2"
      >
        <TextAreaField
          id="reason"
          label={decline.reason}
          hint={decline.reasonHint(merchant)}
          error={undefined}
          maxLength={signerReasonMax}
        />
      </GuardedForm>
    </Disclosure>
  );
}
