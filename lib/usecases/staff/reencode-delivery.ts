import type { Tx } from '#lib/db/database.ts';
import { type DeliveryRow, readDelivery } from '#lib/db/deliveries.ts';
import { listEvents } from '#lib/db/events.ts';
import { insertReencode, listReencodes, markReencodeDecided, type ReencodeRow } from '#lib/db/lender-reencodes.ts';
import { lockDebtForCreation } from '#lib/db/new-session.ts';
import type { BodyForm } from '#lib/domain/body-form.ts';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { changedForm, mayReencode, type ReencodeDecision, type ReencodeRefusal } from '#lib/domain/reencode.ts';
import { mayStaff } from '#lib/domain/roles.ts';
import { parseStaffReason } from '#lib/domain/staff-reason.ts';
import { partName } from '#lib/evidence/parts.ts';
import type { Lender } from '#lib/providers/lender.ts';
import { reencodeDecision, reencodeForm } from '#lib/schema/reencode-form.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { StaffActor, UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { findSession } from '../find-session.ts';
import { lenderAccessOf } from '../lender-access.ts';
import { approvedOf, bodiesOf } from '../lender-bodies.ts';
import { newId } from '../new-id.ts';
import type { OpenSession } from '../open-session.ts';
import { isDebtHeld } from './retry-delivery.ts';

export type ReencodeResult = { ok: true; reencodeId: string } | { ok: false; code: ReencodeRefusal };

/**
 * Proposes to send the lender the body that it has refused in another spelling. Nobody types bytes: one of the known spellings is chosen for
 * each field that has any, and everything else of the body stays. Nothing is sent until another admin agrees.
 */
export function proposeReencode(
  ctx: UseCaseContext,
  staff: StaffActor,
  typed: { sessionId: string; form: ReadonlyMap<string, string> },
  typedReason: string,
): Promise<ReencodeResult> {
  return onDelivery(ctx, staff, typed.sessionId, typedReason, async (tx, standing, reason) => {
    const { session, row, lender, reencodes } = standing;
    const form = reencodeForm.safeParse(Object.fromEntries(typed.form));
    if (!form.success) return { ok: false, code: 'form_invalid' };
    if (!isRefusedForForm(row)) return { ok: false, code: 'not_refused_for_form' };
    const proposed = spellAnew(standing, form.data);
    if (!proposed) return { ok: false, code: 'body_differs' };
    if (Object.keys(proposed.changes).length === 0) return { ok: false, code: 'form_unchanged' };
    const bodySha256 = sha256(proposed.body);
    if (bodiesOf(row, reencodes).some(({ sha256: known }) => known.equals(bodySha256)))
      return { ok: false, code: 'form_refused_before' };
    const id = newId(row.now);
    const isFirst = await insertReencode(tx, session.place, {
      id,
      proposedBy: staff.userId,
      reasonSealed: session.vault.sealJson('reencode_reason', reason),
      rawTextSha256: sha256(lender.contractTextOf(proposed.body)),
      bodySealed: session.vault.seal('lender_body', Buffer.from(proposed.body)),
      bodySha256,
    });
    if (!isFirst) return { ok: false, code: 'proposal_open' };
    const data = { reencode: id, ...proposed.changes };
    await recordEvent(tx, session, { type: 'delivery_reencode_proposed', ...whoSaid(staff, reason), data });
    return { ok: true, reencodeId: id };
  });
}

/**
 * Ends a proposal. Whoever made it may only take it back; another admin declines it, or approves it: then the delivery is queued with the new
 * bytes, and the event commits to them.
 */
export function decideReencode(
  ctx: UseCaseContext,
  staff: StaffActor,
  typed: { sessionId: string; reencodeId: string; decision: string },
  typedReason: string,
): Promise<ReencodeResult> {
  return onDelivery(ctx, staff, typed.sessionId, typedReason, async (tx, standing, reason) => {
    const decision = reencodeDecision.safeParse(typed.decision);
    if (!decision.success) return { ok: false, code: 'form_invalid' };
    const open = standing.reencodes.find(({ id, outcome }) => id === typed.reencodeId && outcome === null);
    if (!open) return { ok: false, code: 'proposal_not_found' };
    const refusal = await refusalOf(tx, standing, { staff, open, decision: decision.data });
    if (refusal) return { ok: false, code: refusal };
    await writeDecision(tx, standing, { staff, open, decision: decision.data, reason });
    return { ok: true, reencodeId: open.id };
  });
}

type Standing = { session: OpenSession; row: DeliveryRow; lender: Lender; reencodes: ReencodeRow[] };
type Deciding = { staff: StaffActor; open: ReencodeRow; decision: ReencodeDecision };

async function refusalOf(
  tx: Tx,
  standing: Standing,
  { staff, open, decision }: Deciding,
): Promise<ReencodeRefusal | undefined> {
  const isOwn = open.proposed_by === staff.userId;
  if (decision === 'withdrawn') return isOwn ? undefined : 'proposal_of_another';
  if (isOwn) return 'proposal_own';
  if (decision === 'declined') return undefined;
  if (!isRefusedForForm(standing.row)) return 'not_refused_for_form';
  if (!(await isAsProposed(tx, standing, open))) return 'body_differs';
  return (await isDebtHeld(tx, standing.row)) ? 'debt_held_elsewhere' : undefined;
}

async function writeDecision(
  tx: Tx,
  { session, reencodes }: Standing,
  { staff, open, decision, reason }: Deciding & { reason: string },
): Promise<void> {
  const decided = {
    id: open.id,
    outcome: decision,
    decidedBy: staff.userId,
    decisionSealed: session.vault.sealJson('reencode_reason', reason),
  };
  // Under the lock of the debt nobody else can have decided since it was read.
  if (!(await markReencodeDecided(tx, session.place, decided))) throw new Error('an open re-encode was not decided');
  const part = partName.lenderRequest(approvedOf(reencodes).length + 2);
  await recordEvent(tx, session, {
    type: `delivery_reencode_${decision}`,
    ...whoSaid(staff, reason),
    data: { reencode: open.id },
    ...(decision === 'approved' && { parts: { [part]: session.vault.open('lender_body', open.body_sealed) } }),
  });
}

/** Under the lock of the debt, which whatever lets a rejected delivery go on takes first. */
async function onDelivery(
  ctx: UseCaseContext,
  { role, workspaceId }: StaffActor,
  sessionId: string,
  typedReason: string,
  work: (tx: Tx, standing: Standing, reason: string) => Promise<ReencodeResult>,
): Promise<ReencodeResult> {
  if (!mayStaff(role, 'reencode_delivery')) return { ok: false, code: 'forbidden' };
  const reason = parseStaffReason(typedReason);
  if (!reason.ok) return reason;
  return ctx.db.transaction<ReencodeResult>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const session = await findSession(ctx, tx, workspaceId, sessionId);
    if (!session) return { ok: false, code: 'signing_session_not_found' };
    await lockDebtForCreation(tx, workspaceId, session.row.debt_key);
    const row = await readDelivery(tx, workspaceId, sessionId);
    if (!row) return { ok: false, code: 'not_refused_for_form' };
    const { lender } = await lenderAccessOf(ctx, tx, workspaceId);
    return work(tx, { session, row, lender, reencodes: await listReencodes(tx, session.place) }, reason.value);
  });
}

/** Whether another spelling may be sent, as the delivery stands in its row. */
export function isRefusedForForm({ status, reason, was_ambiguous: isInDoubt }: DeliveryRow): boolean {
  return mayReencode({ status, reason, isInDoubt });
}

/** The body as it stands in another form, or undefined when what is kept is not the body that was signed. */
function spellAnew(
  { session, row, lender }: Standing,
  form: BodyForm,
): { body: Uint8Array; changes: Partial<BodyForm> } | undefined {
  try {
    const kept = session.vault.open('lender_body', row.body_sealed);
    const body = lender.respell(kept, form);
    const isSigned = sha256(kept).equals(row.body_sha256) && isTextOf(lender, kept, row) && isTextOf(lender, body, row);
    return isSigned ? { body, changes: changedForm(lender.formOf(kept), form) } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the proposed bytes are what the event of the proposal tells of: the log has it, and their row may have been given others since. */
async function isAsProposed(tx: Tx, standing: Standing, open: ReencodeRow): Promise<boolean> {
  const changes = changesOf(standing, open);
  if (!changes) return false;
  const { workspaceId, sessionId } = standing.session.place;
  const proposal = (await listEvents(tx, workspaceId, sessionId)).find(
    ({ type, data }) => type === 'delivery_reencode_proposed' && data.reencode === open.id,
  );
  return canonicalJson(proposal?.data ?? {}) === canonicalJson({ reencode: open.id, ...changes });
}

/** How the proposed bytes differ; undefined when they are not the standing ones in another form, to the byte, with the contract's very text. */
function changesOf(standing: Standing, open: ReencodeRow): Partial<BodyForm> | undefined {
  const { session, row, lender } = standing;
  try {
    const proposed = session.vault.open('lender_body', open.body_sealed);
    const anew = spellAnew(standing, lender.formOf(proposed));
    const isSo =
      anew !== undefined &&
      proposed.equals(anew.body) &&
      sha256(proposed).equals(open.body_sha256) &&
      open.replaced_sha256.equals(row.body_sha256);
    return isSo ? anew.changes : undefined;
  } catch {
    return undefined;
  }
}

function isTextOf(lender: Lender, body: Uint8Array, row: DeliveryRow): boolean {
  return sha256(lender.contractTextOf(body)).equals(row.contract_sha256);
}

function whoSaid({ userId, request }: StaffActor, words: string) {
  return { actor: 'staff' as const, actorId: userId, request, words };
}
