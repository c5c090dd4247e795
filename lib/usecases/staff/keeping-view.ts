import type { HoldRow } from '#lib/db/legal-holds.ts';
import type { Keeping } from '#lib/domain/retention.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { StaffHold, StaffKeeping } from '#lib/schema/staff-session.ts';
import type { StaffActor } from '../context.ts';
import type { OpenSession } from '../open-session.ts';

/** Until when a session is kept and why, who holds it, and whether this member of staff may do so too. */
export function keepingView(
  { role }: StaffActor,
  session: OpenSession,
  { keeping, holds }: { keeping: readonly Keeping[]; holds: readonly HoldRow[] },
  names: ReadonlyMap<string, string>,
): StaffKeeping {
  const [decisive] = keeping;
  if (!decisive) throw new Error('a session without a class of keeping');
  return {
    class: decisive.class,
    reason: decisive.reason,
    ...withoutAbsent({ keepUntil: decisive.keepUntil?.toISOString() }),
    holds: holds.map((row) => holdView(session, row, names)),
    mayHold: mayStaff(role, 'hold_session') && !session.erased,
  };
}

function holdView({ vault }: OpenSession, row: HoldRow, names: ReadonlyMap<string, string>): StaffHold {
  const words = (sealed: Buffer | null) => (sealed ? vault.openJson<string>('hold_reason', sealed) : undefined);
  return {
    id: row.id,
    at: row.placed_at.toISOString(),
    ...withoutAbsent({ who: names.get(row.placed_by), reason: words(row.reason_sealed) }),
    ...(row.lifted_at && {
      lifted: {
        at: row.lifted_at.toISOString(),
        ...withoutAbsent({ who: names.get(row.lifted_by ?? ''), reason: words(row.lift_reason_sealed) }),
      },
    }),
  };
}
