import { createSessionBody } from '#lib/schema/create-session.ts';
import type { MerchantActor, SignerActor, UseCaseContext } from '#lib/usecases/context.ts';
import { type CreateResult, createSession } from '#lib/usecases/merchant/create-session.ts';
import { beginSigning } from '#lib/usecases/signer/begin-signing.ts';
import { openLink } from '#lib/usecases/signer/open-link.ts';
import { readJourney } from '#lib/usecases/signer/read-journey.ts';
import { readSigner } from '#lib/usecases/signer/signer-cookie.ts';
import { requestFacts } from './bench-portal.ts';
import { longContract } from './long-contract.ts';
import { keptDetails, type WaitingAct } from './waiting-sessions.ts';

type Portal = { ctx: UseCaseContext; merchant: MerchantActor };

/**
 * Brings a new session, contract of 30 kB, all details given, to where only the press of the button is missing: through the use cases, as
 * a merchant and a browser do it, so that its story is whole and every event commits to what it should.
 */
export async function reviewedAct({ ctx, merchant }: Portal, number: number): Promise<WaitingAct> {
  const signer = await openedBy(ctx, await linkOf({ ctx, merchant }, number));
  await beginSigning(ctx, signer);
  const page = await readJourney(ctx, signer, 'review');
  const offer = page.kind === 'open' ? page.view.offer?.token : undefined;
  if (offer === undefined) throw new Error('the review of a benchmark made no offer');
  return { signer, form: { agreeContract: 'yes', agreeMethod: 'yes', offer } };
}

/** Makes the session and answers the token of its link. */
async function linkOf({ ctx, merchant }: Portal, number: number): Promise<string> {
  const { title, text, version } = longContract();
  const { name, email, identity, phone } = keptDetails;
  const body = createSessionBody.parse({
    orderId: `order-${number}`,
    debtKey: `evidence-${number}`,
    contract: { title, text, version },
    signerDetails: { name: name?.value, email: email?.value, identity: identity?.value, phone: phone?.value },
  });
  const results: CreateResult[] = [];
  await createSession(ctx, merchant, body, {
    fingerprint: Buffer.alloc(32),
    render: (result) => {
      results.push(result);
      return { status: 201, headers: {}, bytes: Buffer.alloc(0) };
    },
  });
  const [result] = results;
  if (!result?.ok || !('redirectUrl' in result.session))
    throw new Error(`a session was not made: ${JSON.stringify(result)}`);
  return result.session.redirectUrl.split('/').at(-1) ?? '';
}

async function openedBy(ctx: UseCaseContext, token: string): Promise<SignerActor> {
  const opened = await openLink(ctx, token, requestFacts, () => undefined);
  const signer = opened.ok ? readSigner(ctx, opened.sessionId, opened.cookieValue, requestFacts) : undefined;
  if (!signer) throw new Error('the link of a benchmark did not open');
  return signer;
}
