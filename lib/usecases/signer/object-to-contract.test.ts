import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Objection } from '#lib/domain/objection.ts';
import { acceptedSession, atReview, createdSession, deliverToRest, openedBy } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import type { SignerActor } from '../context.ts';
import { readEvidence } from '../merchant/read-evidence.ts';
import { readSession } from '../merchant/read-session.ts';
import { declineContract } from './decline-contract.ts';
import { objectToContract } from './object-to-contract.ts';
import { readJourney } from './read-journey.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

const toReceipt = { kind: 'go', page: 'receipt' };
const object = (signer: SignerActor, act: Objection, reason = '') =>
  objectToContract(portal.ctx, signer, act, { reason });

/** What the session's evidence tells of it. */
async function told(sessionId: string) {
  const read = await readEvidence(portal.ctx, portal.merchant, sessionId);
  if (!read.ok) throw new Error(read.code);
  return read.evidence.events.filter(({ type }) => type === 'withdrawal_requested' || type === 'disputed');
}

async function receiptOf(signer: SignerActor) {
  const page = await readJourney(portal.ctx, signer, 'receipt');
  if (page.kind !== 'closed' || !page.view.receipt) throw new Error(page.kind);
  return page.view.receipt;
}

describe.each([
  ['withdraw', 'withdrawal_requested'],
  ['dispute', 'disputed'],
] as const)('to %s, from the browser that signed,', (act, type) => {
  test('is kept with its words and whence it came, shown as received, and leaves the signature as it is', async () => {
    const { session, signer } = await acceptedSession(portal);
    const id = session.signingSessionId;
    const before = await readSession(portal.ctx, portal.merchant, id);
    expect((await receiptOf(signer)).objections).toContainEqual({ act });
    expect(await object(signer, act, ' Mudei\r\nde ideia\u0000 ')).toEqual(toReceipt);
    const [event, ...more] = await told(id);
    expect(more).toEqual([]);
    const data = { from: 'accepter', words: 'Mudei\nde ideia', ip: signer.request.ip };
    expect(event).toMatchObject({ type, actor: 'signer', source: 'server', data });
    const shown = (await receiptOf(signer)).objections.find((one) => one.act === act);
    expect(shown?.receivedAt?.toISOString()).toBe(event?.occurredAt);
    const after = await readSession(portal.ctx, portal.merchant, id);
    const withoutDocument = (read: typeof after) => ({ ...(read.ok && read.session), documentUrl: undefined });
    expect(withoutDocument(after)).toEqual(withoutDocument(before));
    await deliverToRest(portal, id);
    expect(await readSession(portal.ctx, portal.merchant, id)).toMatchObject({
      session: { status: 'COMPLETED', delivery: { status: 'DELIVERED' } },
    });
  });

  test('needs no reason, and of a long one as much is kept as of any other', async () => {
    const { session, signer } = await acceptedSession(portal);
    await object(signer, act, ' \r\n\u0000 ');
    expect((await told(session.signingSessionId))[0]?.data).not.toHaveProperty('words');
    const other = await acceptedSession(portal);
    await object(other.signer, act, '😀'.repeat(501));
    expect((await told(other.session.signingSessionId))[0]?.data).toMatchObject({ words: '😀'.repeat(500) });
  });

  test('said again, also at the same moment and after years, is the same confirmation', async () => {
    const { session, signer } = await acceptedSession(portal);
    const answers = await Promise.all([1, 2, 3].map((time) => object(signer, act, `${time}`)));
    expect(answers).toEqual([toReceipt, toReceipt, toReceipt]);
    const first = await told(session.signingSessionId);
    const { objections } = await receiptOf(signer);
    expect(first).toHaveLength(1);
    await portal.advanceClock(60_000);
    expect(await object(signer, act, 'outra vez')).toEqual(toReceipt);
    expect(await told(session.signingSessionId)).toEqual(first);
    expect((await receiptOf(signer)).objections).toEqual(objections);
  });

  test('before anything is signed leads to where the person stands, and keeps nothing', async () => {
    const { token, signingSessionId } = await createdSession(portal);
    const signer = await openedBy(portal.ctx, token);
    expect(await object(signer, act)).toEqual({ kind: 'go', page: 'read' });
    await atReview(portal.ctx, signer);
    expect(await object(signer, act)).toEqual({ kind: 'go', page: 'review' });
    expect(await told(signingSessionId)).toEqual([]);
  });

  test('where nothing was signed is a late act like any other', async () => {
    const { token, signingSessionId } = await createdSession(portal);
    const signer = await openedBy(portal.ctx, token);
    await declineContract(portal.ctx, signer, { reason: '' });
    expect(await object(signer, act, 'tarde')).toEqual({ kind: 'go', page: 'closed' });
    expect(await told(signingSessionId)).toEqual([]);
    const read = await readEvidence(portal.ctx, portal.merchant, signingSessionId);
    expect(read.ok && read.evidence.events.at(-1)).toMatchObject({ type: 'late_act', data: { act } });
  });

  test('with the cookie of another issue of the link is refused', async () => {
    const { session, signer } = await acceptedSession(portal);
    expect(await object({ ...signer, linkIssue: 2 }, act)).toEqual({ kind: 'refused', code: 'unauthorized' });
    expect(await told(session.signingSessionId)).toEqual([]);
  });
});

describe('another browser that holds the link', () => {
  test('is not offered to withdraw, and cannot', async () => {
    const { session } = await acceptedSession(portal);
    const other = await openedBy(portal.ctx, session.token);
    expect(await receiptOf(other)).toMatchObject({ shows: 'masked', objections: [{ act: 'dispute' }] });
    expect(await object(other, 'withdraw', 'Não quero')).toEqual(toReceipt);
    expect(await told(session.signingSessionId)).toEqual([]);
  });

  test('says that it was not them, also after thirty days, and takes nothing from whoever signed', async () => {
    const { session, signer } = await acceptedSession(portal);
    const other = await openedBy(portal.ctx, session.token);
    await portal.advanceClock(31 * 24 * 3_600_000);
    expect(await receiptOf(other)).toMatchObject({ shows: 'bare', objections: [{ act: 'dispute' }] });
    expect(await object(other, 'dispute', 'Recebi um link que não é meu')).toEqual(toReceipt);
    const third = await openedBy(portal.ctx, session.token);
    expect(await object(third, 'dispute', 'Nem meu')).toEqual(toReceipt);
    expect((await receiptOf(signer)).objections).toEqual([{ act: 'withdraw' }, { act: 'dispute' }]);
    await object(signer, 'dispute', 'Nem eu');
    expect((await told(session.signingSessionId)).map(({ data }) => [data.from, data.words])).toEqual([
      ['other_holder', 'Recebi um link que não é meu'],
      ['accepter', 'Nem eu'],
    ]);
  });
});

test('the database keeps no second word of the same side, whoever writes it', async () => {
  const { session, signer } = await acceptedSession(portal);
  await object(signer, 'withdraw');
  const again = portal.asOwner(
    `INSERT INTO events (session_id, workspace_id, type, actor, data)
     SELECT session_id, workspace_id, type, actor, data FROM events WHERE session_id = $1 AND type = 'withdrawal_requested'`,
    [session.signingSessionId],
  );
  await expect(again).rejects.toMatchObject({ constraint: 'one_objection_of_each_side' });
});

test('the words lie sealed, and not as they were written', async () => {
  const { session, signer } = await acceptedSession(portal);
  await object(signer, 'withdraw', 'Mudei de ideia');
  const rows = await portal.asOwner<{ row: string }>('SELECT e::text AS row FROM events e WHERE e.session_id = $1', [
    session.signingSessionId,
  ]);
  const stored = rows.map(({ row }) => row).join('\n');
  expect(stored).toContain('withdrawal_requested');
  expect(stored).not.toContain('Mudei de ideia');
  expect(stored).not.toContain(Buffer.from('Mudei de ideia').toString('hex'));
});
