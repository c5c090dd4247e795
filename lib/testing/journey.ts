import { breakerRules } from '#lib/domain/circuit-breaker.ts';
import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import { createSessionBody } from '#lib/schema/create-session.ts';
import type { SignerActor, UseCaseContext } from '#lib/usecases/context.ts';
import { type CreateResult, createSession } from '#lib/usecases/merchant/create-session.ts';
import type { Once } from '#lib/usecases/once.ts';
import { acceptContract } from '#lib/usecases/signer/accept-contract.ts';
import { beginSigning } from '#lib/usecases/signer/begin-signing.ts';
import { openLink } from '#lib/usecases/signer/open-link.ts';
import { readJourney } from '#lib/usecases/signer/read-journey.ts';
import { readSigner } from '#lib/usecases/signer/signer-cookie.ts';
import { deliverNext } from '#lib/usecases/system/deliver-acceptance.ts';
import { requestFrom, type TestPortal } from './portal.ts';

/** An invented person with a public test number; everything the lender needs. */
export const maria = {
  name: 'Maria Exemplo da Silva',
  email: 'maria@exemplo.com.br',
  identity: '52998224725',
  phone: '+5511912345678',
} as const;

let debts = 0;

/** The body of a create call with every detail given; change what the test is about. */
export function sessionBody(changes: Record<string, unknown> = {}) {
  debts += 1;
  return createSessionBody.parse({
    orderId: `order-${debts}`,
    debtKey: `debt-${process.pid}-${debts}`,
    contract: { title: 'Contrato de crédito', text: 'CLÁUSULA PRIMEIRA\nO crédito é de R$ 4.800,00.\n' },
    signerDetails: maria,
    ...changes,
  });
}

/** Answers as JSON, so that a test can look at the result itself. */
export function once<Result>(key?: string, fingerprint = 'same'): Once<Result> & { results: Result[] } {
  const results: Result[] = [];
  return {
    results,
    ...(key !== undefined && { key }),
    fingerprint: Buffer.from(fingerprint.padEnd(32, '.').slice(0, 32)),
    render: (result) => {
      results.push(result);
      return { status: 200, headers: {}, bytes: Buffer.from(JSON.stringify(result)) };
    },
  };
}

export async function createdSession(
  { ctx, merchant }: TestPortal,
  changes: Record<string, unknown> = {},
  answer = once<CreateResult>(),
) {
  await createSession(ctx, merchant, sessionBody(changes), answer);
  const [result] = answer.results;
  if (!result?.ok || !('redirectUrl' in result.session)) throw new Error(`not created: ${JSON.stringify(result)}`);
  return { ...result.session, token: result.session.redirectUrl.split('/').at(-1) ?? '' };
}

/** A browser that has opened the link. */
export async function openedBy(ctx: UseCaseContext, token: string, ip?: string): Promise<SignerActor> {
  const request = requestFrom(ip);
  const opened = await openLink(ctx, token, request, () => undefined);
  const signer = opened.ok ? readSigner(ctx, opened.sessionId, opened.cookieValue, request) : undefined;
  if (!signer) throw new Error('the link did not open');
  return signer;
}

/** The browser stands on the review and holds its offer. */
export async function atReview(ctx: UseCaseContext, signer: SignerActor): Promise<string> {
  await beginSigning(ctx, signer);
  const page = await readJourney(ctx, signer, 'review');
  const token = page.kind === 'open' ? page.view.offer?.token : undefined;
  if (token === undefined) throw new Error(`no offer on the page: ${JSON.stringify(page)}`);
  return token;
}

/** The form of somebody who ticked everything. */
export function fullForm(offer: string) {
  return { agreeContract: 'yes', agreeMethod: 'yes', offer } as const;
}

export async function acceptedSession(portal: TestPortal, changes: Record<string, unknown> = {}) {
  const session = await createdSession(portal, changes);
  const signer = await openedBy(portal.ctx, session.token);
  const offer = await atReview(portal.ctx, signer);
  const result = await acceptContract(portal.ctx, signer, fullForm(offer));
  return { session, signer, offer, result };
}

/** The signer pressed the button without a tick: the session is open, and a draft keeps what was wrong. */
export async function draftedSession(portal: TestPortal, changes: Record<string, unknown> = {}) {
  const session = await createdSession(portal, changes);
  const signer = await openedBy(portal.ctx, session.token);
  await acceptContract(portal.ctx, signer, { offer: await atReview(portal.ctx, signer) });
  return { session, signer };
}

/** How a delivery stands, as the database has it. */
export type DeliveryStanding = {
  status: DeliveryStatus;
  reason: string | null;
  attempts: number;
  delivered_by: string | null;
  was_ambiguous: boolean;
  /** Until it is due; null when it rests. */
  wait_ms: number | null;
};

export async function deliveryOf(portal: TestPortal, sessionId: string): Promise<DeliveryStanding> {
  const [row] = await portal.asOwner<DeliveryStanding>(
    `SELECT status, reason, attempts, delivered_by, was_ambiguous,
       (extract(epoch FROM next_attempt_at - aceite_now()) * 1000)::float8 AS wait_ms FROM deliveries WHERE session_id = $1`,
    [sessionId],
  );
  if (!row) throw new Error(`session ${sessionId} has no delivery`);
  return row;
}

/** Moves the clock to the moment at which this delivery is due, takes that step, and tells where it led. */
export async function nextStep(portal: TestPortal, sessionId: string): Promise<DeliveryStanding> {
  const { wait_ms } = await deliveryOf(portal, sessionId);
  if (wait_ms !== null && wait_ms > 0) await portal.advanceClock(Math.ceil(wait_ms));
  if (!(await deliverNext(portal.ctx))) {
    // Many failures on purpose give the lender a rest.
    await portal.advanceClock(breakerRules.waitMs);
    if (!(await deliverNext(portal.ctx))) throw new Error('nothing was due');
  }
  return deliveryOf(portal, sessionId);
}

/** Takes one delivery to its rest without waiting: the statuses on its way. */
export async function deliverToRest(portal: TestPortal, sessionId: string): Promise<DeliveryStatus[]> {
  const way: DeliveryStatus[] = [];
  for (let steps = 0; steps < 50; steps += 1) {
    const standing = await nextStep(portal, sessionId);
    way.push(standing.status);
    if (standing.wait_ms === null) return way;
  }
  throw new Error(`no rest after ${way.length} steps: ${way.join(' ')}`);
}
