import { signerCookieName } from '#lib/http/signer-cookie.ts';
import { paths } from '#lib/paths.ts';
import type { SignerActor, UseCaseContext } from '#lib/usecases/context.ts';
import { mintCookie } from '#lib/usecases/signer/signer-cookie.ts';
import { benchPortalUrl } from './bench-portal.ts';
import type { BenchRequest } from './http-clients.ts';
import type { WaitingAct } from './waiting-sessions.ts';

/** The page with the button, or any other of the journey, as the browser asks that holds the session's cookie. */
export function viewOf(
  ctx: UseCaseContext,
  signer: SignerActor,
  page: 'read' | 'details' | 'review' | 'receipt',
): BenchRequest {
  return { method: 'GET', path: paths.sign(signer.sessionId, page), headers: cookieOf(ctx, signer), status: 200 };
}

/** The press of the button, as the browser posts its form. */
export function pressOf(ctx: UseCaseContext, { signer, form }: WaitingAct): BenchRequest {
  return {
    method: 'POST',
    path: paths.signAct(signer.sessionId, 'accept'),
    headers: {
      ...cookieOf(ctx, signer),
      Origin: benchPortalUrl,
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(filledIn(form)).toString(),
    status: 303,
  };
}

function cookieOf(ctx: UseCaseContext, signer: SignerActor): { Cookie: string } {
  return { Cookie: `${signerCookieName(signer.sessionId, benchPortalUrl)}=${mintCookie(ctx, signer)}` };
}

const filledIn = (form: object): [string, string][] =>
  Object.entries(form).filter((field): field is [string, string] => typeof field[1] === 'string');
