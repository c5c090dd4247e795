import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { testType, webhookTypes } from '#lib/domain/webhook-type.ts';
import { webhookMessage } from '#lib/schema/webhook-message.ts';
import { acceptedSession, createdSession, deliverToRest, maria, once, openedBy } from '#lib/testing/journey.ts';
import { logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { endpointAt, sendDue, startWebhookReceiver, type WebhookReceiver } from '#lib/testing/webhook-receiver.ts';
import { isGenuine, isSignedBy } from '#lib/testing/webhook-signatures.ts';
import { cancelSession } from '../../merchant/cancel-session.ts';
import { readSession } from '../../merchant/read-session.ts';
import { readWebhookKeys } from '../../merchant/read-webhook-keys.ts';
import { declineContract } from '../../signer/decline-contract.ts';
import { objectToContract } from '../../signer/object-to-contract.ts';
import { expireLapsed } from '../expire-lapsed.ts';
import { disableEndpoint, rotateSecret, sendTest } from './change-endpoint.ts';
import type { CreatedEndpoint } from './create-endpoint.ts';

let portal: TestPortal;
let receiver: WebhookReceiver;
let endpoint: CreatedEndpoint;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
  endpoint = await endpointAt(portal, receiver.url);
});
afterEach(async () => {
  await disableEndpoint(portal.ctx, portal.merchant.workspaceId, endpoint.endpointId);
  await receiver.stop();
  // What the guide says of a message holds for every one that came.
  for (const { message } of receiver.received) webhookMessage.parse(message);
});

const types = () => receiver.received.map(({ message }) => message.type);
async function wholeJourney() {
  const { session, signer } = await acceptedSession(portal);
  await deliverToRest(portal, session.signingSessionId);
  await logKeeper(portal).publish();
  return { session, signer };
}

test('every event of a journey is told once, signed, numbered upwards, with the session as it then stood', async () => {
  const { session } = await wholeJourney();
  await sendDue(portal.ctx);
  expect(types()).toEqual([
    'signing_session.created',
    'signing_session.started',
    'signing_session.completed',
    'lender.signature_received',
    'evidence.final',
  ]);
  expect(receiver.received.every(isGenuine(endpoint.secret))).toBe(true);
  const [created, , completed, received, final] = receiver.received.map(({ message }) => message);
  const about = { signingSessionId: session.signingSessionId, orderId: session.orderId, debtKey: session.debtKey };
  expect(created?.data).toMatchObject({ ...about, status: 'PENDING', expiresAt: session.expiresAt });
  expect(completed?.data).toMatchObject({ ...about, status: 'COMPLETED', delivery: { status: 'QUEUED', attempts: 0 } });
  const read = await readSession(portal.ctx, portal.merchant, session.signingSessionId);
  if (!read.ok || read.session.status !== 'COMPLETED') throw new Error('not signed');
  const { completedAt, receiptCode, delivery, contract, createdAt } = read.session;
  const { lenderCode: _code, lenderMessage: _words, ...told } = delivery;
  const { title: _title, ...shownContract } = contract;
  for (const one of [received, final])
    expect(one?.data).toMatchObject({ completedAt, receiptCode, delivery: told, contract: shownContract, createdAt });
  const numbers = receiver.received.map(({ message }) => Number(message.data.sequence));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(await sendDue(portal.ctx)).toEqual([]);
});

test('what is told names nobody, opens nothing, and is small', async () => {
  const secretive = { metadata: { cliente: 'Zuleide' }, returnUrl: 'https://loja.example/volta?quem=Zuleide' };
  const { session } = await acceptedSession(portal, secretive);
  const declined = await createdSession(portal);
  await declineContract(portal.ctx, await openedBy(portal.ctx, declined.token), { reason: 'Zuleide mandou' });
  const cancelled = await createdSession(portal);
  const cancelling = { sessionId: cancelled.signingSessionId, reason: 'Zuleide pediu' };
  await cancelSession(portal.ctx, portal.merchant, cancelling, once());
  await sendDue(portal.ctx);
  expect(receiver.received).toHaveLength(7);
  const said = receiver.received.map(({ body, headers }) => `${body}${JSON.stringify(headers)}`).join('\n');
  const details = [
    ...Object.values(maria),
    'Maria',
    '529.982',
    'Zuleide',
    'CLÁUSULA',
    'Contrato de crédito',
    '127.0.0.1:3000',
  ];
  for (const hidden of [...details, session.token, declined.token, endpoint.secret]) expect(said).not.toContain(hidden);
  for (const { body, message } of receiver.received) {
    expect(body.length).toBeLessThan(20_000);
    expect(Object.keys(message)).toEqual(['eventId', 'type', 'occurredAt', 'data']);
    expect(Object.keys(message.data).toSorted()).toEqual(Object.keys(message.data).filter(isAllowed).toSorted());
  }
});

const isAllowed = (field: string) =>
  /^(?:signingSessionId|sequence|orderId|debtKey|status|provider|language|createdAt|expiresAt|contract|completedAt|receiptCode|failureReason|cancelledAt|delivery|objection)$/.test(
    field,
  );

test('refusals, endings and objections are told as what they are', async () => {
  const declined = await createdSession(portal);
  await declineContract(portal.ctx, await openedBy(portal.ctx, declined.token), { reason: '' });
  const cancelled = await createdSession(portal);
  await cancelSession(portal.ctx, portal.merchant, { sessionId: cancelled.signingSessionId }, once());
  const { session: refused, signer } = await acceptedSession(portal, {
    signerDetails: { ...maria, identity: '10000000280' },
  });
  await deliverToRest(portal, refused.signingSessionId);
  await objectToContract(portal.ctx, signer, 'withdraw', { reason: 'Mudei de ideia' });
  await objectToContract(portal.ctx, signer, 'dispute', { reason: '' });
  const lapsed = await createdSession(portal);
  await portal.advanceClock(8 * 86_400_000);
  await expireLapsed(portal.ctx);
  await sendDue(portal.ctx);
  const of = ({ signingSessionId }: { signingSessionId: string }) =>
    receiver.received
      .filter(({ message }) => message.data.signingSessionId === signingSessionId)
      .map(({ message: { type, data } }) => ({ type, data }));
  const [, failed] = of(declined);
  expect(failed).toMatchObject({ type: 'signing_session.failed', data: { failureReason: 'signer_declined' } });
  expect(of(cancelled)[1]).toMatchObject({ type: 'signing_session.cancelled', data: { status: 'CANCELLED' } });
  expect(of(lapsed)[1]).toMatchObject({ type: 'signing_session.expired', data: { status: 'EXPIRED' } });
  expect(of(refused).slice(3)).toMatchObject([
    {
      type: 'lender.rejected',
      data: { status: 'COMPLETED', delivery: { status: 'REJECTED', lenderCode: 'LEG000069' } },
    },
    { type: 'signing_session.disputed', data: { objection: { kind: 'withdrawal_requested', from: 'accepter' } } },
    { type: 'signing_session.disputed', data: { objection: { kind: 'disputed', from: 'accepter' } } },
  ]);
});

test('the proof of a signature that the lender refused says why, as the refusal did', async () => {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: '10000000280' } });
  await deliverToRest(portal, session.signingSessionId);
  await logKeeper(portal).publish();
  await sendDue(portal.ctx);
  const ofLender = receiver.received.flatMap(({ message: { type, data } }) =>
    data.signingSessionId === session.signingSessionId && ['lender.rejected', 'evidence.final'].includes(type)
      ? [{ type, delivery: data.delivery }]
      : [],
  );
  const delivery = expect.objectContaining({ status: 'REJECTED', lenderCode: 'LEG000069' });
  expect(ofLender).toEqual([
    { type: 'lender.rejected', delivery },
    { type: 'evidence.final', delivery },
  ]);
});

test('every type that can be chosen is one that the database tells, and the other way round', async () => {
  const events = [
    'created',
    'started',
    'accepted',
    'declined',
    'expired',
    'cancelled',
    'withdrawal_requested',
    'disputed',
  ];
  const ofLender = ['lender_received', 'lender_rejected', 'delivery_needs_attention'];
  const rows = await portal.asOwner<{ type: string }>('SELECT webhook_type(e) AS type FROM unnest($1::text[]) e', [
    [...events, ...ofLender],
  ]);
  expect(new Set([...rows.map(({ type }) => type), 'evidence.final'])).toEqual(new Set(webhookTypes));
  const [trigger] = await portal.asOwner<{ definition: string }>(
    `SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE tgname = 'tell_webhooks' AND tgrelid = 'events'::regclass`,
  );
  const named = [...(trigger?.definition ?? '').matchAll(/'([a-z_]+)'::text/g)].map(([, type]) => type);
  expect(named.toSorted()).toEqual([...events, ...ofLender].toSorted());
});

test('an endpoint hears what it has chosen; another workspace, and nobody at all, hears nothing', async () => {
  const choosy = await startWebhookReceiver();
  const chosen = await endpointAt(portal, choosy.url, ['signing_session.cancelled', 'evidence.final']);
  const session = await createdSession(portal);
  await cancelSession(portal.ctx, portal.merchant, { sessionId: session.signingSessionId }, once());
  await createdSession({ ...portal, merchant: portal.stranger });
  await sendDue(portal.ctx);
  expect(choosy.received.map(({ message }) => message.type)).toEqual(['signing_session.cancelled']);
  expect(types()).toEqual(['signing_session.created', 'signing_session.cancelled']);
  expect(choosy.received[0]?.message.eventId).toBe(receiver.received[1]?.message.eventId);
  const { workspaceId } = portal.stranger;
  const written = 'SELECT count(*)::int AS count FROM webhook_events WHERE workspace_id = $1';
  expect(await portal.asOwner(written, [workspaceId], workspaceId)).toEqual([{ count: 0 }]);
  await disableEndpoint(portal.ctx, portal.merchant.workspaceId, chosen.endpointId);
  await choosy.stop();
});

test('through a change of the secret no message is refused by the old or the new one, until the overlap is over', async () => {
  const { workspaceId } = portal.merchant;
  const rotated = await rotateSecret(portal.ctx, workspaceId, endpoint.endpointId, 2 * 3_600_000);
  if (!rotated.ok) throw new Error(rotated.code);
  // Sent twice by mistake: the secret that receivers have goes on.
  const again = await rotateSecret(portal.ctx, workspaceId, endpoint.endpointId);
  expect(again).toEqual({ ok: false, code: 'rotation_running' });
  await createdSession(portal);
  await sendDue(portal.ctx);
  await portal.advanceClock(2 * 3_600_000 + 1);
  await createdSession(portal);
  await sendDue(portal.ctx);
  expect(receiver.received.map(isGenuine(endpoint.secret))).toEqual([true, false]);
  expect(receiver.received.map(isGenuine(rotated.secret))).toEqual([true, true]);
  const leaked = await rotateSecret(portal.ctx, workspaceId, endpoint.endpointId, 0);
  if (!leaked.ok) throw new Error(leaked.code);
  expect(leaked.formerUntil).toBeUndefined();
  await createdSession(portal);
  await sendDue(portal.ctx);
  expect(receiver.received.slice(2).map(isGenuine(rotated.secret))).toEqual([false]);
  expect(receiver.received.slice(2).map(isGenuine(leaked.secret))).toEqual([true]);
});

test("the v1a signature is the workspace's, over id, time and body, and no other workspace's", async () => {
  const sent = await sendTest(portal.ctx, portal.merchant.workspaceId, endpoint.endpointId);
  await sendDue(portal.ctx);
  const [one] = receiver.received;
  if (!sent.ok || !one) throw new Error('no test came');
  expect(one.message).toMatchObject({
    type: testType,
    eventId: sent.eventId,
    data: { endpointId: endpoint.endpointId },
  });
  expect(one.headers['webhook-id']).toBe(sent.eventId);
  const holds = (publicKey: string) => isSignedBy(publicKey)(one);
  expect(holds(endpoint.publicKey)).toBe(true);
  const { items } = await readWebhookKeys(portal.ctx, portal.merchant);
  expect(items.map(({ publicKey }) => publicKey)).toEqual([endpoint.publicKey]);
  const foreign = await endpointAt({ ...portal, merchant: portal.stranger }, receiver.url);
  expect(holds(foreign.publicKey)).toBe(false);
  expect((await endpointAt(portal, receiver.url, ['evidence.final'])).publicKey).toBe(endpoint.publicKey);
});
