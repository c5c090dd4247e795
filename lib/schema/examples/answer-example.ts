import { type ErrorCode, errorCatalogue } from '#lib/domain/error-catalogue.ts';
import type { ApiLanguage } from '#lib/domain/field-messages.ts';
import { bucketOf, limitHeaders } from '#lib/domain/rate-limits.ts';
import { problemExample } from './problem-example.ts';

/** A key in production whose bucket is empty. */
const emptied = limitHeaders('api_read', bucketOf('api_read', false), { isTaken: false, owedMs: 10_000 });

/** What some codes send beside the problem, as far as programs act on it. */
const alsoSent: Partial<Record<ErrorCode, string>> = {
  method_not_allowed: 'Allow: GET, HEAD, OPTIONS',
  idempotency_in_progress: 'Retry-After: 1',
  rate_limited: Object.entries(emptied)
    .map((header) => header.join(': '))
    .join('\n'),
  temporarily_unavailable: 'Retry-After: 5',
};

/** Met by a signer's browser, never by a program: the answer is a page. */
const isPage = (code: ErrorCode): boolean => code === 'client_address_untrusted';

/** A whole answer with that code as it comes over the wire. `docs` is the address of the portal's reference. */
export function answerExample(code: ErrorCode, docs: string, language: ApiLanguage): string {
  const { status, title } = errorCatalogue[code];
  const head = [
    `HTTP/1.1 ${status}`,
    `Content-Type: ${isPage(code) ? 'text/html' : 'application/problem+json'}; charset=utf-8`,
    alsoSent[code],
  ].filter((line) => line !== undefined);
  const body = isPage(code)
    ? `<h1>${title[language]}</h1> …`
    : JSON.stringify(problemExample(code, docs, language), null, 2);
  return [...head, '', body].join('\n');
}
