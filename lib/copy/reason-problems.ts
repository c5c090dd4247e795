import { type StaffReasonRefusal, staffReasonLengthMax } from '#lib/domain/staff-reason.ts';
import type { StaffLanguage } from './language.ts';

/** Why a reason was not taken, for every form that asks staff for one. `consequence` is a clause of the form's own, such as "nothing has changed". */
export function reasonProblems(language: StaffLanguage, consequence: string): Record<StaffReasonRefusal, string> {
  const alone = consequence.charAt(0).toUpperCase() + consequence.slice(1);
  return {
    'pt-BR': {
      reason_missing: `Escreva o motivo. ${alone}.`,
      reason_too_long: `O motivo passa de ${staffReasonLengthMax} caracteres. Encurte o texto; ${consequence}.`,
      reason_characters: `O motivo tem caracteres que não podem ser guardados. Escreva de novo; ${consequence}.`,
    },
    en: {
      reason_missing: `Write the reason. ${alone}.`,
      reason_too_long: `The reason is longer than ${staffReasonLengthMax} characters. Shorten it; ${consequence}.`,
      reason_characters: `The reason holds characters that cannot be kept. Write it again; ${consequence}.`,
    },
  }[language];
}
