import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readForAudit } from '#lib/db/audited-rows.ts';
import type { StaffRole } from '#lib/domain/roles.ts';
import { claimNext } from '#lib/outbox/claim.ts';
import { deliveryCalls } from '#lib/schema/delivery-calls.ts';
import { acceptedSession, createdSession, deliverToRest, deliveryOf, maria, nextStep } from '#lib/testing/journey.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { refusal, type ScriptedLender, type ScriptedReply, startScriptedLender } from '#lib/testing/scripted-lender.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { StaffActor } from '../context.ts';
import { auditSession } from '../system/audit/audit-session.ts';
import { openDeliveryCalls, readDeliveryCalls } from './delivery-calls.ts';
import { refreshStaffSession } from './refresh-session.ts';
import { retryDelivery, sendDeliveryNow } from './retry-delivery.ts';

let lender: ScriptedLender;
let portal: TestPortal;
beforeAll(async () => {
  lender = await startScriptedLender();
  portal = await startTestPortal({ lenderAt: lender.url });
  await portal.asOwner(
    `INSERT INTO staff_user (id, name, email, "createdAt", "updatedAt")
     VALUES ('ana', 'Ana Exemplo', 'ana@loja-exemplo.test', aceite_now(), aceite_now())`,
  );
  await portal.asOwner("INSERT INTO staff_members (user_id, workspace_id, role) VALUES ('ana', $1, 'operator')", [
    portal.merchant.workspaceId,
  ]);
});
afterEach(() => {
  lender.received.length = 0;
  lender.questionsAsked = 0;
});
afterAll(async () => {
  await portal.end();
  await lender.stop();
});

const refused: ScriptedReply = { status: 401, json: {} };
const limited: ScriptedReply = { status: 429, json: {} };

function staffAs(role: StaffRole): StaffActor {
  return { userId: 'ana', workspaceId: portal.merchant.workspaceId, role, request: requestFrom('203.0.113.9') };
}

/** A session whose delivery came to rest, or to its next wait, under this answer of the lender's. */
async function answered(reply: ScriptedReply) {
  lender.script = { submissions: [reply], questions: [] };
  const { session } = await acceptedSession(portal);
  const { status } = await nextStep(portal, session.signingSessionId);
  const { debtKey, signingSessionId: id } = session;
  const takes = () => {
    lender.script.submissions = [{ status: 200, json: { key: debtKey, status: 'signature_received' } }];
  };
  return { id, debtKey, status, takes };
}

/** What an audit says against this session's rows. */
function findingsOf(id: string): Promise<unknown[]> {
  return readForAudit(portal.ownerUrl, async (rows) => {
    for await (const audited of rows.sessions())
      if (audited.session.id === id) return auditSession(audited, portal.ctx.keys);
    throw new Error('the audit did not see the session');
  });
}

describe('a retry by staff', () => {
  test.each<[string, ScriptedReply]>([
    ['REJECTED', refusal('LEG000069')],
    ['PAUSED', refused],
  ])('of a %s delivery sends the same bytes again, and the lender has them once', async (status, reply) => {
    const { id, status: stands, takes } = await answered(reply);
    expect(stands).toBe(status);
    takes();
    expect(await retryDelivery(portal.ctx, staffAs('operator'), id, ' Credor corrigiu ')).toEqual({ ok: true });
    expect(await deliveryOf(portal, id)).toMatchObject({ status: 'QUEUED', reason: null });
    expect(await deliverToRest(portal, id)).toEqual(['DELIVERED']);
    expect(lender.received).toHaveLength(2);
    expect(lender.received[0]).toEqual(lender.received[1]);
  });

  test('is an event with the name and the reason, and the audit finds nothing altered', async () => {
    const { id, takes } = await answered(refusal('LEG000069'));
    takes();
    await retryDelivery(portal.ctx, staffAs('admin'), id, 'Credor corrigiu');
    const events = await portal.asOwner<{ actor: string; actor_id: string; data: object }>(
      "SELECT actor, actor_id, data FROM events WHERE session_id = $1 AND type = 'delivery_resumed'",
      [id],
    );
    expect(events).toEqual([{ actor: 'staff', actor_id: 'ana', data: { from: 'REJECTED' } }]);
    const story = await refreshStaffSession(portal.ctx, staffAs('operator'), id);
    if (!story.ok) throw new Error(story.code);
    expect(story.story.entries.at(-1)).toMatchObject({ type: 'delivery_resumed', words: 'Credor corrigiu' });
    expect(await findingsOf(id)).toEqual([]);
    await deliverToRest(portal, id);
    expect(await findingsOf(id)).toEqual([]);
  });

  test('after a doubt asks before it sends', async () => {
    const { id, debtKey, status } = await answered('reset');
    expect(status).toBe('AMBIGUOUS');
    lender.script.questions = [{ status: 200, json: { data: { status: 'waiting_signature' } } }];
    lender.script.submissions = [refused];
    expect(await deliverToRest(portal, id)).toEqual(['RETRY_WAIT', 'PAUSED']);
    lender.script.questions = [{ status: 200, json: { data: { key: debtKey, status: 'signed' } } }];
    await retryDelivery(portal.ctx, staffAs('operator'), id, 'Credencial corrigida');
    expect(await deliverToRest(portal, id)).toEqual(['DELIVERED']);
    expect(lender.received).toHaveLength(2);
  });

  test('gives an unknown debt its minute again', async () => {
    const { id } = await answered({ status: 404, json: {} });
    expect(await deliverToRest(portal, id)).toEqual(['REJECTED']);
    await retryDelivery(portal.ctx, staffAs('operator'), id, 'Dívida criada agora');
    expect((await nextStep(portal, id)).status).toBe('RETRY_WAIT');
    await deliverToRest(portal, id);
  });

  test.each([
    ['viewer', 'forbidden'],
    ['auditor', 'forbidden'],
  ] as const)('is not for a %s', async (role, code) => {
    const { id } = await answered(refused);
    expect(await retryDelivery(portal.ctx, staffAs(role), id, 'x')).toEqual({ ok: false, code });
    expect(await sendDeliveryNow(portal.ctx, staffAs(role), id)).toEqual({ ok: false, code });
    expect(await deliveryOf(portal, id)).toMatchObject({ status: 'PAUSED' });
  });

  test('needs a reason, and a delivery that rests', async () => {
    const { id, takes } = await answered(refused);
    const operator = staffAs('operator');
    expect(await retryDelivery(portal.ctx, operator, id, ' \r\n ')).toEqual({ ok: false, code: 'reason_missing' });
    takes();
    await retryDelivery(portal.ctx, operator, id, 'ok');
    expect(await retryDelivery(portal.ctx, operator, id, 'de novo')).toEqual({ ok: false, code: 'delivery_not_there' });
    await deliverToRest(portal, id);
    expect(await retryDelivery(portal.ctx, operator, id, 'x')).toEqual({ ok: false, code: 'delivery_not_there' });
    const { signingSessionId } = await createdSession(portal);
    const unsigned = await retryDelivery(portal.ctx, operator, signingSessionId, 'x');
    expect(unsigned).toEqual({ ok: false, code: 'delivery_not_there' });
    for (const unknown of ['x', crypto.randomUUID()])
      expect(await retryDelivery(portal.ctx, operator, unknown, 'x')).toMatchObject({
        code: 'signing_session_not_found',
      });
  });

  test('of a rejected signature whose debt another session holds by now is refused', async () => {
    const { id, debtKey } = await answered(refusal('LEG000069'));
    await createdSession(portal, { debtKey });
    const result = await retryDelivery(portal.ctx, staffAs('operator'), id, 'x');
    expect(result).toEqual({ ok: false, code: 'debt_held_elsewhere' });
    expect(await deliveryOf(portal, id)).toMatchObject({ status: 'REJECTED' });
  });

  test('by two at once is one', async () => {
    const { id, takes } = await answered(refused);
    takes();
    const both = ['um', 'outro'].map((reason) => retryDelivery(portal.ctx, staffAs('operator'), id, reason));
    expect((await Promise.all(both)).filter(({ ok }) => ok)).toHaveLength(1);
    expect(await deliverToRest(portal, id)).toEqual(['DELIVERED']);
  });
});

describe('"send now"', () => {
  test('brings the next attempt forward and leaves the rest as it is', async () => {
    const { id, takes } = await answered(limited);
    takes();
    const before = await deliveryOf(portal, id);
    expect(before.wait_ms).toBeGreaterThan(0);
    expect(await sendDeliveryNow(portal.ctx, staffAs('operator'), id)).toEqual({ ok: true });
    const after = await deliveryOf(portal, id);
    expect(after).toEqual({ ...before, wait_ms: expect.any(Number) });
    expect(after.wait_ms).toBeLessThanOrEqual(0);
    expect(await findingsOf(id)).toEqual([]);
    expect(await deliverToRest(portal, id)).toEqual(['DELIVERED']);
  });

  test('does nothing while a worker has the delivery', async () => {
    const { id, takes } = await answered({ status: 429, json: {} });
    await portal.asOwner("UPDATE deliveries SET status = 'NEEDS_ATTENTION' WHERE session_id = $1", [id]);
    await portal.advanceClock(60_000);
    const lease = await claimNext(portal.ctx.db, portal.ctx.lender.host);
    expect(lease?.session_id).toBe(id);
    const operator = staffAs('operator');
    expect(await sendDeliveryNow(portal.ctx, operator, id)).toEqual({ ok: false, code: 'delivery_under_way' });
    expect(await retryDelivery(portal.ctx, operator, id, 'x')).toEqual({ ok: false, code: 'delivery_under_way' });
    lender.script.questions = [{ status: 200, json: { data: { status: 'waiting_signature' } } }];
    takes();
    await deliverToRest(portal, id);
  });

  test('is not for a delivery that rests', async () => {
    const { id } = await answered(refused);
    const result = await sendDeliveryNow(portal.ctx, staffAs('operator'), id);
    expect(result).toEqual({ ok: false, code: 'delivery_not_there' });
  });
});

describe('the calls to the lender', () => {
  test('are shown with their hash to everybody, and with bytes and answers to whoever has said why', async () => {
    const { id } = await answered(refusal('LEG000069'));
    const operator = staffAs('operator');
    const read = async (staff: StaffActor) => {
      const result = await readDeliveryCalls(portal.ctx, staff, id);
      if (!result.ok) throw new Error(result.code);
      return deliveryCalls.parse(result.calls);
    };
    const masked = await read(operator);
    const [body] = lender.received;
    if (!body) throw new Error('nothing was sent');
    expect(masked.calls).toMatchObject([
      { kind: 'submit', outcome: 'rejected', httpStatus: 400, sha256: sha256(body).toString('hex') },
    ]);
    expect(masked).toMatchObject({ mayReveal: true });
    expect(JSON.stringify(masked)).not.toContain(maria.name);
    expect(masked.calls[0]?.answer).toBeUndefined();

    expect(await openDeliveryCalls(portal.ctx, operator, id, '')).toEqual({ ok: false, code: 'reason_missing' });
    expect((await read(operator)).sent).toBeUndefined();
    expect(await openDeliveryCalls(portal.ctx, operator, id, 'Chamado 12')).toEqual({ ok: true });
    const whole = await read(operator);
    expect(whole.sent).toBe(body.toString());
    expect(whole.calls[0]?.answer).toMatch(/content-type: application\/json\n[\s\S]*\n\n.*LEG000069/);

    await portal.advanceClock(11 * 60_000);
    expect((await read(operator)).sent).toBeUndefined();
  });

  test('keep their bytes from a viewer, whatever the reason', async () => {
    const { id } = await answered(refusal('LEG000069'));
    expect(await openDeliveryCalls(portal.ctx, staffAs('viewer'), id, 'x')).toEqual({ ok: false, code: 'forbidden' });
    const result = await readDeliveryCalls(portal.ctx, staffAs('viewer'), id);
    expect(result).toMatchObject({ ok: true, calls: { mayReveal: false } });
    expect(JSON.stringify(result)).not.toContain(maria.email);
  });
});
