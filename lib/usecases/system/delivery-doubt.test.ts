import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { acceptedSession, deliverToRest, deliveryOf, nextStep } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import {
  debtIs,
  refusal,
  type ScriptedLender,
  type ScriptedReply,
  startScriptedLender,
} from '#lib/testing/scripted-lender.ts';
import { releasePaused } from './release-paused.ts';

/** A lender that answers in any order that can happen, and what the portal makes of it. */

let lender: ScriptedLender;
let portal: TestPortal;
beforeAll(async () => {
  lender = await startScriptedLender();
  portal = await startTestPortal({ lenderAt: lender.url });
});
afterEach(() => {
  lender.received.length = 0;
  lender.questionsAsked = 0;
});
afterAll(async () => {
  await portal.end();
  await lender.stop();
});

const down: ScriptedReply = { status: 503, json: {} };
const failing: ScriptedReply = { status: 500, json: {} };
const waiting = debtIs('waiting_signature');
const alreadySigned = refusal('LEG000073', 'The operation is not allowed for a debt with status signed');
const bodyInvalid = refusal('LEG000069');

async function accepted(script: ScriptedLender['script']) {
  lender.script = { submissions: [...script.submissions], questions: [...script.questions] };
  const { session } = await acceptedSession(portal);
  return { id: session.signingSessionId, debtKey: session.debtKey };
}

const acknowledged = (debtKey: string): ScriptedReply => ({
  status: 200,
  json: { key: debtKey, status: 'signature_received' },
});

describe('a refusal after something that may have arrived', () => {
  test('is not believed before the debt has been asked about: the signature was there all along', async () => {
    const { id } = await accepted({
      submissions: [failing, bodyInvalid],
      questions: [waiting, waiting, debtIs('signature_finished')],
    });
    expect(await deliverToRest(portal, id)).toEqual(['AMBIGUOUS', 'RETRY_WAIT', 'AMBIGUOUS', 'DELIVERED']);
    expect(await deliveryOf(portal, id)).toMatchObject({ delivered_by: 'reconciliation', attempts: 2 });
    expect(lender.received).toHaveLength(2);
  });

  test('stands when the debt still waits for its signature a minute later', async () => {
    const { id } = await accepted({ submissions: ['reset', bodyInvalid], questions: [waiting] });
    expect(await deliverToRest(portal, id)).toEqual(['AMBIGUOUS', 'RETRY_WAIT', 'AMBIGUOUS', 'REJECTED']);
    expect(await deliveryOf(portal, id)).toMatchObject({ reason: 'status_400' });
    expect(lender.received).toHaveLength(2);
  });

  test('stays on hold while the question gets no answer, and nothing is sent meanwhile', async () => {
    const { id } = await accepted({
      submissions: [failing, bodyInvalid],
      questions: [waiting, waiting, down, down, waiting],
    });
    const way = await deliverToRest(portal, id);
    expect(way).toEqual(['AMBIGUOUS', 'RETRY_WAIT', 'AMBIGUOUS', 'AMBIGUOUS', 'AMBIGUOUS', 'REJECTED']);
    expect(lender.received).toHaveLength(2);
  });
});

describe('"already signed" to the very first submission', () => {
  test('is asked about, and the debt says so: delivered, with one send', async () => {
    const { id } = await accepted({ submissions: [alreadySigned], questions: [debtIs('signed')] });
    expect(await deliverToRest(portal, id)).toEqual(['AMBIGUOUS', 'DELIVERED']);
    expect(await deliveryOf(portal, id)).toMatchObject({ delivered_by: 'reconciliation', attempts: 1 });
  });

  test('of a debt that was cancelled is a refusal', async () => {
    const { id } = await accepted({ submissions: [alreadySigned], questions: [debtIs('canceled ')] });
    expect(await deliverToRest(portal, id)).toEqual(['AMBIGUOUS', 'REJECTED']);
    expect(await deliveryOf(portal, id)).toMatchObject({ reason: 'debt_cancelled' });
  });

  test('of a debt that waits is a contradiction: tried again on schedule, never given up in silence', async () => {
    const { id } = await accepted({ submissions: [alreadySigned], questions: [waiting] });
    const way: string[] = [];
    for (let steps = 0; steps < 60 && way.at(-1) !== 'NEEDS_ATTENTION'; steps += 1)
      way.push((await nextStep(portal, id)).status);
    expect(way.at(-1)).toBe('NEEDS_ATTENTION');
    expect(new Set(way)).toEqual(new Set(['AMBIGUOUS', 'RETRY_WAIT', 'NEEDS_ATTENTION']));
    lender.script.questions = [debtIs('opened')];
    expect((await nextStep(portal, id)).status).toBe('DELIVERED');
  });
});

describe('a question without an answer', () => {
  test.each<[string, ScriptedReply]>([
    ['the lender fails', failing],
    ['the connection breaks', 'reset'],
    ['the state is a word that we do not know', debtIs('half_signed')],
    ['it speaks of another debt', { status: 200, json: { key: 'another', status: 'waiting_signature' } }],
    ['it is no object', { status: 200, json: 'waiting_signature' }],
    ['the credential is refused', { status: 401, json: {} }],
  ])('leaves the delivery in doubt, and nothing goes out: %s', async (_name, answer) => {
    const { id } = await accepted({ submissions: ['reset'], questions: [answer] });
    const seen = [await nextStep(portal, id), await nextStep(portal, id), await nextStep(portal, id)];
    expect(seen.map(({ status }) => status)).toEqual(['AMBIGUOUS', 'AMBIGUOUS', 'AMBIGUOUS']);
    expect(seen.at(-1)?.wait_ms).toBeGreaterThan(0);
    expect([lender.received.length, lender.questionsAsked]).toEqual([1, 2]);
    lender.script.questions = [debtIs('signed')];
    expect(await nextStep(portal, id)).toMatchObject({ status: 'DELIVERED', attempts: 1 });
  });
});

test('a doubt is asked about before each further send, so that a late store is seen: one send, one attempt', async () => {
  const { id } = await accepted({ submissions: ['reset'], questions: [waiting, debtIs('signed')] });
  expect(await deliverToRest(portal, id)).toEqual(['AMBIGUOUS', 'RETRY_WAIT', 'DELIVERED']);
  expect(await deliveryOf(portal, id)).toMatchObject({ delivered_by: 'reconciliation', attempts: 1 });
  expect(lender.received).toHaveLength(1);
});

test('after the question says that the debt waits, the same bytes rest at least a minute', async () => {
  const { id, debtKey } = await accepted({ submissions: [failing], questions: [waiting] });
  await nextStep(portal, id);
  const { status, wait_ms } = await nextStep(portal, id);
  expect(status).toBe('RETRY_WAIT');
  expect(wait_ms).toBeGreaterThan(55_000);
  lender.script.submissions = [acknowledged(debtKey)];
  expect(await deliverToRest(portal, id)).toEqual(['DELIVERED']);
});

test('an unknown debt is looked for once more after a minute, then it is an answer', async () => {
  const { id } = await accepted({ submissions: [{ status: 404, json: {} }], questions: [waiting] });
  expect(await deliverToRest(portal, id)).toEqual(['RETRY_WAIT', 'REJECTED']);
  expect(lender.received).toHaveLength(2);
  expect(lender.questionsAsked).toBe(0);
});

describe('a pause', () => {
  const refused: ScriptedReply = { status: 401, json: {} };

  test.each<[string, ScriptedReply]>([
    ['401', refused],
    ['403', { status: 403, json: {} }],
    ['a redirect', { status: 302, json: {}, headers: { Location: 'http://127.0.0.1:9/' } }],
  ])('by %s waits for a person, and a start of the worker lets it go', async (_name, reply) => {
    const { id, debtKey } = await accepted({ submissions: [reply], questions: [waiting] });
    expect(await deliverToRest(portal, id)).toEqual(['PAUSED']);
    lender.script.submissions = [acknowledged(debtKey)];
    expect(await releasePaused(portal.ctx)).toBe(1);
    expect(await deliveryOf(portal, id)).toMatchObject({ status: 'QUEUED' });
    expect(await deliverToRest(portal, id)).toEqual(['DELIVERED']);
    expect(await releasePaused(portal.ctx)).toBe(0);
  });

  test('of four days used nothing of the schedule up', async () => {
    const { id, debtKey } = await accepted({ submissions: [refused, down, acknowledged('x')], questions: [waiting] });
    await nextStep(portal, id);
    await portal.advanceClock(96 * 3_600_000);
    await releasePaused(portal.ctx);
    lender.script.submissions = [{ status: 429, json: {} }, acknowledged(debtKey)];
    expect(await deliverToRest(portal, id)).toEqual(['RETRY_WAIT', 'DELIVERED']);
  });
});

test.each([
  ['a code', 'LEG000069', { lenderCode: 'LEG000069' }],
  ['a sentence about a person', 'CPF de Maria Exemplo inválido', {}],
  ['a document', '52998224725', {}],
  ['a phone', '+5511912345678', {}],
  ['a character that the database cannot hold', 'LEG\u000000069', {}],
  ['half a character', 'LEG\ud800', {}],
])(
  'what the lender calls a code is kept in the clear when it is one, and otherwise stops nothing: %s',
  async (_, code, told) => {
    const { id } = await accepted({ submissions: [refusal(code)], questions: [] });
    expect(await deliverToRest(portal, id)).toEqual(['REJECTED']);
    const [event] = await portal.asOwner<{ data: object }>(
      `SELECT data FROM events WHERE session_id = $1 AND type = 'lender_rejected'`,
      [id],
    );
    expect(event?.data).toEqual({ reason: 'status_400', ...told });
  },
);
