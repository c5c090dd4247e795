import type { ErasedRow, SignerPageRow } from '#lib/db/sessions.ts';
import { maskEmail } from '#lib/domain/email.ts';
import { maskIdentity } from '#lib/domain/identity.ts';
import { type Objection, type Objector, objectionsFrom } from '#lib/domain/objection.ts';
import { maskName } from '#lib/domain/person-name.ts';
import { maskPhone } from '#lib/domain/phone.ts';
import { shownStatus } from '#lib/domain/session-state.ts';
import { type DetailField, detailFields } from '#lib/domain/signer-detail.ts';
import type { SignerActor } from '../context.ts';
import { type OpenSession, skeletonOf } from '../open-session.ts';
import type { ClosedView, ObjectionView, ReceiptView } from './journey-view.ts';
import { objectionReceivedAt } from './object-to-contract.ts';
import { objectorOf } from './own-session.ts';
import { shownDetail } from './shown-detail.ts';
import { wayBack } from './way-back.ts';

/** For so long another holder of the link sees the masked receipt; afterwards only that and when it was signed. */
const maskedReceiptMs = 30 * 24 * 60 * 60 * 1000;

const masks = { name: maskName, email: maskEmail, identity: maskIdentity, phone: maskPhone } satisfies Record<
  DetailField,
  (value: string) => string
>;

/** A final session's page: what happened, without personal data but on the receipt of the browser that accepted. */
export function closedView(session: OpenSession, row: SignerPageRow, signer: SignerActor): ClosedView {
  const status = shownStatus({ status: row.status, isExpired: row.is_expired });
  if (status === 'PENDING' || status === 'IN_PROGRESS') throw new Error('an open session has no closing page');
  return {
    sessionId: row.id,
    status,
    language: row.language,
    closedAt: row.closed_at ?? row.expires_at,
    parties: { merchant: row.merchant_legal_name, lender: row.lender_legal_name, orderId: row.order_id },
    wayBack: wayBack(session),
    ...(row.failure_reason && { failureReason: row.failure_reason }),
    ...(row.cancelled_by && { cancelledBy: row.cancelled_by }),
    ...(status === 'COMPLETED' && { receipt: receiptView(session, row, signer) }),
  };
}

/** The page of a session that was erased: how and when it ended, and nothing of the text or the person. */
export function erasedView(row: ErasedRow): ClosedView {
  const closedAt = row.closed_at ?? row.expires_at;
  return {
    sessionId: row.id,
    status: row.status,
    language: row.language,
    closedAt,
    parties: { merchant: row.merchant_legal_name, lender: row.lender_legal_name, orderId: row.order_id },
    wayBack: wayBack(skeletonOf(row)),
    erasedAt: row.erased_at,
    ...(row.failure_reason && { failureReason: row.failure_reason }),
    ...(row.cancelled_by && { cancelledBy: row.cancelled_by }),
    ...(row.status === 'COMPLETED' && { receipt: { shows: 'bare', acceptedAt: closedAt, objections: [] } }),
  };
}

function receiptView(session: OpenSession, row: SignerPageRow, signer: SignerActor): ReceiptView {
  const acceptedAt = row.closed_at ?? row.now;
  const objector = objectorOf(row, signer);
  const isEarly = row.now.getTime() - acceptedAt.getTime() < maskedReceiptMs;
  const shows = objector === 'accepter' ? 'full' : isEarly ? 'masked' : 'bare';
  const said = objectionsFrom(objector).map((act) => objectionView(row, act, objector));
  if (shows === 'bare') return { shows, acceptedAt, objections: said };
  const details = detailFields.map((field) => {
    const value = session.details[field]?.value ?? '';
    return { field, shown: shows === 'full' ? shownDetail(field, value) : masks[field](value) };
  });
  return {
    shows,
    acceptedAt,
    isProved: row.is_proved,
    receiptCode: row.receipt_code ?? '',
    contractTitle: session.facts.title,
    contractSha256: row.contract_sha256.toString('hex'),
    details,
    objections: said,
  };
}

function objectionView(row: SignerPageRow, act: Objection, from: Objector): ObjectionView {
  const receivedAt = objectionReceivedAt(row, act, from);
  return { act, ...(receivedAt && { receivedAt }) };
}
