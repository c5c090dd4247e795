import { Badge, type Tone } from '#components/ui/badge.tsx';
import { dashboardCopy } from '#lib/copy/dashboard.ts';
import { deliveryCopy } from '#lib/copy/dashboard-delivery.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import type { SessionStatus } from '#lib/domain/session-state.ts';

/** A new state does not compile until somebody has chosen how it looks. */
const statusTones: Record<SessionStatus, Tone> = {
  PENDING: 'neutral',
  IN_PROGRESS: 'info',
  COMPLETED: 'success',
  FAILED: 'danger',
  EXPIRED: 'neutral',
  CANCELLED: 'neutral',
};

const deliveryTones: Record<DeliveryStatus, Tone> = {
  QUEUED: 'info',
  SENDING: 'info',
  RETRY_WAIT: 'warning',
  AMBIGUOUS: 'warning',
  DELIVERED: 'success',
  REJECTED: 'danger',
  PAUSED: 'danger',
  NEEDS_ATTENTION: 'danger',
};

export function StatusBadge({ status, language }: { status: SessionStatus; language: StaffLanguage }) {
  return <Badge tone={statusTones[status]}>{dashboardCopy[language].status[status]}</Badge>;
}

/** What the lender has of it: a second badge, never a seventh status. */
export function DeliveryBadge({ status, language }: { status: DeliveryStatus; language: StaffLanguage }) {
  return <Badge tone={deliveryTones[status]}>{dashboardCopy[language].delivery[status]}</Badge>;
}

/** Beside a delivery that deserves a look; nothing without an alarm. */
export function AlarmBadge({ alarms, language }: { alarms: readonly string[] | undefined; language: StaffLanguage }) {
  return alarms !== undefined && <Badge tone="danger">{deliveryCopy[language].alarm}</Badge>;
}
