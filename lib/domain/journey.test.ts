import { describe, expect, test } from 'vitest';
import { canVisit, countedSteps, currentPage, pageFor, type SignerPage, signerPages } from './journey.ts';
import { type SessionStatus, sessionStatuses } from './session-state.ts';

type Row = { status: SessionStatus; detailsComplete: boolean; open: SignerPage[]; otherwise: SignerPage };

/** Which pages each situation opens, and where everybody else is sent. */
const rows: Row[] = [
  { status: 'PENDING', detailsComplete: false, open: ['read'], otherwise: 'read' },
  { status: 'PENDING', detailsComplete: true, open: ['read'], otherwise: 'read' },
  { status: 'IN_PROGRESS', detailsComplete: false, open: ['read', 'details'], otherwise: 'details' },
  { status: 'IN_PROGRESS', detailsComplete: true, open: ['read', 'details', 'review'], otherwise: 'review' },
  ...(['FAILED', 'EXPIRED', 'CANCELLED'] as const).flatMap((status) =>
    [false, true].map((detailsComplete): Row => ({ status, detailsComplete, open: ['closed'], otherwise: 'closed' })),
  ),
  { status: 'COMPLETED', detailsComplete: false, open: ['receipt'], otherwise: 'receipt' },
  { status: 'COMPLETED', detailsComplete: true, open: ['receipt'], otherwise: 'receipt' },
];

describe.each(rows)('$status, details complete: $detailsComplete', ({ open, otherwise, ...where }) => {
  test.each(signerPages)('%s', (page) => {
    const isOpen = open.includes(page);
    expect(canVisit(page, where)).toBe(isOpen);
    expect(pageFor(page, where)).toBe(isOpen ? page : otherwise);
  });

  test('whoever resumes stands on a page that is open', () => {
    expect(currentPage(where)).toBe(otherwise);
    expect(canVisit(currentPage(where), where)).toBe(true);
  });
});

test('the table above has every situation', () => {
  expect(rows).toHaveLength(sessionStatuses.length * 2);
});

test('a person counts only steps that lead forward', () => {
  expect(countedSteps).toEqual(['read', 'details', 'review', 'receipt']);
});
