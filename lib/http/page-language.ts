import { preferredLanguage } from './accept-language.ts';
import { requestStore } from './request-store.ts';

/** The language of a page that belongs to no session: what the browser asks for, and Portuguese where we have none of that. */
export function pageLanguage(): 'pt-BR' | 'en' {
  return preferredLanguage(requestStore().headers.acceptLanguage, 'pt-BR');
}
