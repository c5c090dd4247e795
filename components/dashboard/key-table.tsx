import { Badge, type Tone } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Field, TextAreaField } from '#components/ui/field.tsx';
import { type Column, Table } from '#components/ui/table.tsx';
import { keysCopy } from '#lib/copy/dashboard-keys.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import type { ApiKeyState } from '#lib/domain/api-key-state.ts';
import { overlapHours } from '#lib/domain/overlap.ts';
import type { ApiScope } from '#lib/domain/roles.ts';
import { staffReasonLengthMax } from '#lib/domain/staff-reason.ts';
import { paths } from '#lib/paths.ts';
import { Moment } from './moment.tsx';

type ShownKey = {
  apiKeyId: string;
  formId: string;
  name: string;
  prefix: string;
  lastFour: string;
  state: ApiKeyState;
  scopes: ApiScope[];
  returnOrigins: string[];
  allowedAddresses: string[];
  expiresAt?: string;
  lastUsedAt?: string;
  revokeReason?: string;
};

const toneOf: Record<ApiKeyState, Tone> = { live: 'success', expired: 'neutral', revoked: 'danger' };

/** Every key of the workspace as it stands, none of them whole. */
export function KeyTable({ keys, language }: { keys: readonly ShownKey[]; language: StaffLanguage }) {
  const copy = keysCopy[language];
  return (
    <Table
      caption={copy.title}
      isCaptionHidden
      columns={columnsIn(language)}
      rows={keys}
      rowKey={({ apiKeyId }) => apiKeyId}
      empty={<p>{copy.none}</p>}
    />
  );
}

function columnsIn(language: StaffLanguage): Column<ShownKey>[] {
  const { columns, state, never } = keysCopy[language];
  const moment = (at: string | undefined) => (at === undefined ? never : <Moment at={at} language={language} />);
  return [
    { header: columns.key, isRowHeader: true, cell: (key) => <Name of={key} /> },
    {
      header: columns.state,
      cell: (key) => (
        <>
          <Badge tone={toneOf[key.state]}>{state[key.state]}</Badge>
          {key.revokeReason !== undefined && (
            <span className="mt-1 block whitespace-pre-line text-ink-soft text-sm [overflow-wrap:anywhere]">
              {key.revokeReason}
            </span>
          )}
        </>
      ),
    },
    { header: columns.rights, cell: (key) => <Rights of={key} language={language} /> },
    { header: columns.ends, cell: ({ expiresAt }) => moment(expiresAt) },
    { header: columns.used, cell: ({ lastUsedAt }) => moment(lastUsedAt) },
    { header: columns.acts, cell: (key) => (key.state === 'live' ? <Acts on={key} language={language} /> : '–') },
  ];
}

function Name({ of: { name, prefix, lastFour } }: { of: ShownKey }) {
  return (
    <>
      <span className="[overflow-wrap:anywhere]">{name}</span>
      <span
        translate="no"
        className="block whitespace-nowrap font-mono font-normal text-ink-soft text-sm"
      >{`${prefix}…${lastFour}`}</span>
    </>
  );
}

function Rights({ of: key, language }: { of: ShownKey; language: StaffLanguage }) {
  const copy = keysCopy[language];
  return (
    <>
      {key.scopes.map((scope) => copy.scope[scope]).join(', ')}
      <span className="block text-ink-soft text-sm [overflow-wrap:anywhere]">
        {`${copy.origins}: ${key.returnOrigins.join(' ') || copy.noOrigin}`}
      </span>
      <span className="block text-ink-soft text-sm [overflow-wrap:anywhere]">
        {`${copy.addresses}: ${key.allowedAddresses.join(' ') || copy.anywhere}`}
      </span>
    </>
  );
}

/** Opening one is the first step, the press inside the second. */
function Acts({ on: { apiKeyId, formId }, language }: { on: ShownKey; language: StaffLanguage }) {
  const { rotate, revoke } = keysCopy[language];
  return (
    <div className="space-y-2">
      <Disclosure summary={rotate.open}>
        <p className="my-2">{rotate.what}</p>
        <form method="post" action={paths.dashboardAct('rotate-key')} className="space-y-4">
          <input type="hidden" name="keyId" value={formId} />
          <input type="hidden" name="apiKeyId" value={apiKeyId} />
          <Field
            id={`hours-${apiKeyId}`}
            name="overlapHours"
            label={rotate.hours}
            hint={rotate.hoursHint}
            error={undefined}
            inputMode="numeric"
            defaultValue={String(overlapHours.apiKey.usual)}
            required
          />
          <Button kind="secondary">{rotate.act}</Button>
        </form>
      </Disclosure>
      <Disclosure summary={revoke.open}>
        <p className="my-2">{revoke.what}</p>
        <form method="post" action={paths.dashboardAct('revoke-key')} className="space-y-4">
          <input type="hidden" name="apiKeyId" value={apiKeyId} />
          <TextAreaField
            id={`reason-${apiKeyId}`}
            name="reason"
            label={revoke.reason}
            hint={revoke.reasonHint}
            error={undefined}
            maxLength={staffReasonLengthMax}
            required
          />
          <Button kind="danger">{revoke.act}</Button>
        </form>
      </Disclosure>
    </div>
  );
}
