import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testType, webhookTypes } from '#lib/domain/webhook-type.ts';
import { type Doors, openDoors } from '#lib/testing/doors.ts';
import {
  acceptedSession,
  createdSession,
  deliverToRest,
  deliveryOf,
  maria,
  nextStep,
  once,
  openedBy,
} from '#lib/testing/journey.ts';
import { logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import {
  endpointAt,
  queuedTest,
  type ReceivedWebhook,
  sendDue,
  startWebhookReceiver,
  type WebhookReceiver,
} from '#lib/testing/webhook-receiver.ts';
import { isGenuine, isSignedBy } from '#lib/testing/webhook-signatures.ts';
import { cancelSession } from '#lib/usecases/merchant/cancel-session.ts';
import { declineContract } from '#lib/usecases/signer/decline-contract.ts';
import { objectToContract } from '#lib/usecases/signer/object-to-contract.ts';
import { expireLapsed } from '#lib/usecases/system/expire-lapsed.ts';
import { rotateSecret } from '#lib/usecases/system/webhooks/change-endpoint.ts';
import { resendWebhooks } from '#lib/usecases/system/webhooks/resend-webhooks.ts';
import { GET as listKeys } from './route.ts';

/** Every type of message there is, made by what people and lenders do, and checked as a merchant's program does through a change of the secret. */

type WebhookType = (typeof webhookTypes)[number];

let portal: TestPortal;
let doors: Doors;
let receiver: WebhookReceiver;
/** What came under the first secret alone, while both held, and under the second alone. */
let before: ReceivedWebhook[];
let during: ReceivedWebhook[];
let after: ReceivedWebhook[];
let secrets: { first: string; second: string };
/** The session that each type must tell of. */
const sessions = new Map<WebhookType, string>();

const dayMs = 86_400_000;
const overlapMs = 2 * 3_600_000;

/** One journey for each type; a type without one is none that anybody has seen. */
const journeys: Record<WebhookType, () => Promise<string>> = {
  'signing_session.created': () => created(),
  'signing_session.started': () => signed(),
  'signing_session.completed': () => signed(),
  'signing_session.failed': async () => {
    const { token, signingSessionId } = await createdSession(portal);
    await declineContract(portal.ctx, await openedBy(portal.ctx, token), { reason: 'caro' });
    return signingSessionId;
  },
  'signing_session.expired': async () => {
    const sessionId = await created();
    await portal.advanceClock(8 * dayMs);
    await expireLapsed(portal.ctx);
    return sessionId;
  },
  'signing_session.cancelled': async () => {
    const sessionId = await created();
    await cancelSession(portal.ctx, portal.merchant, { sessionId }, once());
    return sessionId;
  },
  'signing_session.disputed': async () => {
    const { session, signer } = await acceptedSession(portal);
    await objectToContract(portal.ctx, signer, 'dispute', { reason: '' });
    await deliverToRest(portal, session.signingSessionId);
    return session.signingSessionId;
  },
  'lender.signature_received': async () => deliveredOf('52998224725'),
  'lender.rejected': async () => deliveredOf('10000000280'),
  'lender.needs_attention': () => lostWithItsAnswer(),
  'evidence.final': async () => {
    const sessionId = await deliveredOf('52998224725');
    await logKeeper(portal).publish();
    return sessionId;
  },
};

const created = async () => (await createdSession(portal)).signingSessionId;

async function signed(identity: string = maria.identity): Promise<string> {
  return (await acceptedSession(portal, { signerDetails: { ...maria, identity } })).session.signingSessionId;
}

async function deliveredOf(identity: string): Promise<string> {
  const sessionId = await signed(identity);
  await deliverToRest(portal, sessionId);
  return sessionId;
}

/** The lender stores the signature, loses its answer, and is away for as long as the schedule goes. */
async function lostWithItsAnswer(): Promise<string> {
  const sessionId = await signed('10000000442');
  await nextStep(portal, sessionId);
  await portal.stopLender();
  for (let steps = 0; steps < 60 && (await deliveryOf(portal, sessionId)).status !== 'NEEDS_ATTENTION'; steps += 1)
    await nextStep(portal, sessionId);
  await portal.startLender();
  return sessionId;
}

beforeAll(async () => {
  portal = await startTestPortal();
  doors = openDoors(portal);
  receiver = await startWebhookReceiver();
  const { endpointId, secret } = await endpointAt(portal, receiver.url);
  const { ctx } = portal;
  const { workspaceId } = portal.merchant;
  for (const type of webhookTypes) sessions.set(type, await journeys[type]());
  await queuedTest(portal, endpointId);
  const came = async () => {
    await sendDue(ctx);
    return receiver.received.splice(0);
  };
  const allAgain = () => {
    const since = new Date(portal.now().getTime() - 25 * dayMs);
    return resendWebhooks(ctx, workspaceId, endpointId, { since, until: undefined, statuses: ['DELIVERED'] });
  };
  before = await came();
  const rotated = await rotateSecret(ctx, workspaceId, endpointId, overlapMs);
  if (!rotated.ok) throw new Error(rotated.code);
  secrets = { first: secret, second: rotated.secret };
  await allAgain();
  during = await came();
  await portal.advanceClock(overlapMs + 1);
  await allAgain();
  after = await came();
});
afterAll(async () => {
  await receiver.stop();
  doors.close();
  await portal.end();
});

describe('the library of Standard Webhooks believes', () => {
  test.each(webhookTypes)('%s, which tells of the session that it happened to', (type) => {
    const about = before.filter(({ message }) => message.type === type);
    expect(about.map(({ message }) => message.data.signingSessionId)).toContain(sessions.get(type));
    expect(about.every(isGenuine(secrets.first))).toBe(true);
  });

  test('the test message, and there is no other type', () => {
    expect(before.filter(({ message }) => message.type === testType).map(isGenuine(secrets.first))).toEqual([true]);
    expect(new Set(before.map(({ message }) => message.type))).toEqual(new Set([...webhookTypes, testType]));
  });

  test('every one of them under both secrets while both hold, and under the second alone after that', () => {
    const all = (messages: ReceivedWebhook[]) => [secrets.first, secrets.second].map((one) => verdicts(messages, one));
    expect(all(before)).toEqual([[true], [false]]);
    expect(all(during)).toEqual([[true], [true]]);
    expect(all(after)).toEqual([[false], [true]]);
    const bodies = (messages: ReceivedWebhook[]) => messages.map(({ body }) => body.toString()).toSorted();
    expect(bodies(during)).toEqual(bodies(before));
    expect(bodies(after)).toEqual(bodies(before));
  });

  test('none that was changed on the way', () => {
    const changed = after.map((one) => ({ ...one, body: Buffer.concat([one.body, Buffer.from(' ')]) }));
    expect(verdicts(changed, secrets.second)).toEqual([false]);
  });
});

const verdicts = (messages: ReceivedWebhook[], secret: string) => [...new Set(messages.map(isGenuine(secret)))];

test('every one of them also bears the signature of the key that the API publishes, whatever the secret is', async () => {
  const headers = { 'X-API-Key': await doors.apiKey('sessions:read') };
  const answer = await doors.knock(listKeys, { path: '/api/v1/webhook-keys', headers });
  const { items } = (await answer.json()) as { items: { publicKey: string }[] };
  expect(items).toHaveLength(1);
  const holds = isSignedBy(items[0]?.publicKey ?? '');
  for (const messages of [before, during, after]) expect(messages.map(holds)).toEqual(messages.map(() => true));
  const [first] = after;
  if (!first) throw new Error('nothing came');
  expect(holds({ ...first, body: Buffer.concat([first.body, Buffer.from(' ')]) })).toBe(false);
});
