import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import { type SandboxBehaviour, sandboxLenderRows } from '#lib/domain/sandbox-lender.ts';
import { acceptedSession, deliverToRest, deliveryOf, maria, nextStep } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { readEvidence } from '../merchant/read-evidence.ts';
import { readSession } from '../merchant/read-session.ts';
import { deliverNext } from './deliver-acceptance.ts';

let portal: TestPortal;
/** With a client of little patience, for the lender that answers too late. */
let hasty: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
  hasty = await startTestPortal({ lenderLimits: { firstByteMs: 300 }, stallMs: 60_000 });
});
afterAll(async () => {
  await portal.end();
  await hasty.end();
});

type Received = { method: string; verdict: string; bodyBase64: string };

/** What the lender wrote down about a debt: every submission, in order. */
async function submissionsOf({ lenderUrl }: TestPortal, debtKey: string): Promise<Received[]> {
  const record = await (await fetch(`${lenderUrl}/sandbox/debts/${debtKey}`)).json();
  return record.received.filter(({ method }: Received) => method === 'POST');
}

async function viewOf({ ctx, merchant }: TestPortal, id: string) {
  const read = await readSession(ctx, merchant, id);
  if (!read.ok || read.session.status !== 'COMPLETED') throw new Error(`not signed: ${JSON.stringify(read)}`);
  return read.session;
}

/** The way of each row of the sandbox lender's table, and how many submissions it takes. */
const ways: Record<SandboxBehaviour, { way: DeliveryStatus[]; sends: number; by: 'reply' | 'reconciliation' | null }> =
  {
    accepts: { way: ['DELIVERED'], sends: 1, by: 'reply' },
    refuses_body: { way: ['REJECTED'], sends: 1, by: null },
    fails_twice: {
      way: ['AMBIGUOUS', 'RETRY_WAIT', 'AMBIGUOUS', 'RETRY_WAIT', 'DELIVERED'],
      sends: 3,
      by: 'reply',
    },
    stores_then_resets: { way: ['AMBIGUOUS', 'DELIVERED'], sends: 1, by: 'reconciliation' },
    stores_then_stalls: { way: ['AMBIGUOUS', 'DELIVERED'], sends: 1, by: 'reconciliation' },
    stores_then_names_another_debt: { way: ['AMBIGUOUS', 'DELIVERED'], sends: 1, by: 'reconciliation' },
    refuses_credential: { way: ['PAUSED'], sends: 1, by: null },
    limits_once: { way: ['RETRY_WAIT', 'DELIVERED'], sends: 2, by: 'reply' },
    accepts_and_tells_twice: { way: ['DELIVERED'], sends: 1, by: 'reply' },
    accepts_and_tells_late: { way: ['DELIVERED'], sends: 1, by: 'reply' },
    stores_then_shows_a_page: { way: ['AMBIGUOUS', 'DELIVERED'], sends: 1, by: 'reconciliation' },
  };

describe.each(sandboxLenderRows)('the lender that $behaviour', ({ behaviour, cpf = maria.identity, endsAs }) => {
  const { way, sends, by } = ways[behaviour];

  test(`ends as ${endsAs} after ${sends} sends of the same bytes`, async () => {
    const at = behaviour === 'stores_then_stalls' ? hasty : portal;
    const { session } = await acceptedSession(at, { signerDetails: { ...maria, identity: cpf } });
    const walked = await deliverToRest(at, session.signingSessionId);
    // A hasty client may also miss the answer to its question on a slow day; it asks again.
    expect(behaviour === 'stores_then_stalls' ? [...new Set(walked)] : walked).toEqual(way);
    expect(way.at(-1)).toBe(endsAs);

    const submissions = await submissionsOf(at, session.debtKey);
    const [row] = await at.asOwner<{ hash: Buffer }>(
      'SELECT body_sha256 AS hash FROM deliveries WHERE session_id = $1',
      [session.signingSessionId],
    );
    const hashes = submissions.map(({ bodyBase64 }) => sha256(Buffer.from(bodyBase64, 'base64')).toString('hex'));
    expect(hashes).toEqual(Array.from({ length: sends }, () => row?.hash.toString('hex')));
    const stored = submissions.filter(({ verdict }) => verdict === 'accepted');
    expect(stored).toHaveLength(endsAs === 'DELIVERED' ? 1 : 0);
    expect(submissions.filter(({ verdict }) => verdict === 'already_signed')).toEqual([]);

    const { delivery } = await viewOf(at, session.signingSessionId);
    expect(delivery).toMatchObject({ status: endsAs, attempts: sends });
    expect(delivery.deliveredAt === null).toBe(endsAs !== 'DELIVERED');
    expect((await deliveryOf(at, session.signingSessionId)).delivered_by).toBe(by);
  });
});

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
