import { KeyForm } from '#components/dashboard/key-form.tsx';
import { KeyTable } from '#components/dashboard/key-table.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { StaffShell } from '#components/dashboard/staff-shell.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { StaffPage } from '#lib/auth/staff-door.ts';
import { problemWords } from '#lib/copy/dashboard.ts';
import { keysCopy } from '#lib/copy/dashboard-keys.ts';
import { setStatus } from '#lib/http/page-answer.ts';
import { listStaffKeys } from '#lib/usecases/staff/manage-keys.ts';
import { staffPage } from '../staff-page.tsx';

type KeysPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function KeysPage({ searchParams }: KeysPageProps) {
  return staffPage((page) => showKeys(page, searchParams));
}

async function showKeys({ program, staff, language }: StaffPage, searchParams: KeysPageProps['searchParams']) {
  const { problem: code } = await searchParams;
  const copy = keysCopy[language];
  const problem = problemWords(copy.problems, typeof code === 'string' ? code : undefined);
  const known = await listStaffKeys(program, staff);
  if (!known.ok) setStatus(403);
  return (
    <StaffShell language={language} area="keys" title={copy.title} staff={staff}>
      <h1 className="mb-5">{copy.title}</h1>
      {known.ok ? (
        <div className="space-y-5">
          {problem !== undefined && <Notice tone="warning">{problem}</Notice>}
          <p>{copy.lead}</p>
          <KeyTable keys={known.keys.map(shown)} language={language} />
          <Panel title={copy.create.title}>
            <KeyForm formId={known.formId} language={language} />
          </Panel>
        </div>
      ) : (
        <Notice tone="warning">{copy.refused}</Notice>
      )}
    </StaffShell>
  );
}

type KnownKeys = Extract<Awaited<ReturnType<typeof listStaffKeys>>, { ok: true }>;

function shown({ expiresAt, lastUsedAt, ...key }: KnownKeys['keys'][number]) {
  return {
    ...key,
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
  };
}
