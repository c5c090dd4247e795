import type { TokenCheck } from './token-check.ts';

export type CheckSettings = {
  apiClientKey: string;
  checkToken: (token: string) => Promise<TokenCheck>;
  /**
   * The older scheme's one published example signs the MD5 of the plain JSON, in Python's spacing, where the published code
   * signs that of the token. True only where that example itself is verified.
   */
  acceptsPlainJsonMd5?: boolean;
};

/** `content` is the JSON text that the sender vouched for; empty when there is no body. */
export type RequestCheck =
  | { ok: true; scheme: 'signed-header' | 'encoded-body'; content: Buffer }
  | { ok: false; verdict: string };

/** The documents name no tolerance for requests; five minutes is what the lender's own sample code grants. */
const ageMsMax = 5 * 60_000;

/** Why a signed instant does not fit the moment of arrival; `undefined` when it does. */
export function dateFault(signedMs: number, at: Date): string | undefined {
  const ageMs = at.getTime() - signedMs;
  if (Number.isNaN(ageMs)) return 'date_malformed';
  if (ageMs > ageMsMax) return 'date_too_old';
  return ageMs < -ageMsMax ? 'date_in_future' : undefined;
}
