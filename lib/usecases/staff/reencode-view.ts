import type { Tx } from '#lib/db/database.ts';
import type { DeliveryRow } from '#lib/db/deliveries.ts';
import type { ReencodeRow } from '#lib/db/lender-reencodes.ts';
import { nameMembers } from '#lib/db/staff-members.ts';
import type { BodyForm } from '#lib/domain/body-form.ts';
import { changedForm } from '#lib/domain/reencode.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { Lender } from '#lib/providers/lender.ts';
import type { ReencodeView } from '#lib/schema/delivery-calls.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { lenderAccessOf } from '../lender-access.ts';
import type { OpenSession } from '../open-session.ts';
import { isRefusedForForm } from './reencode-delivery.ts';

type Standing = { session: OpenSession; row: DeliveryRow; reencodes: readonly ReencodeRow[] };

/** What this person may know and do about another spelling; undefined where there is nothing to do, or not for them. */
export async function reencodeView(
  ctx: UseCaseContext,
  tx: Tx,
  staff: StaffActor,
  { session, row, reencodes }: Standing,
): Promise<ReencodeView | undefined> {
  if (!mayStaff(staff.role, 'reencode_delivery')) return undefined;
  const open = reencodes.find(({ outcome }) => outcome === null);
  const isRefused = isRefusedForForm(row);
  if (!open && !isRefused) return undefined;
  const { lender } = await lenderAccessOf(ctx, tx, staff.workspaceId);
  const spelling = spellingOf(session, lender, row, open);
  if (!open) return spelling && { form: spelling.form };
  const names = await nameMembers(tx, staff.workspaceId, [open.proposed_by]);
  const isOwn = open.proposed_by === staff.userId;
  return {
    ...(spelling && { form: spelling.form }),
    open: {
      id: open.id,
      proposedBy: names.get(open.proposed_by) ?? open.proposed_by,
      proposedAt: open.proposed_at.toISOString(),
      ...withoutAbsent({ reason: reasonIn(session, open), changes: spelling?.changes }),
      isOwn,
      decisions: isOwn ? ['withdrawn'] : isRefused && spelling ? ['approved', 'declined'] : ['declined'],
    },
  };
}

/** Undefined when a body no longer opens, or is none of ours: then nothing is proposed or approved, and the rest of the page stands. */
function spellingOf(
  { vault }: OpenSession,
  lender: Lender,
  row: DeliveryRow,
  open: ReencodeRow | undefined,
): { form: BodyForm; changes: Partial<BodyForm> } | undefined {
  const formIn = (sealed: Buffer) => lender.formOf(vault.open('lender_body', sealed));
  try {
    const form = formIn(row.body_sealed);
    return { form, changes: open ? changedForm(form, formIn(open.body_sealed)) : {} };
  } catch {
    return undefined;
  }
}

function reasonIn({ vault }: OpenSession, { reason_sealed }: ReencodeRow): string | undefined {
  try {
    return vault.openJson<string>('reencode_reason', reason_sealed);
  } catch {
    return undefined;
  }
}
