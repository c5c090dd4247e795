import { isLive, type SessionStatus } from './session-state.ts';

/**
 * Which page of the signer's journey a session allows, as one table. A person at another address is sent (303) to the page that fits;
 * nobody meets an error for having pressed Back.
 */
export const signerPages = ['read', 'details', 'review', 'receipt', 'closed'] as const;
export type SignerPage = (typeof signerPages)[number];

/** The steps a person counts, in order; `closed` and `receipt` are ends, not steps. */
export const countedSteps = ['read', 'details', 'review', 'receipt'] as const satisfies readonly SignerPage[];

type Where = { status: SessionStatus; detailsComplete: boolean };

const pagesWhile = {
  PENDING: ['read'],
  IN_PROGRESS: ['read', 'details', 'review'],
  COMPLETED: ['receipt'],
  FAILED: ['closed'],
  EXPIRED: ['closed'],
  CANCELLED: ['closed'],
} as const satisfies Record<SessionStatus, readonly SignerPage[]>;

/** True when the page may be shown. The review asks for complete details first. */
export function canVisit(page: SignerPage, where: Where): boolean {
  if (page === 'review' && !where.detailsComplete) return false;
  return (pagesWhile[where.status] as readonly SignerPage[]).includes(page);
}

/** The page to show when `wanted` is asked for: itself when allowed, otherwise the furthest one that is. */
export function pageFor(wanted: SignerPage, where: Where): SignerPage {
  return canVisit(wanted, where) ? wanted : currentPage(where);
}

/** Where a person who resumes belongs, on any device. */
export function currentPage({ status, detailsComplete }: Where): SignerPage {
  if (status === 'PENDING') return 'read';
  if (status === 'IN_PROGRESS') return detailsComplete ? 'review' : 'details';
  return isLive(status) ? 'read' : (pagesWhile[status][0] as SignerPage);
}
