import { maskEmail } from '#lib/domain/email.ts';
import { maskIdentity } from '#lib/domain/identity.ts';
import { maskName } from '#lib/domain/person-name.ts';
import { maskPhone } from '#lib/domain/phone.ts';
import { shownStatus } from '#lib/domain/session-state.ts';
import { type DetailField, detailFields } from '#lib/domain/signer-detail.ts';
import type { StaffSessionItem } from '#lib/schema/staff-session.ts';
import type { OpenSession } from '../open-session.ts';

const masks = { name: maskName, email: maskEmail, identity: maskIdentity, phone: maskPhone } satisfies Record<
  DetailField,
  (value: string) => string
>;

export function maskDetail(field: DetailField, value: string): string {
  return masks[field](value);
}

/** A session as a list shows it to staff: personal data masked for every role. */
export function sessionItem({ row, details, erased }: OpenSession): StaffSessionItem {
  const person: StaffSessionItem['person'] = {};
  for (const field of detailFields) {
    const value = details[field]?.value;
    if (value !== undefined) person[field] = maskDetail(field, value);
  }
  return {
    id: row.id,
    status: shownStatus({ status: row.status, isExpired: row.is_expired }),
    orderId: row.order_id,
    debtKey: row.debt_key,
    person,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    ...(row.closed_at && { closedAt: row.closed_at.toISOString() }),
    ...(row.receipt_code !== null && { receiptCode: row.receipt_code }),
    ...(row.delivery_status && { deliveryStatus: row.delivery_status }),
    ...(hasOpenAlarms(row) && { alarms: row.delivery_alarms ?? [] }),
    ...(erased && { erased: { ...erased, at: erased.at.toISOString() } }),
  };
}

/** Of what has arrived, or will never be taken, an alarm is history. */
function hasOpenAlarms({ delivery_status, delivery_alarms }: OpenSession['row']): boolean {
  const isOver = delivery_status === 'DELIVERED' || delivery_status === 'REJECTED';
  return !isOver && (delivery_alarms?.length ?? 0) > 0;
}
