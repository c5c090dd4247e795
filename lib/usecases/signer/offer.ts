import { randomBytes } from 'node:crypto';
import { buttonLabel, consentsFor, noticeFor } from '#lib/copy/consents.ts';
import type { Presentation } from '#lib/evidence/acceptance-record.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { UseCaseContext } from '../context.ts';
import type { OpenSession } from '../open-session.ts';

/** A page that stood open longer shows itself again before it can sign; the session's own expiry may end it sooner. */
const offerLastsMs = 24 * 60 * 60 * 1000;

/** What the review puts before the signer, word for word. */
export function presented({ row, facts }: OpenSession): Presentation {
  const contractSha256 = row.contract_sha256.toString('hex');
  const names = {
    title: facts.title,
    merchant: row.merchant_legal_name,
    lender: row.lender_legal_name,
    sha256: contractSha256,
  };
  return {
    contractSha256,
    consents: consentsFor(row.language, names),
    notice: noticeFor(row.language),
    buttonLabel: buttonLabel(row.language),
    summary: facts.summary,
  };
}

/**
 * The offer that the accept form carries: a signature over everything shown, made anew for each page view and stored nowhere. It
 * binds the act to the page that stood before the person.
 */
export function makeOffer(ctx: UseCaseContext, session: OpenSession): string {
  return ctx.keys.sign('offer', {
    s: session.row.id,
    shown: digestOf(session),
    details: session.row.details_version,
    build: ctx.buildId,
    id: randomBytes(16).toString('hex'),
    at: session.row.now.getTime(),
  });
}

export type ReadOffer =
  | { ok: true; id: string; issuedAt: Date; build: string }
  | { ok: false; refusal: 'offer_stale' | 'text_changed' | 'details_changed' };

/** Compares an offer with what the page would show now. A foreign, altered or missing one is as good as stale. */
export function readOffer(ctx: UseCaseContext, session: OpenSession, token: string | undefined): ReadOffer {
  const claims = token === undefined ? undefined : ctx.keys.verify('offer', token);
  if (!claims || claims.s !== session.row.id) return { ok: false, refusal: 'offer_stale' };
  const issuedAt = Number(claims.at);
  if (session.row.now.getTime() - issuedAt > offerLastsMs) return { ok: false, refusal: 'offer_stale' };
  if (claims.details !== session.row.details_version) return { ok: false, refusal: 'details_changed' };
  if (claims.shown !== digestOf(session)) return { ok: false, refusal: 'text_changed' };
  return { ok: true, id: String(claims.id), issuedAt: new Date(issuedAt), build: String(claims.build) };
}

function digestOf(session: OpenSession): string {
  return sha256(JSON.stringify([session.row.language, presented(session)])).toString('base64url');
}
