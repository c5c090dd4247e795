import type { AuditedSession } from '#lib/db/audited-sessions.ts';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { changedSpelling } from '#lib/evidence/verify/spelled-body.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import { approvedOf, bodiesOf } from '../../lender-bodies.ts';
import { bytesIn } from '../../sealed-bytes.ts';
import { jsonIn, jsonOf } from './open-or-not.ts';
import { isBetween, type Report, reportValues } from './report.ts';
import type { ToldEvent } from './told.ts';

const proposed = 'delivery_reencode_proposed';
const decided = ['delivery_reencode_approved', 'delivery_reencode_declined', 'delivery_reencode_withdrawn'];

/** Other spellings of a lender's body against the events that proposed and decided them, and each body against the one that it replaced. */
export function compareReencodes(
  audited: AuditedSession,
  vault: SessionVault,
  told: readonly ToldEvent[],
  report: Report,
): void {
  const eventOf = (types: readonly string[], id: unknown) =>
    told.find(({ type, data }) => types.includes(type) && data.reencode === id);
  for (const row of audited.reencodes) {
    const [proposal, decision] = [eventOf([proposed], row.id), eventOf(decided, row.id)];
    if (proposal) compareReencode(audited, row, { proposal, decision }, vault, report);
    else report('row_without_event', 'lender_reencodes', undefined, placeOf(row.id));
  }
  for (const { type, data } of told)
    if (type === proposed && !audited.reencodes.some(({ id }) => id === data.reencode))
      report('row_missing', 'lender_reencodes', undefined, placeOf(String(data.reencode)));
  compareSuccession(audited, report);
}

const placeOf = (id: string) => `re-encode ${id}`;

type Row = AuditedSession['reencodes'][number];
type Told = { proposal: ToldEvent; decision: ToldEvent | undefined };

function compareReencode(
  { session }: AuditedSession,
  row: Row,
  { proposal, decision }: Told,
  vault: SessionVault,
  report: Report,
): void {
  const place = placeOf(row.id);
  const replaced = bytesIn(vault, 'lender_body', row.replaced_sealed);
  const body = bytesIn(vault, 'lender_body', row.body_sealed);
  reportValues(
    report,
    'lender_reencodes',
    {
      proposed_by: [row.proposed_by, proposal.actorId],
      reason_sealed: [jsonIn(vault, 'reencode_reason', row.reason_sealed), jsonOf(proposal.private.words)],
      raw_text_sha256: [row.raw_text_sha256, session.contract_sha256],
      replaced_sha256: [row.replaced_sha256, replaced && sha256(replaced)],
      body_sha256: [row.body_sha256, body && sha256(body)],
      outcome: [row.outcome, decision?.type.replace('delivery_reencode_', '')],
      decided_by: [row.decided_by, decision?.actorId],
      decision_sealed: [jsonIn(vault, 'reencode_reason', row.decision_sealed), jsonOf(decision?.private.words)],
    },
    place,
  );
  if (replaced && body && !isSpelledAsTold(replaced, body, proposal))
    report('value_altered', 'lender_reencodes', 'body_sealed', place);
  if (!isAt(row.proposed_at, proposal)) report('value_altered', 'lender_reencodes', 'proposed_at', place);
  if (!isAt(row.decided_at, decision)) report('value_altered', 'lender_reencodes', 'decided_at', place);
}

/** Whether the body is the one that it replaces in another form, to the byte, and in the one of which the proposal speaks. */
function isSpelledAsTold(replaced: Buffer, body: Buffer, { data }: ToldEvent): boolean {
  const changes = changedSpelling(replaced, body);
  const { reencode, ...told } = data;
  return changes !== undefined && canonicalJson(told) === canonicalJson(changes);
}

/** Each body took the place of the one before it, and the last is the one that the outbox has. */
function compareSuccession({ delivery, reencodes }: AuditedSession, report: Report): void {
  if (!delivery?.body_sealed || !delivery.body_sha256) return;
  const { body_sealed, body_sha256 } = delivery;
  const bodies = bodiesOf({ body_sealed, body_sha256 }, reencodes);
  for (const [index, row] of approvedOf(reencodes).entries()) {
    const next = bodies[index + 1];
    const values = {
      body_sealed: [row.body_sealed, next?.sealed],
      body_sha256: [row.body_sha256, next?.sha256],
    } as const;
    for (const [column, [is, mustBe]] of Object.entries(values))
      if (!mustBe || !is.equals(mustBe)) report('value_altered', 'lender_reencodes', column, placeOf(row.id));
  }
}

function isAt(at: Date | null, event: ToldEvent | undefined): boolean {
  return at && event ? isBetween(at, event.occurredAt, event.occurredAt) : !at && !event;
}
