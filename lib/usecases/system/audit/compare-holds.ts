import type { AuditedSession } from '#lib/db/audited-sessions.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import { jsonIn, jsonOf } from './open-or-not.ts';
import { isBetween, type Report, reportValues } from './report.ts';
import type { ToldEvent } from './told.ts';

/** Holds against the events that placed and lifted them. Their words go with an erased session; `vault` is absent then. */
export function compareHolds(
  { holds }: AuditedSession,
  vault: SessionVault | undefined,
  told: readonly ToldEvent[],
  report: Report,
): void {
  const eventOf = (type: string, id: string) => told.find((event) => event.type === type && event.data.hold === id);
  for (const hold of holds) {
    const placed = eventOf('hold_placed', hold.id);
    if (placed) compareHold(hold, { placed, lifted: eventOf('hold_lifted', hold.id) }, vault, report);
    else report('row_without_event', 'legal_holds', undefined, `hold ${hold.id}`);
  }
  for (const { type, data } of told)
    if (type === 'hold_placed' && !holds.some(({ id }) => id === data.hold))
      report('row_missing', 'legal_holds', undefined, `hold ${data.hold}`);
}

type Told = { placed: ToldEvent; lifted: ToldEvent | undefined };

function compareHold(
  hold: AuditedSession['holds'][number],
  { placed, lifted }: Told,
  vault: SessionVault | undefined,
  report: Report,
): void {
  const place = `hold ${hold.id}`;
  const { placed_by, placed_at, reason_sealed, lifted_by, lifted_at, lift_reason_sealed } = hold;
  reportValues(
    report,
    'legal_holds',
    {
      placed_by: [placed_by, placed.actorId],
      lifted_by: [lifted_by, lifted?.actorId],
      ...(vault && {
        reason_sealed: [jsonIn(vault, 'hold_reason', reason_sealed), jsonOf(placed.private.words)],
        lift_reason_sealed: [jsonIn(vault, 'hold_reason', lift_reason_sealed), jsonOf(lifted?.private.words)],
      }),
    },
    place,
  );
  if (!isAt(placed_at, placed)) report('value_altered', 'legal_holds', 'placed_at', place);
  if (!isAt(lifted_at, lifted)) report('value_altered', 'legal_holds', 'lifted_at', place);
}

function isAt(at: Date | null, event: ToldEvent | undefined): boolean {
  return at && event ? isBetween(at, event.occurredAt, event.occurredAt) : !at && !event;
}
