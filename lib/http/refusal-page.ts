import { createHash } from 'node:crypto';
import type { ApiLanguage } from '#lib/domain/field-messages.ts';
import { preferredLanguage } from './accept-language.ts';
import { retryAfterSeconds } from './faults.ts';
import {
  type RefusalKind,
  type RefusalReader,
  type RefusalWords,
  refusalKinds,
  refusalWords,
  staffWayOut,
} from './refusal-words.ts';
import { requestStore } from './request-store.ts';

/** Most signers read Portuguese; a browser that asks for English gets English. */
const usualLanguage: ApiLanguage = 'pt-BR';

const style =
  'body{margin:0;font:1.125rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff}main{max-width:34rem;margin:0 auto;padding:2rem 1.25rem}h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}p{margin:0 0 1rem}small{color:#595959;overflow-wrap:anywhere}@media (prefers-color-scheme:dark){body{color:#f2f2f2;background:#121212}small{color:#b3b3b3}}';
const styleHash = createHash('sha256').update(style).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'`;

/** A page that needs nothing: no script, no file, no database. Says what happened, whether anything was signed, and the way out. */
export function refusalPage(
  kind: RefusalKind,
  headers: Record<string, string> = {},
  reader: RefusalReader = 'signer',
): Response {
  const { requestId, headers: request } = requestStore();
  const language = preferredLanguage(request.acceptLanguage, usualLanguage);
  const status = refusalKinds[kind];
  const { title, body, wayOut } = refusalWords[language][kind];
  const way = (reader === 'staff' && staffWayOut[language][kind]) || wayOut;
  return new Response(html(language, { title, body, wayOut: way }, requestId), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': language,
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
      Vary: 'Accept-Language',
      ...(status === 503 && { 'Retry-After': String(retryAfterSeconds) }),
      ...headers,
    },
  });
}

/** Every word is ours and every id is Base64URL, so nothing in it needs escaping. */
function html(language: ApiLanguage, { title, body, wayOut }: RefusalWords, requestId: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1><p>${body}</p><p>${wayOut}</p><p><small>${requestId}</small></p></main></body>
</html>
`;
}
