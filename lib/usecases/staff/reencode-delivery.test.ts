import { describe, expect, test } from 'vitest';
import { deliveryCalls } from '#lib/schema/delivery-calls.ts';
import { deliverToRest, deliveryOf } from '#lib/testing/journey.ts';
import { type Received, submissionsOf } from '#lib/testing/lender-record.ts';
import { reencodeDesk, signedText, takesNothing } from '#lib/testing/reencode-desk.ts';
import { firstForm, reencode, reencodeWords, staffMember } from '#lib/testing/reencodes.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { StaffActor } from '../context.ts';
import { openDeliveryCalls, readDeliveryCalls } from './delivery-calls.ts';
import { proposeReencode } from './reencode-delivery.ts';
import { refreshStaffSession } from './refresh-session.ts';
import { retryDelivery } from './retry-delivery.ts';

const desk = reencodeDesk();
const { delivered, propose, decide, proposed, findingsOf } = desk;

const bytesOf = ({ bodyBase64 }: Received) => Buffer.from(bodyBase64, 'base64');
const textIn = (received: Received): string =>
  JSON.parse(bytesOf(received).toString()).signatures[0].signed_object.raw_text;
const refusedWith = (code: string) => ({ ok: false, code });

describe('a body that was refused for its form', () => {
  test('goes out in the other spelling once two admins agree, with the same text to the byte', async () => {
    const { id, debtKey } = await delivered();
    expect(await deliveryOf(desk.portal, id)).toMatchObject({ status: 'REJECTED', reason: 'status_400' });
    await reencode(desk.portal, id, { type: 'data-signature' });
    expect(await deliveryOf(desk.portal, id)).toMatchObject({ status: 'QUEUED', reason: null });
    expect(await deliverToRest(desk.portal, id)).toEqual(['DELIVERED']);

    const received = await submissionsOf(desk.portal, debtKey);
    expect(received.map(({ verdict }) => verdict)).toEqual(['refused_by_table', 'accepted']);
    expect(received.map(textIn)).toEqual([signedText, signedText]);
    const [first, second] = received.map((one) => bytesOf(one).toString());
    expect(second).toBe(first?.replace('"type":"data_signature"', '"type":"data-signature"'));
    const attempts = await desk.portal.asOwner<{ body_sha256: Buffer }>(
      'SELECT body_sha256 FROM delivery_attempts WHERE session_id = $1 ORDER BY started_at, id',
      [id],
    );
    expect(attempts.map(({ body_sha256 }) => body_sha256)).toEqual(received.map((one) => sha256(bytesOf(one))));
  });

  test('has both bodies kept, and the story of who proposed and who agreed, which the audit confirms', async () => {
    const { id } = await delivered();
    const before = await desk.portal.asOwner('SELECT body_sealed, body_sha256 FROM deliveries WHERE session_id = $1', [
      id,
    ]);
    await reencode(desk.portal, id, { type: 'data-signature' });
    expect(await findingsOf(id)).toEqual([]);
    await deliverToRest(desk.portal, id);
    expect(await findingsOf(id)).toEqual([]);
    const [kept] = await desk.portal.asOwner<Record<string, unknown>>(
      'SELECT replaced_sealed AS body_sealed, replaced_sha256 AS body_sha256, body_sealed AS now FROM lender_reencodes WHERE session_id = $1',
      [id],
    );
    const { now, ...replaced } = kept ?? {};
    expect([replaced]).toEqual(before);
    expect(await desk.portal.asOwner('SELECT body_sealed AS now FROM deliveries WHERE session_id = $1', [id])).toEqual([
      { now },
    ]);
    const story = await refreshStaffSession(desk.portal.ctx, desk.one, id);
    if (!story.ok) throw new Error(story.code);
    expect(story.story.entries.filter(({ type }) => type.startsWith('delivery_reencode'))).toMatchObject([
      { type: 'delivery_reencode_proposed', facts: { type: 'data-signature' }, words: reencodeWords.proposal },
      { type: 'delivery_reencode_approved', words: reencodeWords.decision },
    ]);
  });

  test('may be spelled otherwise more than once, and never again as it was', async () => {
    const { id, debtKey } = await delivered(takesNothing);
    await reencode(desk.portal, id, { countryCode: '55' });
    expect(await deliverToRest(desk.portal, id)).toEqual(['REJECTED']);
    await reencode(desk.portal, id, { timestamp: 'DD-MM-YYYY HH:MM:SS' });
    expect(await deliverToRest(desk.portal, id)).toEqual(['REJECTED']);
    expect(await propose(desk.one, id, {})).toEqual(refusedWith('form_refused_before'));
    expect(await propose(desk.one, id, { countryCode: '55' })).toEqual(refusedWith('form_refused_before'));
    expect((await submissionsOf(desk.portal, debtKey)).map(textIn)).toEqual([signedText, signedText, signedText]);
    expect(await findingsOf(id)).toEqual([]);
  });

  test('is sent by a retry in the spelling that it has by then', async () => {
    const { id, debtKey } = await delivered(takesNothing);
    await reencode(desk.portal, id, { type: 'data-signature' });
    await deliverToRest(desk.portal, id);
    await retryDelivery(desk.portal.ctx, desk.one, id, 'de novo');
    await deliverToRest(desk.portal, id);
    const sent = (await submissionsOf(desk.portal, debtKey)).map((received) => bytesOf(received).toString());
    expect(sent).toHaveLength(3);
    expect(sent[2]).toBe(sent[1]);
    expect(sent[1]).not.toBe(sent[0]);
  });
});

describe('a proposal', () => {
  test('sends nothing by itself, and only one is open', async () => {
    const { id } = await delivered();
    await proposed(id);
    expect(await propose(desk.other, id, { countryCode: '55' })).toEqual(refusedWith('proposal_open'));
    expect(await deliveryOf(desk.portal, id)).toMatchObject({ status: 'REJECTED' });
    expect(await findingsOf(id)).toEqual([]);
  });

  test('is not for its maker to approve or decline, and for nobody else to take back', async () => {
    const { id } = await delivered();
    const reencodeId = await proposed(id);
    for (const decision of ['approved', 'declined'])
      expect(await decide(desk.one, id, reencodeId, decision)).toEqual(refusedWith('proposal_own'));
    expect(await decide(desk.other, id, reencodeId, 'withdrawn')).toEqual(refusedWith('proposal_of_another'));
    expect(await deliveryOf(desk.portal, id)).toMatchObject({ status: 'REJECTED' });
  });

  test.each(['declined', 'withdrawn'] as const)('that was %s is over, and another may follow', async (decision) => {
    const { id } = await delivered();
    const reencodeId = await proposed(id);
    const decider = decision === 'withdrawn' ? desk.one : desk.other;
    expect(await decide(decider, id, reencodeId, decision)).toEqual({ ok: true, reencodeId });
    expect(await decide(desk.other, id, reencodeId, 'approved')).toEqual(refusedWith('proposal_not_found'));
    expect(await deliveryOf(desk.portal, id)).toMatchObject({ status: 'REJECTED' });
    expect(await findingsOf(id)).toEqual([]);
    await reencode(desk.portal, id, { type: 'data-signature' });
    expect(await deliverToRest(desk.portal, id)).toEqual(['DELIVERED']);
  });

  test('by many at once is one, and so is its approval', async () => {
    const { id } = await delivered();
    const results = await Promise.all(
      [desk.one, desk.other, desk.one].map((staff) => propose(staff, id, { type: 'data-signature' })),
    );
    const made = results.find((result) => result.ok);
    if (!made?.ok) throw new Error('nobody came through');
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const third = await staffMember(desk.portal, 'third', 'admin');
    const decisions = await Promise.all(
      ['approved', 'declined', 'approved'].map((said) => decide(third, id, made.reencodeId, said)),
    );
    expect(decisions.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await findingsOf(id)).toEqual([]);
  });

  test('needs a reason, a known spelling, and one that changes something', async () => {
    const { id } = await delivered();
    const hyphen = { type: 'data-signature' };
    expect(await propose(desk.one, id, hyphen, ' \r\n')).toEqual(refusedWith('reason_missing'));
    expect(await propose(desk.one, id, hyphen, 'x'.repeat(501))).toEqual(refusedWith('reason_too_long'));
    expect(await propose(desk.one, id, {})).toEqual(refusedWith('form_unchanged'));
    for (const type of ['pdf-signature', '', 'data_signature"'])
      expect(await propose(desk.one, id, { type })).toEqual(refusedWith('form_invalid'));
    expect(await propose(desk.one, id, { countryCode: '351' })).toEqual(refusedWith('form_invalid'));
    const lacking = { sessionId: id, form: new Map([['type', 'data-signature']]) };
    expect(await proposeReencode(desk.portal.ctx, desk.one, lacking, 'x')).toEqual(refusedWith('form_invalid'));
    const reencodeId = await proposed(id);
    expect(await decide(desk.other, id, reencodeId, 'approved', '')).toEqual(refusedWith('reason_missing'));
    expect(await decide(desk.other, id, reencodeId, 'applied')).toEqual(refusedWith('form_invalid'));
    expect(await decide(desk.other, id, crypto.randomUUID(), 'approved')).toEqual(refusedWith('proposal_not_found'));
    expect(await decide(desk.other, id, 'x', 'approved')).toEqual(refusedWith('proposal_not_found'));
  });

  test.each(['viewer', 'operator', 'auditor'] as const)('is not for a %s', async (role) => {
    const { id } = await delivered();
    const staff = await staffMember(desk.portal, role, role);
    expect(await propose(staff, id, { type: 'data-signature' })).toEqual(refusedWith('forbidden'));
    const reencodeId = await proposed(id);
    for (const decision of ['approved', 'declined', 'withdrawn'])
      expect(await decide(staff, id, reencodeId, decision)).toEqual(refusedWith('forbidden'));
  });
});

test('under the usual settings a body is made in the first form of each field', async () => {
  const { id } = await delivered();
  const reencodeId = await proposed(id, {
    type: 'data-signature',
    timestamp: 'DD-MM-YYYY HH:MM:SS',
    countryCode: '55',
  });
  const [event] = await desk.portal.asOwner(
    "SELECT data FROM events WHERE session_id = $1 AND type = 'delivery_reencode_proposed'",
    [id],
  );
  expect(event).toEqual({
    data: { reencode: reencodeId, type: 'data-signature', timestamp: 'DD-MM-YYYY HH:MM:SS', countryCode: '55' },
  });
  expect(firstForm).toEqual({ type: 'data_signature', timestamp: 'YYYY-MM-DD HH:MM:SS', countryCode: '055' });
});

describe('on the page of the calls', () => {
  async function callsFor(staff: StaffActor, id: string) {
    const read = await readDeliveryCalls(desk.portal.ctx, staff, id);
    if (!read.ok) throw new Error(read.code);
    return deliveryCalls.parse(read.calls);
  }

  test('an admin sees what stands and what they may do, and nobody else any of it', async () => {
    const { id } = await delivered();
    expect((await callsFor(desk.one, id)).reencode).toEqual({ form: firstForm });
    const reencodeId = await proposed(id);
    const open = { id: reencodeId, proposedBy: 'Equipe', reason: 'x', changes: { type: 'data-signature' } };
    expect((await callsFor(desk.one, id)).reencode).toMatchObject({
      open: { ...open, isOwn: true, decisions: ['withdrawn'] },
    });
    expect((await callsFor(desk.other, id)).reencode).toMatchObject({
      open: { ...open, isOwn: false, decisions: ['approved', 'declined'] },
    });
    const operator = await staffMember(desk.portal, 'operator', 'operator');
    expect((await callsFor(operator, id)).reencode).toBeUndefined();
  });

  test('both bodies stand for whoever has said why, each call with the hash of its own', async () => {
    const { id, debtKey } = await delivered();
    await reencode(desk.portal, id, { type: 'data-signature' });
    await deliverToRest(desk.portal, id);
    const masked = await callsFor(desk.one, id);
    expect([masked.sent, masked.replaced, masked.reencode]).toEqual([undefined, undefined, undefined]);
    const [first, second] = (await submissionsOf(desk.portal, debtKey)).map(bytesOf);
    if (!first || !second) throw new Error('two bodies were to be sent');
    const hashes = [first, second].map((body) => sha256(body).toString('hex'));
    expect(masked.calls.map(({ sha256: hash }) => hash)).toEqual(hashes);
    await openDeliveryCalls(desk.portal.ctx, desk.one, id, 'Chamado 12');
    const whole = await callsFor(desk.one, id);
    expect(whole.sent).toBe(second.toString());
    expect(whole.replaced).toEqual([{ sha256: hashes[0], sent: first.toString() }]);
  });
});
