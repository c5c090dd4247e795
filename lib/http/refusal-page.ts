import { createHash } from 'node:crypto';
import type { CopyLanguage, StaffLanguage } from '#lib/copy/language.ts';
import { retryAfterSeconds } from './faults.ts';
import { pageLanguage, staffLanguage } from './page-language.ts';
import {
  type RefusalKind,
  type RefusalReader,
  type RefusalWords,
  refusalKinds,
  refusalWords,
  staffWayOut,
} from './refusal-words.ts';
import { requestStore } from './request-store.ts';

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
  const { requestId } = requestStore();
  const { language, words } = reader === 'staff' ? staffRefusal(kind) : signerRefusal(kind);
  const status = refusalKinds[kind];
  return new Response(html(language, words, requestId), {
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

function signerRefusal(kind: RefusalKind): { language: CopyLanguage; words: RefusalWords } {
  const language = pageLanguage();
  return { language, words: refusalWords[language][kind] };
}

function staffRefusal(kind: RefusalKind): { language: StaffLanguage; words: RefusalWords } {
  const language = staffLanguage();
  const words = refusalWords[language][kind];
  return { language, words: { ...words, wayOut: staffWayOut[language][kind] ?? words.wayOut } };
}

/** Every word is ours and every id is Base64URL, so nothing in it needs escaping. */
function html(language: CopyLanguage, { title, body, wayOut }: RefusalWords, requestId: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1><p>${body}</p><p>${wayOut}</p><p><small>${requestId}</small></p></main></body>
</html>
`;
}
