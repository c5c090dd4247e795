import { certificateEn } from './certificate-en.ts';
import { certificateEs } from './certificate-es.ts';
import { certificatePtBr } from './certificate-pt-br.ts';
import { certificateSv } from './certificate-sv.ts';
import type { CertificateWords } from './certificate-words.ts';

/** The languages in which a certificate can be made. */
const certificateLanguages = ['pt-BR', 'en', 'es', 'sv'] as const;
export type CertificateLanguage = (typeof certificateLanguages)[number];

/**
 * Every sentence of the certificate. In Portuguese and Spanish its title avoids the noun that also means "certified", a word that no
 * document of ours carries.
 */
export const certificateWords: Readonly<Record<CertificateLanguage, CertificateWords>> = {
  'pt-BR': certificatePtBr,
  en: certificateEn,
  es: certificateEs,
  sv: certificateSv,
};

/** A code of the evidence in words; one that is new here is printed as it is, its underscores as spaces, and never lost. */
export function codeWords(known: Readonly<Record<string, string>>, code: string): string {
  return (Object.hasOwn(known, code) && known[code]) || code.replaceAll('_', ' ');
}
