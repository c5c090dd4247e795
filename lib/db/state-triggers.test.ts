import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canMoveDelivery, type DeliveryStatus, deliveryStatuses } from '#lib/domain/delivery-state.ts';
import { isLive, type SessionStatus, sessionStatuses, transitions } from '#lib/domain/session-state.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';

/** The tables of lib/domain and the triggers of the migrations are two copies of one law; every pair is driven through both. */

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

/** SQLSTATE by which the triggers refuse; a CHECK that only happened to be in the way has another. */
const refusedByTrigger = '23000';

async function outcomeOf(statement: Promise<unknown>): Promise<string> {
  return statement.then(
    () => 'allowed',
    (error: { code?: string; message: string }) => (error.code === refusedByTrigger ? 'refused' : error.message),
  );
}

const columnsOf: Record<SessionStatus, Record<string, string>> = {
  PENDING: {},
  IN_PROGRESS: { started_at: 'aceite_now()' },
  COMPLETED: { started_at: 'aceite_now()', closed_at: 'aceite_now()', receipt_code: 'gen_random_uuid()::text' },
  FAILED: { closed_at: 'aceite_now()', failure_reason: "'signer_declined'" },
  EXPIRED: { closed_at: 'aceite_now()' },
  CANCELLED: { closed_at: 'aceite_now()', cancelled_by: "'staff'" },
};
const clear = {
  started_at: 'NULL',
  closed_at: 'NULL',
  failure_reason: 'NULL',
  cancelled_by: 'NULL',
  receipt_code: 'NULL',
};

async function sessionIn(status: SessionStatus): Promise<string> {
  const set = { ...clear, ...columnsOf[status] };
  const [row] = await portal.asOwner<{ id: string }>(
    `INSERT INTO signing_sessions (workspace_id, order_id, debt_key, provider, language, expires_at, link_sha256, contract_sha256,
       contract_bytes, merchant_legal_name, lender_legal_name, status, ${Object.keys(set)})
     VALUES ($1, 'o', gen_random_uuid(), 'opt-in', 'en', aceite_now() + interval '1 day', sha256(gen_random_uuid()::text::bytea),
       sha256('x'), 1, 'Loja', 'Credor', $2, ${Object.values(set)}) RETURNING id`,
    [portal.merchant.workspaceId, status],
  );
  return row?.id ?? '';
}

async function deliveryIn(status: DeliveryStatus): Promise<string> {
  const id = await sessionIn('COMPLETED');
  await portal.asOwner(
    `INSERT INTO deliveries (session_id, workspace_id, debt_key, body_sealed, body_sha256, status, lease_until, next_attempt_at,
       delivered_at, delivered_by)
     SELECT id, workspace_id, debt_key, 'x', sha256('x'), $2, aceite_now(), ${deliveryColumns(status)}
     FROM signing_sessions WHERE id = $1`,
    [id, status],
  );
  return id;
}

/** next_attempt_at, delivered_at, delivered_by as the status demands them. */
function deliveryColumns(status: DeliveryStatus): string {
  const rests = ['DELIVERED', 'REJECTED', 'PAUSED'].includes(status);
  return `${rests ? 'NULL' : 'aceite_now()'}, ${status === 'DELIVERED' ? "aceite_now(), 'reply'" : 'NULL, NULL'}`;
}

describe('sessions', () => {
  const rules = Object.values(transitions) as { from: readonly SessionStatus[]; to: SessionStatus }[];
  const pairs = sessionStatuses.flatMap((from) => sessionStatuses.map((to) => ({ from, to })));

  test.each(pairs)('SQL and table agree about $from to $to', async ({ from, to }) => {
    const id = await sessionIn(from);
    const set = Object.entries({ ...clear, ...columnsOf[to] }).map(([column, value]) => `${column} = ${value}`);
    const outcome = await outcomeOf(
      portal.asOwner(`UPDATE signing_sessions SET status = $2, ${set} WHERE id = $1`, [id, to]),
    );
    // The same status again is no move: a live session's other columns change, a final one's never do.
    const isLegal = from === to ? isLive(from) : rules.some((rule) => rule.to === to && rule.from.includes(from));
    expect(outcome).toBe(isLegal ? 'allowed' : 'refused');
  });

  test.each([
    'order_id',
    'debt_key',
    'language',
    'expires_at',
    'return_url',
    'signing_deadline',
    'final_due_date',
    'contract_sha256',
    'contract_bytes',
    'contract_language',
    'metadata_sealed',
    'merchant_legal_name',
    'lender_legal_name',
    'created_at',
    'workspace_id',
  ])('what a session is about does not change: %s', async (column) => {
    const id = await sessionIn('PENDING');
    const values: Record<string, string> = {
      language: "'es'",
      expires_at: "expires_at + interval '1 second'",
      signing_deadline: 'aceite_now()',
      final_due_date: "'2030-01-01'",
      contract_sha256: "sha256('other')",
      contract_bytes: '2',
      metadata_sealed: "'other'",
      created_at: "created_at - interval '1 second'",
      workspace_id: `'${portal.stranger.workspaceId}'`,
    };
    const change = `UPDATE signing_sessions SET ${column} = ${values[column] ?? "'other'"} WHERE id = $1`;
    expect(await outcomeOf(portal.asOwner(change, [id]))).toBe('refused');
  });

  test.each(sessionStatuses)('none is deleted, not even %s', async (status) => {
    const id = await sessionIn(status);
    expect(await outcomeOf(portal.asOwner('DELETE FROM signing_sessions WHERE id = $1', [id]))).toBe('refused');
  });
});

describe('deliveries', () => {
  const pairs = deliveryStatuses.flatMap((from) => deliveryStatuses.map((to) => ({ from, to })));

  test.each(pairs)('SQL and table agree about $from to $to', async ({ from, to }) => {
    const id = await deliveryIn(from);
    const change = `UPDATE deliveries SET status = $2, lease_until = aceite_now(),
      (next_attempt_at, delivered_at, delivered_by) = ROW(${deliveryColumns(to)}) WHERE session_id = $1`;
    const outcome = await outcomeOf(portal.asOwner(change, [id, to]));
    // The same status again is no move, but what the lender has is at its end.
    const isLegal = from === to ? from !== 'DELIVERED' : canMoveDelivery(from, to);
    expect(outcome).toBe(isLegal ? 'allowed' : 'refused');
  });

  test.each([
    ['body_sealed', "'y'"],
    ['body_sha256', "sha256('y')"],
    ['debt_key', "'other'"],
  ])('the bytes are made once: %s stays', async (column, value) => {
    const id = await deliveryIn('QUEUED');
    const change = `UPDATE deliveries SET ${column} = ${value} WHERE session_id = $1`;
    expect(await outcomeOf(portal.asOwner(change, [id]))).toBe('refused');
  });

  test('none is deleted', async () => {
    const id = await deliveryIn('REJECTED');
    expect(await outcomeOf(portal.asOwner('DELETE FROM deliveries WHERE session_id = $1', [id]))).toBe('refused');
  });
});
