import type { Tx } from '#lib/db/database.ts';
import { recordLapsed } from '#lib/db/session-moves.ts';
import { readErasedRow, readSignerPageRow, type SignerPageRow } from '#lib/db/sessions.ts';
import { outlineContract } from '#lib/domain/contract-outline.ts';
import { displayForm } from '#lib/domain/contract-text.ts';
import { pageFor, type SignerPage } from '#lib/domain/journey.ts';
import { isLive, shownStatus } from '#lib/domain/session-state.ts';
import { type DetailField, detailFields, hasAllDetails, isLockedDetail } from '#lib/domain/signer-detail.ts';
import type { SignerActor, UseCaseContext } from '../context.ts';
import { type OpenSession, openSession } from '../open-session.ts';
import { closedView, erasedView } from './closed-view.ts';
import { type Draft, readDraft } from './draft.ts';
import type { DetailView, JourneyAnswer, JourneyView } from './journey-view.ts';
import { makeOffer, presented } from './offer.ts';
import { shownDetail } from './shown-detail.ts';
import { wayBack } from './way-back.ts';

/** What a page of the journey shows, read in one statement, or which page to show instead. */
export function readJourney(ctx: UseCaseContext, signer: SignerActor, wanted: SignerPage): Promise<JourneyAnswer> {
  const { workspaceId, sessionId } = signer;
  return ctx.db.transaction<JourneyAnswer>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await readSignerPageRow(tx, workspaceId, sessionId);
    if (!row) return readErased(tx, signer, wanted);
    if (row.link_issue !== signer.linkIssue) return { kind: 'unknown' };
    await recordIfLapsed(tx, row);
    const session = openSession(ctx, row);
    const status = shownStatus({ status: row.status, isExpired: row.is_expired });
    const page = pageFor(wanted, { status, detailsComplete: hasAllDetails(session.details) });
    // The closed page has the address of the reading page, so a final session answers there.
    const isHere = page === wanted || (page === 'closed' && wanted === 'read');
    if (!isHere) return { kind: 'elsewhere', page };
    if (!isLive(status)) return { kind: 'closed', view: closedView(session, row, signer) };
    return { kind: 'open', view: openView(ctx, session, row, wanted) };
  });
}

/** Of an erased session only its end can be shown. */
async function readErased(tx: Tx, signer: SignerActor, wanted: SignerPage): Promise<JourneyAnswer> {
  const row = await readErasedRow(tx, signer.workspaceId, signer.sessionId);
  if (!row || row.link_issue !== signer.linkIssue) return { kind: 'unknown' };
  const page = pageFor(wanted, { status: row.status, detailsComplete: false });
  const isHere = page === wanted || (page === 'closed' && wanted === 'read');
  return isHere ? { kind: 'closed', view: erasedView(row) } : { kind: 'elsewhere', page };
}

async function recordIfLapsed(tx: Tx, row: SignerPageRow): Promise<void> {
  if (row.is_expired && isLive(row.status)) await recordLapsed(tx, row.workspace_id, row.id);
}

function openView(ctx: UseCaseContext, session: OpenSession, row: SignerPageRow, page: SignerPage): JourneyView {
  const { facts, vault } = session;
  const displayText = displayForm(vault.open('contract_text', row.text_sealed).toString('utf8'));
  const draft = readDraft(session, row.draft_sealed);
  return {
    sessionId: row.id,
    status: row.status,
    language: row.language,
    expiresAt: row.expires_at,
    detailsComplete: hasAllDetails(session.details),
    parties: { merchant: row.merchant_legal_name, lender: row.lender_legal_name, orderId: row.order_id },
    contract: {
      title: facts.title,
      displayText,
      displaySha256: row.display_sha256.toString('hex'),
      sha256: row.contract_sha256.toString('hex'),
      byteLength: row.contract_bytes,
      segments: outlineContract(displayText),
      ...(row.contract_language !== null && { language: row.contract_language }),
    },
    summary: facts.summary,
    details: detailFields.map((field) => detailView(session, draft, field)),
    ...(page === 'review' && { offer: offerView(ctx, session, draft) }),
    wayBack: wayBack(session),
  };
}

function detailView({ details }: OpenSession, draft: Draft, field: DetailField): DetailView {
  const value = details[field]?.value;
  const typed = draft.details?.typed[field];
  const error = draft.details?.errors[field];
  return {
    field,
    isLocked: isLockedDetail(details, field),
    ...(value !== undefined && { shown: shownDetail(field, value) }),
    ...(typed !== undefined && { typed }),
    ...(error && { error }),
  };
}

function offerView(ctx: UseCaseContext, session: OpenSession, { review }: Draft): NonNullable<JourneyView['offer']> {
  const { consents, buttonLabel } = presented(session);
  return {
    token: makeOffer(ctx, session),
    buttonLabel,
    consents: consents.map(({ box, text }) => ({
      box,
      text,
      ...(review?.unticked.includes(box) && { error: 'box_not_ticked' }),
    })),
    ...(review?.refusal !== undefined && { refusal: review.refusal }),
  };
}
