import { paths, type SignerAct } from '#lib/paths.ts';
import { maria } from './signer.ts';

/** A signer without a browser: the plain forms, posted as a browser posts them. For trials that need speed more than a screen. */
export class HttpSigner {
  readonly portalUrl: string;
  readonly sessionId: string;
  readonly cookie: string;

  private constructor(portalUrl: string, sessionId: string, cookie: string) {
    this.portalUrl = portalUrl;
    this.sessionId = sessionId;
    this.cookie = cookie;
  }

  /** Opens the link and keeps the cookie that it gives. `portalUrl` may be another web process than the one in the link. */
  static async opens(
    session: { redirectUrl: string; signingSessionId: string },
    portalUrl?: string,
  ): Promise<HttpSigner> {
    const link = new URL(session.redirectUrl);
    const base = portalUrl ?? link.origin;
    const answer = await fetch(`${base}${link.pathname}`, { redirect: 'manual' });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (answer.status !== 303 || cookie === undefined) throw new Error(`the link answered ${answer.status}`);
    return new HttpSigner(base, session.signingSessionId, cookie);
  }

  /** The whole journey, from the link to the receipt. */
  static async signs(session: { redirectUrl: string; signingSessionId: string }): Promise<void> {
    const signer = await HttpSigner.opens(session);
    const { status, location } = await signer.accepts(await signer.readsOffer());
    if (!location.endsWith('/receipt')) throw new Error(`the acceptance answered ${status} ${location}`);
  }

  /** The same browser at another web process. */
  at(portalUrl: string): HttpSigner {
    return new HttpSigner(portalUrl, this.sessionId, this.cookie);
  }

  async posts(
    act: SignerAct,
    form: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; location: string }> {
    const answer = await fetch(`${this.portalUrl}${paths.signAct(this.sessionId, act)}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: this.portalUrl, Cookie: this.cookie, ...headers },
      body: new URLSearchParams(form),
    });
    await answer.arrayBuffer();
    return { status: answer.status, location: answer.headers.get('location') ?? '' };
  }

  async sees(page: 'read' | 'details' | 'review' | 'receipt'): Promise<{ status: number; html: string }> {
    const answer = await fetch(`${this.portalUrl}${paths.sign(this.sessionId, page)}`, {
      redirect: 'manual',
      headers: { Cookie: this.cookie, 'Accept-Language': 'pt-BR' },
    });
    return { status: answer.status, html: await answer.text() };
  }

  /** Goes to the review and takes the offer that stands in its form. */
  async readsOffer(details: Record<string, string> = maria): Promise<string> {
    await this.posts('begin', {});
    await this.posts('details', details);
    const { html } = await this.sees('review');
    const offer = /name="offer"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="offer"/.exec(html);
    const token = offer?.[1] ?? offer?.[2];
    if (token === undefined) throw new Error(`no offer on the review:\n${html.slice(0, 2_000)}`);
    return token;
  }

  accepts(offer: string): Promise<{ status: number; location: string }> {
    return this.posts('accept', { agreeContract: 'yes', agreeMethod: 'yes', offer });
  }
}
