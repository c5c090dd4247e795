import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptedSession, deliverToRest, maria, nextStep } from '#lib/testing/journey.ts';
import { submissionsOf } from '#lib/testing/lender-record.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readEvidence } from '../merchant/read-evidence.ts';
import { readSession } from '../merchant/read-session.ts';
import { deliverNext } from './deliver-acceptance.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

async function viewOf({ ctx, merchant }: TestPortal, id: string) {
  const read = await readSession(ctx, merchant, id);
  if (!read.ok || read.session.status !== 'COMPLETED') throw new Error(`not signed: ${JSON.stringify(read)}`);
  return read.session;
}

test('a refusal shows the words of the lender, in the session and in the evidence', async () => {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: '10000000280' } });
  await deliverToRest(portal, session.signingSessionId);
  const { delivery } = await viewOf(portal, session.signingSessionId);
  expect(delivery).toMatchObject({ lenderCode: 'LEG000069' });
  expect(delivery.lenderMessage).toMatch(/request body is invalid/);
  const read = await readEvidence(portal.ctx, portal.merchant, session.signingSessionId);
  if (!read.ok) throw new Error(read.code);
  expect(JSON.stringify(read.evidence.delivery.lenderWords)).toMatch(/O corpo da requisição é inválido/);
});

test('what the lender complained of before it took the signature is history', async () => {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: '10000000361' } });
  const doubtful = await nextStep(portal, session.signingSessionId);
  expect(doubtful.status).toBe('AMBIGUOUS');
  expect((await viewOf(portal, session.signingSessionId)).delivery.lenderCode).toBe('SBX000500');
  await deliverToRest(portal, session.signingSessionId);
  const { delivery } = await viewOf(portal, session.signingSessionId);
  expect(delivery).toMatchObject({ status: 'DELIVERED', lenderCode: null, lenderMessage: null });
});

test('the evidence of a success tells what the lender answered, word for word', async () => {
  const { session } = await acceptedSession(portal);
  await deliverToRest(portal, session.signingSessionId);
  const { lenderStatus, lenderKey, lenderEventDatetime, replySha256, lenderWords, laterDebtStates } = await toldOf(
    session.signingSessionId,
  );
  expect(lenderStatus).toEqual({ value: 'signature_received', source: 'lender' });
  expect(lenderKey).toEqual({ value: session.debtKey, source: 'lender' });
  expect(lenderEventDatetime).toEqual({ value: expect.stringMatching(/^\d{4}-\d\d-\d\d/), source: 'lender' });
  expect(replySha256).toEqual({ value: expect.stringMatching(/^[0-9a-f]{64}$/), source: 'lender' });
  expect(lenderWords).toEqual({ status: 'not_captured', reason: 'no_complaint' });
  expect(laterDebtStates).toEqual({ status: 'not_captured', reason: 'not_asked' });
});

test('the evidence tells every state of the debt that the lender told, with its time', async () => {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: '10000000442' } });
  await deliverToRest(portal, session.signingSessionId);
  const { laterDebtStates } = await toldOf(session.signingSessionId);
  expect(laterDebtStates).toEqual({
    value: [{ at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), state: 'signed' }],
    source: 'lender',
  });
});

test('before the lender was called nothing is told of an answer, and a page instead of one is no answer', async () => {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: '10000000957' } });
  expect((await toldOf(session.signingSessionId)).replySha256).toMatchObject({ reason: 'not_delivered' });
  await nextStep(portal, session.signingSessionId);
  const told = await toldOf(session.signingSessionId);
  expect(told.replySha256).toMatchObject({ source: 'lender' });
  for (const name of ['lenderStatus', 'lenderKey', 'lenderEventDatetime', 'lenderWords'])
    expect(told[name]).toMatchObject({ reason: 'reply_not_readable' });
});

async function toldOf(sessionId: string) {
  const read = await readEvidence(portal.ctx, portal.merchant, sessionId);
  if (!read.ok) throw new Error(read.code);
  return read.evidence.delivery;
}

test('every call to the lender is kept, in order, with what it brought', async () => {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: '10000000361' } });
  await deliverToRest(portal, session.signingSessionId);
  const read = await readEvidence(portal.ctx, portal.merchant, session.signingSessionId);
  if (!read.ok) throw new Error(read.code);
  const { attempts: kept } = read.evidence.delivery;
  const attempts: { kind: string; outcome: string }[] = JSON.parse(
    JSON.stringify(kept && 'value' in kept && kept.value),
  );
  expect(attempts.map(({ kind, outcome }) => `${kind}: ${outcome}`)).toEqual([
    'submit: ambiguous',
    'query: waiting_signature',
    'query: waiting_signature',
    'submit: ambiguous',
    'query: waiting_signature',
    'query: waiting_signature',
    'submit: delivered',
  ]);
  const story = read.evidence.events.map(({ type }) => type).slice(-5);
  expect(story).toEqual([
    'delivery_ambiguous',
    'delivery_retry',
    'delivery_ambiguous',
    'delivery_retry',
    'lender_received',
  ]);
});

test('a hundred deliveries and two workers with four hands each: every signature goes out once', async () => {
  const people = Array.from({ length: 100 }, (_, index) => index);
  const accepted: { debtKey: string; id: string }[] = [];
  const next = async () => {
    while (people.pop() !== undefined) {
      const { session } = await acceptedSession(portal);
      accepted.push({ debtKey: session.debtKey, id: session.signingSessionId });
    }
  };
  await Promise.all(Array.from({ length: 4 }, next));
  const hand = async () => {
    while (await deliverNext(portal.ctx));
  };
  await Promise.all(Array.from({ length: 8 }, hand));
  const ids = accepted.map(({ id }) => id);
  const standings = await portal.asOwner(
    'SELECT status, attempts, fence::int, count(*)::int AS n FROM deliveries WHERE session_id = ANY($1) GROUP BY 1, 2, 3',
    [ids],
  );
  expect(standings).toEqual([{ status: 'DELIVERED', attempts: 1, fence: 1, n: 100 }]);
  const sends = await Promise.all(accepted.map(({ debtKey }) => submissionsOf(portal, debtKey)));
  expect(sends.filter((list) => list.length !== 1)).toEqual([]);
});
