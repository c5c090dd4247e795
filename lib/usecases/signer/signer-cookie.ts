import { randomBytes } from 'node:crypto';
import type { RequestFacts, SignerActor, UseCaseContext } from '../context.ts';

type Cookie = { sessionId: string; workspaceId: string; linkIssue: number; browserId: string };

/** The value of the signer's cookie: minted here, never accepted from a client, bound to one session. */
export function mintCookie(ctx: UseCaseContext, { sessionId, workspaceId, linkIssue, browserId }: Cookie): string {
  return ctx.keys.sign('cookie', { s: sessionId, w: workspaceId, i: linkIssue, b: browserId });
}

export function newBrowserId(): string {
  return randomBytes(16).toString('hex');
}

/** The browser behind a cookie, or undefined when the value was not minted here for this session. Reads nothing but the value. */
export function readSigner(
  ctx: UseCaseContext,
  sessionId: string,
  cookieValue: string | undefined,
  request: RequestFacts,
): SignerActor | undefined {
  const claims = cookieValue === undefined ? undefined : ctx.keys.verify('cookie', cookieValue);
  if (!claims || claims.s !== sessionId) return undefined;
  return {
    sessionId,
    workspaceId: String(claims.w),
    linkIssue: Number(claims.i),
    browserId: String(claims.b),
    request,
  };
}
