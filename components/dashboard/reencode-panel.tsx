import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { RadioGroup } from '#components/ui/radio-group.tsx';
import { SummaryList } from '#components/ui/summary-list.tsx';
import { reencodeCopy } from '#lib/copy/dashboard-reencode.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import { type BodyForm, bodyFormFields, bodyForms } from '#lib/domain/body-form.ts';
import type { ReencodeView } from '#lib/schema/delivery-calls.ts';
import { Moment } from './moment.tsx';
import { Panel } from './panel.tsx';
import { ReasonForm } from './reason-form.tsx';

type ReencodePanelProps = {
  language: StaffLanguage;
  sessionId: string;
  reencode: ReencodeView;
  /** What was wrong with the last try. */
  problem: string | undefined;
};

/** Another spelling of the body that the lender has refused: who proposed which, and what this admin may do about it. Plain forms. */
export function ReencodePanel({ language, sessionId, reencode, problem }: ReencodePanelProps) {
  const copy = reencodeCopy[language];
  const { open, form } = reencode;
  return (
    <Panel title={copy.title}>
      <p className="mb-3">{copy.what}</p>
      {open && <OpenProposal {...{ language, sessionId, open, form, problem }} />}
      {!open && form && <NewProposal {...{ language, sessionId, form, problem }} />}
    </Panel>
  );
}

type NewProposalProps = Omit<ReencodePanelProps, 'reencode'> & { form: BodyForm };

function NewProposal({ language, sessionId, form, problem }: NewProposalProps) {
  const copy = reencodeCopy[language];
  return (
    <ReasonForm
      summary={copy.propose}
      what={<p className="my-2">{copy.proposeWhat}</p>}
      act="reencode"
      about={{ sessionId, act: 'propose' }}
      field={{ id: 'reencode-reason', label: copy.reason, hint: copy.reasonHint }}
      problem={problem}
    >
      {bodyFormFields.map((field) => (
        <RadioGroup
          key={field}
          id={`reencode-${field}`}
          name={field}
          label={copy.fields[field]}
          options={bodyForms[field].map((value) => ({ value, label: value }))}
          defaultValue={form[field]}
        />
      ))}
      <Button>{copy.proposeAct}</Button>
    </ReasonForm>
  );
}

type OpenProposalProps = Omit<ReencodePanelProps, 'reencode'> & {
  open: NonNullable<ReencodeView['open']>;
  form: BodyForm | undefined;
};

function OpenProposal({ language, sessionId, open, form, problem }: OpenProposalProps) {
  const copy = reencodeCopy[language];
  const changes = bodyFormFields.flatMap((field) => {
    const to = open.changes?.[field];
    return to === undefined ? [] : [{ key: field, label: copy.fields[field], value: `${form?.[field]} → ${to}` }];
  });
  const rows = [
    ...changes,
    { key: 'by', label: copy.proposedBy, value: open.proposedBy },
    { key: 'at', label: copy.proposedAt, value: <Moment at={open.proposedAt} language={language} /> },
    ...(open.reason === undefined ? [] : [{ key: 'reason', label: copy.reason, value: open.reason }]),
  ];
  return (
    <>
      <SummaryList rows={rows} className="mb-4" />
      {open.changes === undefined && (
        <Notice tone="warning" className="mb-4">
          {copy.unreadable}
        </Notice>
      )}
      <ReasonForm
        summary={copy.decide}
        what={<p className="my-2">{open.isOwn ? copy.ownWhat : copy.decideWhat}</p>}
        act="reencode"
        about={{ sessionId, reencodeId: open.id }}
        field={{ id: 'reencode-reason', label: copy.reason, hint: copy.reasonHint }}
        problem={problem}
      >
        <div className="flex flex-wrap gap-3">
          {open.decisions.map((decision) => (
            <Button key={decision} kind={decision === 'approved' ? 'primary' : 'secondary'} name="act" value={decision}>
              {copy.acts[decision]}
            </Button>
          ))}
        </div>
      </ReasonForm>
    </>
  );
}
