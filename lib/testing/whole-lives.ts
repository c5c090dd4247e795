import { cancelSession } from '#lib/usecases/merchant/cancel-session.ts';
import { saveDetails } from '#lib/usecases/signer/save-details.ts';
import { liftHold, placeHold } from '#lib/usecases/staff/hold-session.ts';
import { expireLapsed } from '#lib/usecases/system/expire-lapsed.ts';
import { keepAndErase } from '#lib/usecases/system/keep-and-erase.ts';
import {
  acceptedSession,
  atReview,
  createdSession,
  deliverToRest,
  draftedSession,
  maria,
  nextStep,
  once,
  openedBy,
} from './journey.ts';
import { addStaff, dayMs, declinedSession, rejectedSession, signedSession, standAfterDate } from './keeping.ts';
import type { TestPortal } from './portal.ts';
import { reencode } from './reencodes.ts';

const terms = {
  signingDeadline: '2099-01-02T03:04:05.000Z',
  finalDueDate: '2099-12-31',
  metadata: { segment: 'varejo' },
};

/** Sessions of every kind of life: erased ones first, because their time must be over. Each column of evidence has a value in some of them. */
export async function liveWholeLives(portal: TestPortal): Promise<void> {
  await standAfterDate(portal, await signedSession(portal), dayMs);
  await createdSession(portal);
  await portal.advanceClock(8 * dayMs);
  await expireLapsed(portal.ctx);
  await portal.advanceClock(31 * dayMs);
  await keepAndErase(portal.ctx);

  const held = await signedSession(portal, {
    ...terms,
    contract: { title: 'Contrato', text: 'Texto.\r\n', language: 'pt-BR', version: '2' },
  });
  await rejectedSession(portal);
  await declinedSession(portal);
  await cancelledSession(portal);
  await draftedSession(portal);
  await detailedSession(portal);
  // What the sandbox lender does to each stands in its table: unclear, limited once, paused, failing twice before it accepts.
  for (const identity of ['10000000604', '10000000876']) await nextStep(portal, await signedBy(portal, identity));
  for (const identity of ['10000000795', '10000000361']) await deliverToRest(portal, await signedBy(portal, identity));
  await reencodedSessions(portal);
  await acceptedSession(portal);
  await holdSession(portal, held);
  await createdSession(portal);
  await portal.advanceClock(8 * dayMs);
  await expireLapsed(portal.ctx);
  await createdSession(portal, terms);
  await draftedSession(portal);
}

async function cancelledSession(portal: TestPortal): Promise<void> {
  const { signingSessionId } = await createdSession(portal);
  await cancelSession(portal.ctx, portal.merchant, { sessionId: signingSessionId, reason: 'Pedido repetido' }, once());
}

/** The signer wrote the details, in two versions. */
async function detailedSession({ ctx, ...portal }: TestPortal): Promise<void> {
  const { token } = await createdSession({ ctx, ...portal }, { signerDetails: { name: 'Zulmira Quintanilha' } });
  const signer = await openedBy(ctx, token);
  const typed = { email: 'zulmira@quintanilha.example', identity: '111.444.777-35', phone: '(21) 98765-1234' };
  await atReview(ctx, signer).catch(() => undefined);
  await saveDetails(ctx, signer, typed);
  await saveDetails(ctx, signer, { ...typed, email: 'z@quintanilha.example' });
}

async function signedBy(portal: TestPortal, identity: string): Promise<string> {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity } });
  return session.signingSessionId;
}

/** Bodies in another spelling: proposed, declined, approved and sent, approved twice. */
async function reencodedSessions(portal: TestPortal): Promise<void> {
  const rejected = async () => {
    const id = await signedBy(portal, '10000004278');
    await deliverToRest(portal, id);
    return id;
  };
  await reencode(portal, await rejected(), { type: 'data-signature' }, 'left open');
  await reencode(portal, await rejected(), { type: 'data-signature' }, 'declined');
  const sent = await rejected();
  await reencode(portal, sent, { type: 'data-signature' });
  await deliverToRest(portal, sent);
  const twice = await signedBy(portal, '10000000280');
  await deliverToRest(portal, twice);
  for (const countryCode of ['55', '055']) {
    await reencode(portal, twice, { type: 'data-signature', countryCode });
    await deliverToRest(portal, twice);
  }
}

/** One hold that was lifted and one that stands. */
async function holdSession(portal: TestPortal, sessionId: string): Promise<void> {
  const { ctx, merchant } = portal;
  const staff = { userId: await addStaff(portal), workspaceId: merchant.workspaceId, role: 'admin' } as const;
  const lifted = await placeHold(ctx, staff, sessionId, 'Ofício 12');
  if (!lifted.ok) throw new Error(lifted.code);
  await liftHold(ctx, staff, { sessionId, holdId: lifted.holdId }, 'Arquivado');
  await placeHold(ctx, staff, sessionId, 'Ofício 13');
}
