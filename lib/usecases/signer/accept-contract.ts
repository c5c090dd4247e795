import { randomBytes } from 'node:crypto';
import { insertAcceptance } from '../../db/acceptances.ts';
import type { Tx } from '../../db/database.ts';
import { insertDelivery } from '../../db/deliveries.ts';
import { moveToCompleted } from '../../db/session-moves.ts';
import type { SignerPageRow } from '../../db/sessions.ts';
import { deleteDraft } from '../../db/signer-details.ts';
import { receiptCodeFromBytes, receiptCodeRandomBytes } from '../../domain/receipt-code.ts';
import { hasAllDetails } from '../../domain/signer-detail.ts';
import { acceptanceRecord } from '../../evidence/acceptance-record.ts';
import type { AcceptForm } from '../../schema/accept-form.ts';
import { sha256 } from '../../vault/keyring.ts';
import type { SignerActor, UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import type { OpenSession } from '../open-session.ts';
import { type ActResult, actOnSession } from './act.ts';
import { type Draft, keepDraft } from './draft.ts';
import { presented, type ReadOffer, readOffer } from './offer.ts';

/**
 * The signer's act. In one transaction: the session becomes COMPLETED, the acceptance is written once, and the lender's body is made
 * as bytes into the outbox. Again, from a double tap or a lost answer, it leads to the same receipt; anything missing or stale
 * leads back to the review, which says why and that nothing was signed.
 */
export function acceptContract(ctx: UseCaseContext, signer: SignerActor, form: AcceptForm): Promise<ActResult> {
  return actOnSession(ctx, signer, 'accept', async (tx, session, row) => {
    if (row.status === 'PENDING') return { kind: 'go', page: 'read' };
    if (!hasAllDetails(session.details)) return { kind: 'go', page: 'details' };
    if (!ctx.acceptsPrivateClients && !isAddressEvidence(signer))
      return { kind: 'refused', code: 'client_address_untrusted' };
    const offer = readOffer(ctx, session, form.offer);
    const fault = faultOf(form, offer, session);
    if (fault || !offer.ok) {
      await keepDraft(tx, session, fault ?? {});
      return { kind: 'go', page: 'review' };
    }
    return complete(ctx, tx, { signer, session, row, form, offer });
  });
}

function isAddressEvidence({ request }: SignerActor): boolean {
  return request.ip !== undefined && request.isPublicAddress && request.ipTrust !== 'untrusted';
}

function faultOf(form: AcceptForm, offer: ReadOffer, { row }: OpenSession): Draft | undefined {
  if (!offer.ok) return { review: { unticked: [], refusal: offer.refusal } };
  const wasAltered = form.displayedSha256 !== undefined && form.displayedSha256 !== row.display_sha256.toString('hex');
  if (form.displayCheck === 'mismatch' || wasAltered) return { review: { unticked: [], refusal: 'display_altered' } };
  const unticked = (['agreeContract', 'agreeMethod'] as const).filter((box) => form[box] !== 'yes');
  return unticked.length > 0 ? { review: { unticked } } : undefined;
}

type Accepting = {
  signer: SignerActor;
  session: OpenSession;
  row: SignerPageRow;
  form: AcceptForm;
  offer: Extract<ReadOffer, { ok: true }>;
};

async function complete(
  ctx: UseCaseContext,
  tx: Tx,
  { signer, session, row, form, offer }: Accepting,
): Promise<ActResult> {
  const { place, vault, details } = session;
  if (!hasAllDetails(details)) throw new Error('an acceptance without all details');
  const receiptCode = receiptCodeFromBytes(randomBytes(receiptCodeRandomBytes));
  const acceptedAt = await moveToCompleted(tx, place.workspaceId, place.sessionId, {
    receiptCode,
    detailsVersion: row.details_version,
  });
  // Locked and checked a moment ago: only the clock can have said no in between.
  if (!acceptedAt) return { kind: 'go', page: 'closed' };

  const contractText = vault.open('contract_text', row.text_sealed).toString('utf8');
  const body = ctx.lender.encode({
    signingSessionId: place.sessionId,
    debtKey: row.debt_key,
    contractText,
    acceptedAt,
    clientIp: signer.request.ip ?? signer.request.socketPeer,
    signer: {
      name: details.name.value,
      email: details.email.value,
      document: details.identity.value,
      phone: details.phone.value,
    },
  });
  const record = Buffer.from(
    JSON.stringify(
      acceptanceRecord({
        presentation: presented(session),
        offer,
        browserReport: browserReportOf(form),
        acceptedAt,
        receiptCode,
        request: signer.request,
        details,
        detailsVersion: row.details_version,
      }),
    ),
  );
  // Independent of each other: sent together, answered in order, all or nothing at the commit.
  await Promise.all([
    insertAcceptance(tx, {
      ...place,
      acceptedAt,
      receiptCode,
      detailsVersion: row.details_version,
      offerId: offer.id,
      browserSha256: sha256(signer.browserId),
      recordSealed: vault.seal('acceptance_record', record),
      recordSha256: sha256(record),
    }),
    insertDelivery(tx, {
      ...place,
      debtKey: row.debt_key,
      bodySealed: vault.seal('lender_body', body),
      bodySha256: sha256(body),
    }),
    recordEvent(tx, session, {
      type: 'accepted',
      actor: 'signer',
      request: signer.request,
      data: {
        contractSha256: row.contract_sha256.toString('hex'),
        detailsVersion: row.details_version,
        offerId: offer.id,
      },
    }),
    deleteDraft(tx, place),
  ]);
  return { kind: 'go', page: 'receipt' };
}

function browserReportOf({ displayCheck, displayedSha256, viewport, pixelRatio, timeZone }: AcceptForm) {
  return { displayCheck, displayedSha256, viewport, pixelRatio, timeZone };
}
