import type { CopyLanguage, StaffLanguage } from '#lib/copy/language.ts';
import { barePage, barePagePolicy } from './bare-page.ts';
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

/** A bare page, which needs nothing. Says what happened, whether anything was signed, and the way out. */
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
      'Content-Security-Policy': barePagePolicy,
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
  return barePage(language, title, `<p>${body}</p><p>${wayOut}</p><p><small>${requestId}</small></p>`);
}
