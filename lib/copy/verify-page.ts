import type { PerLanguage } from './language.ts';
import { verifyWordsEn } from './verify-page/en.ts';
import { verifyWordsEs } from './verify-page/es.ts';
import { verifyWordsPt } from './verify-page/pt-br.ts';
import { verifyWordsSv } from './verify-page/sv.ts';
import type { claimsEn } from './verify-page/verifier-en.ts';

/** The verdicts, checks and results are those of the verifier; the page does not compile when one has no words. */
type VerdictName = 'VALID' | 'VALID_INTERIM' | 'TAMPERED' | 'INVALID' | 'INCOMPLETE' | 'INPUT_ERROR';
type CheckName = keyof typeof claimsEn;

/** `/verify`: a dossier is checked in the browser. */
export type VerifyWords = {
  title: string;
  lead: string;
  choose: string;
  drop: string;
  checking: string;
  /** The browser is too old for the signatures, or the page did not come over https. */
  cannot: string;
  tooLarge: string;
  /** Holds `{file}`. */
  resultOf: string;
  verdicts: Record<VerdictName, { title: string; text: string }>;
  checksTitle: string;
  results: Record<'ok' | 'failed' | 'missing' | 'skipped', string>;
  claims: Record<CheckName, string>;
  trustedFor: string;
  /** Whom one has to trust for a check. */
  trust: Record<'nobody' | 'log' | 'seal' | 'time' | 'witness', string>;
  notProved: string;
  whom: { title: string; text: string; offline: string; withPython: string; withAceite: string };
  withoutScript: string;
};

export const verifyWords: PerLanguage<VerifyWords> = {
  'pt-BR': verifyWordsPt,
  en: verifyWordsEn,
  es: verifyWordsEs,
  sv: verifyWordsSv,
};
