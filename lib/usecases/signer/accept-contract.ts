import { randomBytes } from 'node:crypto';
import type { Tx } from '#lib/db/database.ts';
import { writeAcceptance } from '#lib/db/new-acceptance.ts';
import type { SignerPageRow } from '#lib/db/sessions.ts';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { receiptCodeFromBytes, receiptCodeRandomBytes } from '#lib/domain/receipt-code.ts';
import { type DetailField, hasAllDetails, type KeptDetail } from '#lib/domain/signer-detail.ts';
import { acceptanceRecord } from '#lib/evidence/acceptance-record.ts';
import { partName } from '#lib/evidence/parts.ts';
import type { Lender } from '#lib/providers/lender.ts';
import type { AcceptForm } from '#lib/schema/accept-form.ts';
import type { SignerActor, UseCaseContext } from '#lib/usecases/context.ts';
import { eventOf } from '#lib/usecases/events.ts';
import { lenderAccessOf } from '#lib/usecases/lender-access.ts';
import type { OpenSession } from '#lib/usecases/open-session.ts';
import { sha256 } from '#lib/vault/keyring.ts';
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
    const { details } = session;
    if (!hasAllDetails(details)) return { kind: 'go', page: 'details' };
    if (!ctx.acceptsPrivateClients && !isAddressEvidence(signer))
      return { kind: 'refused', code: 'client_address_untrusted' };
    const offer = readOffer(ctx, session, form.offer);
    const fault = faultOf(form, offer, session);
    if (fault || !offer.ok) {
      await keepDraft(tx, session, fault ?? {});
      return { kind: 'go', page: 'review' };
    }
    return complete(ctx, tx, { signer, session, details, row, form, offer });
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
  details: Record<DetailField, KeptDetail>;
  row: SignerPageRow;
  form: AcceptForm;
  offer: Extract<ReadOffer, { ok: true }>;
};

async function complete(
  ctx: UseCaseContext,
  tx: Tx,
  { signer, session, details, row, form, offer }: Accepting,
): Promise<ActResult> {
  const { place, vault } = session;
  const receiptCode = receiptCodeFromBytes(randomBytes(receiptCodeRandomBytes));
  // The database's clock, read under the lock; the write looks at it once more.
  const acceptedAt = row.now;
  const { lender } = await lenderAccessOf(ctx, tx, place.workspaceId);
  const body = lenderBody(lender, { signer, session, details, row }, acceptedAt);
  const record = acceptanceRecord({
    presentation: presented(session),
    offer,
    browserReport: browserReportOf(form),
    acceptedAt,
    receiptCode,
    request: signer.request,
    details,
    detailsVersion: row.details_version,
    software: { build: ctx.buildId, ...ctx.software },
  });
  const recordBytes = Buffer.from(canonicalJson(record));
  const contractSha256 = row.contract_sha256.toString('hex');
  const browserSha256 = sha256(signer.browserId);
  const data = {
    contractSha256,
    detailsVersion: row.details_version,
    offerId: offer.id,
    browserSha256: browserSha256.toString('hex'),
  };
  const parts = { [partName.acceptance]: recordBytes, [partName.lenderRequest()]: body };
  const isWritten = await writeAcceptance(tx, {
    ...place,
    acceptedAt,
    receiptCode,
    detailsVersion: row.details_version,
    offerId: offer.id,
    browserSha256,
    recordSealed: vault.seal('acceptance_record', recordBytes),
    recordSha256: sha256(recordBytes),
    bodySealed: vault.seal('lender_body', body),
    bodySha256: sha256(body),
    event: eventOf(session, { type: 'accepted', actor: 'signer', request: signer.request, data, parts }),
  });
  // Locked and checked a moment ago: only the clock can have said no in between.
  return { kind: 'go', page: isWritten ? 'receipt' : 'closed' };
}

type Signed = Pick<Accepting, 'signer' | 'session' | 'details' | 'row'>;

function lenderBody(lender: Lender, { signer, session, details, row }: Signed, acceptedAt: Date): Uint8Array {
  return lender.encode({
    signingSessionId: row.id,
    debtKey: row.debt_key,
    contractText: session.vault.open('contract_text', row.text_sealed).toString('utf8'),
    acceptedAt,
    clientIp: signer.request.ip ?? signer.request.socketPeer,
    signer: {
      name: details.name.value,
      email: details.email.value,
      document: details.identity.value,
      phone: details.phone.value,
    },
  });
}

function browserReportOf({ displayCheck, displayedSha256, viewport, pixelRatio, timeZone }: AcceptForm) {
  return { displayCheck, displayedSha256, viewport, pixelRatio, timeZone };
}
