import { type CopyLanguage, copyLanguages, type StaffLanguage, staffLanguages } from '#lib/copy/language.ts';
import { preferredLanguage } from './accept-language.ts';
import { requestStore } from './request-store.ts';

/** The language of a page that belongs to no session: what the browser asks for, and Portuguese where we have none of that. */
export function pageLanguage(): CopyLanguage {
  return preferredLanguage(requestStore().headers.acceptLanguage, copyLanguages, 'pt-BR');
}

/** The language of a page for staff: Portuguese unless the browser asks for English. */
export function staffLanguage(): StaffLanguage {
  return preferredLanguage(requestStore().headers.acceptLanguage, staffLanguages, 'pt-BR');
}
