import { GuardedForm } from '#components/form/guarded-form.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { TextAreaField } from '#components/ui/field.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { objectionWords } from '#lib/copy/objection.ts';
import type { Objection } from '#lib/domain/objection.ts';
import { signerReasonMax } from '#lib/domain/signer-reason.ts';
import { formatInstantForPeople } from '#lib/format/instant.ts';
import { paths } from '#lib/paths.ts';

type Said = { act: Objection; receivedAt?: Date };
type ReceivedProps = { language: CopyLanguage; merchant: string; objections: readonly Said[] };

/** What was said against the contract from this browser: that it has arrived, when, and what it does not change. */
export function ReceivedObjections({ language, merchant, objections }: ReceivedProps) {
  const { acts } = objectionWords[language];
  return objections.map(
    ({ act, receivedAt }) =>
      receivedAt && (
        <Notice
          key={act}
          tone="info"
          title={acts[act].received(formatInstantForPeople(receivedAt, language))}
          className="mt-5"
        >
          <p>{acts[act].next(merchant)}</p>
        </Notice>
      ),
  );
}

type ObjectionsProps = ReceivedProps & { sessionId: string; isAccepter: boolean };

/** The ways to say something against a signed contract where it was signed. What was said already is not asked for again. */
export function Objections({ language, merchant, objections, sessionId, isAccepter }: ObjectionsProps) {
  const words = objectionWords[language];
  const open = objections.filter(({ receivedAt }) => !receivedAt).map(({ act }) => act);
  const [first] = open;
  return (
    <div className="mt-8 print:hidden">
      {first !== undefined && <h2>{words.titles[open.length > 1 ? 'both' : first]}</h2>}
      {open.map((act) => (
        <ObjectionForm key={act} act={act} language={language} merchant={merchant} sessionId={sessionId} />
      ))}
      {!isAccepter && <p className="mt-3">{words.elsewhere(merchant)}</p>}
    </div>
  );
}

type FormProps = { act: Objection; language: CopyLanguage; merchant: string; sessionId: string };

/** Opening it is the first step, its button the confirmation. */
function ObjectionForm({ act, language, merchant, sessionId }: FormProps) {
  const { acts, reason, reasonHint, offline } = objectionWords[language];
  const { open, explanation, confirm, wait } = acts[act];
  return (
    <Disclosure summary={open} className="mt-3">
      <p className="mb-4">{explanation(merchant)}</p>
      <GuardedForm
        action={paths.signAct(sessionId, act)}
        label={confirm}
        wait={wait}
        offline={offline}
        kind="danger"
        barClassName="mt-4 space-y-2"
      >
        <TextAreaField
          id={`${act}-reason`}
          name="reason"
          label={reason}
          hint={reasonHint(merchant)}
          error={undefined}
          maxLength={signerReasonMax}
        />
      </GuardedForm>
    </Disclosure>
  );
}
