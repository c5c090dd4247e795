import { describe, expect, test } from 'vitest';
import { vaultOf, withoutLaws } from '#lib/testing/forged-reencodes.ts';
import { acceptedSession, createdSession, deliverToRest, deliveryOf, maria, nextStep } from '#lib/testing/journey.ts';
import { reencodeDesk, signedText, takesNothing } from '#lib/testing/reencode-desk.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { retryDelivery } from './retry-delivery.ts';

const desk = reencodeDesk();
const { delivered, propose, decide, proposed, findingsOf } = desk;
const refusedWith = (code: string) => ({ ok: false, code });

describe('no other body goes out', () => {
  const hyphen = { type: 'data-signature' };

  test.each([
    ['DELIVERED', maria.identity],
    ['PAUSED', '10000000795'],
  ])('of a delivery that is %s', async (status, identity) => {
    const { id } = await delivered(identity);
    expect(await deliveryOf(desk.portal, id)).toMatchObject({ status });
    expect(await propose(desk.one, id, hyphen)).toEqual(refusedWith('not_refused_for_form'));
  });

  test('while nobody knows whether the first has arrived, nor before it was sent', async () => {
    const { session } = await acceptedSession(desk.portal, { signerDetails: { ...maria, identity: '10000000604' } });
    const { signingSessionId: id } = session;
    expect(await propose(desk.one, id, hyphen)).toEqual(refusedWith('not_refused_for_form'));
    expect(await nextStep(desk.portal, id)).toMatchObject({ status: 'AMBIGUOUS' });
    expect(await propose(desk.one, id, hyphen)).toEqual(refusedWith('not_refused_for_form'));
    await deliverToRest(desk.portal, id);
    const { signingSessionId: unsigned } = await createdSession(desk.portal);
    expect(await propose(desk.one, unsigned, hyphen)).toEqual(refusedWith('not_refused_for_form'));
  });

  test('after a doubt, although the refusal came later', async () => {
    const { id } = await delivered();
    await desk.portal.asOwner('UPDATE deliveries SET was_ambiguous = true WHERE session_id = $1', [id]);
    expect(await propose(desk.one, id, hyphen)).toEqual(refusedWith('not_refused_for_form'));
  });

  test('once a retry has begun, for which the proposal waits', async () => {
    const { id } = await delivered(takesNothing);
    const reencodeId = await proposed(id);
    await retryDelivery(desk.portal.ctx, desk.other, id, 'Credor corrigiu');
    expect(await decide(desk.other, id, reencodeId, 'approved')).toEqual(refusedWith('not_refused_for_form'));
    await deliverToRest(desk.portal, id);
    expect(await decide(desk.other, id, reencodeId, 'approved')).toEqual({ ok: true, reencodeId });
    await deliverToRest(desk.portal, id);
    expect(await findingsOf(id)).toEqual([]);
  });

  test('for a debt that another session holds by now', async () => {
    const { id, debtKey } = await delivered();
    const reencodeId = await proposed(id);
    await createdSession(desk.portal, { debtKey });
    expect(await decide(desk.other, id, reencodeId, 'approved')).toEqual(refusedWith('debt_held_elsewhere'));
    expect(await deliveryOf(desk.portal, id)).toMatchObject({ status: 'REJECTED' });
  });

  test.each<[string, (body: Body, signature: Signature) => unknown]>([
    [
      'a blank more in the text',
      (_, { signed_object }) => Object.assign(signed_object, { raw_text: `${signedText} ` }),
    ],
    [
      'no carriage returns',
      (_, { signed_object }) => Object.assign(signed_object, { raw_text: signedText.replaceAll('\r', '') }),
    ],
    ['another name', (_, { signer }) => Object.assign(signer, { name: 'Outra Pessoa' })],
    ['another document', (_, { signer }) => Object.assign(signer, { document_number: '11144477735' })],
    ['another address', (_, { authenticity }) => Object.assign(authenticity, { ip_address: '203.0.113.99' })],
    ['a member more', (body) => Object.assign(body, { note: 'x' })],
  ])('than the very one that was signed: %s', async (_what, change) => {
    const { id } = await delivered();
    const reencodeId = await proposed(id);
    await forgeProposal(id, change);
    expect(await decide(desk.other, id, reencodeId, 'approved')).toEqual(refusedWith('body_differs'));
    expect(await deliveryOf(desk.portal, id)).toMatchObject({ status: 'REJECTED' });
  });

  test('when the body that was refused is no longer the one that was signed', async () => {
    const { id } = await delivered();
    const vault = await vaultOf(desk.portal, id);
    const [row] = await desk.portal.asOwner<{ body_sealed: Buffer }>(
      'SELECT body_sealed FROM deliveries WHERE session_id = $1',
      [id],
    );
    const body = vault
      .open('lender_body', row?.body_sealed ?? Buffer.alloc(0))
      .toString()
      .replace('4.800', '9.800');
    await withoutLaws(desk.portal, ['deliveries'], () =>
      desk.portal.asOwner('UPDATE deliveries SET body_sealed = $2, body_sha256 = $3 WHERE session_id = $1', [
        id,
        vault.seal('lender_body', Buffer.from(body)),
        sha256(body),
      ]),
    );
    expect(await propose(desk.one, id, hyphen)).toEqual(refusedWith('body_differs'));
  });

  type Signature = Record<'signed_object' | 'signer' | 'authenticity', object>;
  type Body = { signatures: [Signature] };

  /** As somebody would who holds the session's key and owns the tables. */
  async function forgeProposal(id: string, change: (body: Body, signature: Signature) => unknown): Promise<void> {
    const vault = await vaultOf(desk.portal, id);
    const [row] = await desk.portal.asOwner<{ body_sealed: Buffer }>(
      'SELECT body_sealed FROM lender_reencodes WHERE session_id = $1',
      [id],
    );
    const body: Body = JSON.parse(vault.open('lender_body', row?.body_sealed ?? Buffer.alloc(0)).toString());
    change(body, body.signatures[0]);
    const bytes = Buffer.from(JSON.stringify(body));
    await withoutLaws(desk.portal, ['lender_reencodes'], () =>
      desk.portal.asOwner('UPDATE lender_reencodes SET body_sealed = $2, body_sha256 = $3 WHERE session_id = $1', [
        id,
        vault.seal('lender_body', bytes),
        sha256(bytes),
      ]),
    );
  }
});
