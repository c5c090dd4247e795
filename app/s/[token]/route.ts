import { answeringPages, seeOther } from '#lib/http/form-route.ts';
import { requestFacts } from '#lib/http/peer.ts';
import { limitAddress } from '#lib/http/rate-limit.ts';
import { refusalPage } from '#lib/http/refusal-page.ts';
import { signerCookieLines, signerCookieOf } from '#lib/http/signer-cookie.ts';
import { paths } from '#lib/paths.ts';
import { openLink } from '#lib/usecases/signer/open-link.ts';

type Context = { params: Promise<{ token: string }> };

/** The link: gives this browser the session's cookie and leads to the contract. Robots open links, so it changes no state. */
export function GET(_: Request, { params }: Context): Promise<Response> {
  return answeringPages(async (program) => {
    const { portalUrl } = program;
    const { isLet, headers } = await limitAddress(program, 'link');
    if (!isLet) return refusalPage('rate_limited', headers);
    const { token } = await params;
    const opened = await openLink(program, token, requestFacts(), (sessionId) => signerCookieOf(sessionId, portalUrl));
    if (!opened.ok) return refusalPage('link_unknown');
    const { sessionId, cookieValue } = opened;
    return seeOther(paths.sign(sessionId), signerCookieLines(sessionId, cookieValue, portalUrl));
  });
}

const refuse = () => answeringPages(async () => refusalPage('method_not_allowed', { Allow: 'GET, HEAD' }));

export { refuse as DELETE, refuse as OPTIONS, refuse as PATCH, refuse as POST, refuse as PUT };
