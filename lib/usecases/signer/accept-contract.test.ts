import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptedSession, atReview, createdSession, fullForm, maria, once, openedBy } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { type CancelResult, cancelSession } from '../merchant/cancel-session.ts';
import { readEvidence } from '../merchant/read-evidence.ts';
import { readSession } from '../merchant/read-session.ts';
import { deliverNext } from '../system/deliver-acceptance.ts';
import { acceptContract } from './accept-contract.ts';
import { readJourney } from './read-journey.ts';
import { saveDetails } from './save-details.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

async function sessionOf(id: string) {
  const read = await readSession(portal.ctx, portal.merchant, id);
  if (!read.ok) throw new Error(read.code);
  return read.session;
}

async function deliverAll() {
  while (await deliverNext(portal.ctx));
}

describe('the signer accepts', () => {
  test('an acceptance completes the session and the lender receives the very bytes that were shown', async () => {
    const text = '\nLinha com espaços  \r\nÇã é\u0301 😀 </script>\u2028fim ';
    const { session, result } = await acceptedSession(portal, { contract: { title: 'Contrato', text } });
    expect(result).toEqual({ kind: 'go', page: 'receipt' });
    await deliverAll();
    const after = await sessionOf(session.signingSessionId);
    expect(after).toMatchObject({ status: 'COMPLETED', delivery: { status: 'DELIVERED', attempts: 1 } });
    const record = await (await fetch(`${portal.lenderUrl}/sandbox/debts/${session.debtKey}`)).json();
    const body = JSON.parse(Buffer.from(record.received[0].bodyBase64, 'base64').toString('utf8'));
    const received = body.signatures[0].signed_object.raw_text;
    expect(sha256(received).toString('hex')).toBe(session.contract.sha256);
    expect(received).toBe(text);
    expect(body.signatures[0].authenticity.session_id).toBe(session.signingSessionId);
  });

  test('a second acceptance, from a double tap or another tab, leads to the same receipt', async () => {
    const { session, signer, offer } = await acceptedSession(portal);
    const again = await acceptContract(portal.ctx, signer, fullForm(offer));
    expect(again).toEqual({ kind: 'go', page: 'receipt' });
    const page = await readJourney(portal.ctx, signer, 'receipt');
    expect(page).toMatchObject({ kind: 'closed', view: { receipt: { shows: 'full' } } });
    const evidence = await readEvidence(portal.ctx, portal.merchant, session.signingSessionId);
    if (!evidence.ok) throw new Error(evidence.code);
    expect(evidence.evidence.events.filter((event) => event.type === 'accepted')).toHaveLength(1);
    expect(evidence.evidence.network).toMatchObject({ ip: { value: '127.0.0.1' }, sourcePort: { value: 51_344 } });
    expect(evidence.evidence.presentation.consents).toHaveLength(2);
  });

  test('another holder of the link sees a masked receipt, and after 30 days only when it was signed', async () => {
    const { session } = await acceptedSession(portal);
    const other = await openedBy(portal.ctx, session.token, '127.0.0.9');
    const page = await readJourney(portal.ctx, other, 'receipt');
    expect(page).toMatchObject({ kind: 'closed', view: { receipt: { shows: 'masked' } } });
    expect(JSON.stringify(page)).not.toContain(maria.email);
    expect(JSON.stringify(page)).not.toContain(maria.name);
  });

  test.each([
    ['no box', {}, ['agreeContract', 'agreeMethod']],
    ['one box', { agreeContract: 'yes' as const }, ['agreeMethod']],
  ])('%s ticked: nothing is signed and the page says which', async (_name, boxes, unticked) => {
    const session = await createdSession(portal);
    const signer = await openedBy(portal.ctx, session.token);
    const offer = await atReview(portal.ctx, signer);
    expect(await acceptContract(portal.ctx, signer, { offer, ...boxes })).toEqual({ kind: 'go', page: 'review' });
    const page = await readJourney(portal.ctx, signer, 'review');
    const errors = page.kind === 'open' ? page.view.offer?.consents.filter((consent) => consent.error) : [];
    expect(errors?.map((consent) => consent.box)).toEqual(unticked);
    expect((await sessionOf(session.signingSessionId)).status).toBe('IN_PROGRESS');
  });

  test('an offer of another session, an altered one and one from before a change of details sign nothing', async () => {
    const [session, other] = [await createdSession(portal), await createdSession(portal)];
    const signer = await openedBy(portal.ctx, session.token);
    const offer = await atReview(portal.ctx, signer);
    const foreign = await atReview(portal.ctx, await openedBy(portal.ctx, other.token));
    const refusalAfter = async (token: string) => {
      await acceptContract(portal.ctx, signer, fullForm(token));
      const page = await readJourney(portal.ctx, signer, 'review');
      return page.kind === 'open' ? page.view.offer?.refusal : page.kind;
    };
    expect(await refusalAfter(foreign)).toBe('offer_stale');
    expect(await refusalAfter(`${offer.slice(0, -2)}xx`)).toBe('offer_stale');
    await saveDetails(portal.ctx, signer, { email: 'nova@exemplo.com.br', phone: '(21) 3123-4567' });
    expect(await refusalAfter(offer)).toBe('details_changed');
    expect((await sessionOf(session.signingSessionId)).status).toBe('IN_PROGRESS');
  });

  test('a text that the browser showed otherwise is not signed', async () => {
    const session = await createdSession(portal);
    const signer = await openedBy(portal.ctx, session.token);
    const offer = await atReview(portal.ctx, signer);
    await acceptContract(portal.ctx, signer, { ...fullForm(offer), displayedSha256: 'a'.repeat(64) });
    const page = await readJourney(portal.ctx, signer, 'review');
    expect(page).toMatchObject({ kind: 'open', view: { offer: { refusal: 'display_altered' } } });
  });

  test('after expiry nothing is signed, the late act is kept as an event, and no answer shows a lapsed session as open', async () => {
    const session = await createdSession(portal, { expiresAt: new Date(Date.now() + 3_600_000 * 3).toISOString() });
    const signer = await openedBy(portal.ctx, session.token);
    const offer = await atReview(portal.ctx, signer);
    await portal.advanceClock(4 * 3_600_000);
    expect(await acceptContract(portal.ctx, signer, fullForm(offer))).toEqual({ kind: 'go', page: 'closed' });
    expect((await sessionOf(session.signingSessionId)).status).toBe('EXPIRED');
    const evidence = await readEvidence(portal.ctx, portal.merchant, session.signingSessionId);
    if (!evidence.ok) throw new Error(evidence.code);
    expect(evidence.evidence.events.map((event) => event.type)).toEqual([
      'created',
      'link_opened',
      'started',
      'expired',
      'late_act',
    ]);
  });

  test('fifty parallel accepts and cancels leave one terminal state and at most one delivery', async () => {
    const session = await createdSession(portal);
    const signers = await Promise.all(['127.0.0.2', '127.0.0.3'].map((ip) => openedBy(portal.ctx, session.token, ip)));
    const [first = '', second = ''] = [
      await atReview(portal.ctx, signers[0] ?? never()),
      await atReview(portal.ctx, signers[1] ?? never()),
    ];
    const acts = Array.from({ length: 50 }, (_, index) => {
      if (index % 2)
        return cancelSession(
          portal.ctx,
          portal.merchant,
          { sessionId: session.signingSessionId },
          once<CancelResult>(),
        );
      return acceptContract(portal.ctx, signers[index % 4 ? 1 : 0] ?? never(), fullForm(index % 4 ? second : first));
    });
    await Promise.all(acts);
    const after = await sessionOf(session.signingSessionId);
    const deliveries = await portal.asOwner('SELECT FROM deliveries WHERE session_id = $1', [session.signingSessionId]);
    expect(['COMPLETED', 'CANCELLED']).toContain(after.status);
    expect(deliveries).toHaveLength(after.status === 'COMPLETED' ? 1 : 0);
  });
});

function never(): never {
  throw new Error('unreachable');
}

describe('in production an acceptance', () => {
  const strict = () => ({ ...portal.ctx, acceptsPrivateClients: false });

  test.each([
    ['of no known address', {}],
    ['of this very machine', { ip: '127.0.0.1', isPublicAddress: false }],
    ['of an address that no proxy vouches for', { ip: '200.160.2.3', ipTrust: 'untrusted' as const }],
  ])('%s is put off: nothing is signed, nothing is lost, and it can be made again', async (_, facts) => {
    const { token, signingSessionId: id } = await createdSession(portal);
    const signer = await openedBy(portal.ctx, token, '200.160.2.3');
    const offer = await atReview(portal.ctx, signer);
    const { ip: _ip, ...request } = signer.request;
    const hidden = { ...signer, request: { ...request, ...facts } };
    expect(await acceptContract(strict(), hidden, fullForm(offer))).toEqual({
      kind: 'refused',
      code: 'client_address_untrusted',
    });
    expect((await sessionOf(id)).status).toBe('IN_PROGRESS');
    expect(await portal.asOwner('SELECT 1 FROM deliveries WHERE session_id = $1', [id])).toEqual([]);
    expect(await acceptContract(strict(), signer, fullForm(offer))).toEqual({ kind: 'go', page: 'receipt' });
  });
});
