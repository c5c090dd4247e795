import type { Objection, Objector } from '#lib/domain/objection.ts';
import type { PerStaffLanguage } from './language.ts';

export type ObjectionCopy = {
  /** What was said and by whom; the moment follows. */
  said: Record<Objection, Record<Objector, string>>;
  reason: string;
  noReason: string;
  reasonHidden: string;
  next: string;
};

/** What the page of a session says on top when something was said against the contract after it was signed. */
export const objectionCopy: PerStaffLanguage<ObjectionCopy> = {
  'pt-BR': {
    said: {
      withdraw: {
        accepter: 'Quem assinou pediu para desistir do contrato em',
        other_holder: 'Outra pessoa com o link pediu para desistir do contrato em',
      },
      dispute: {
        accepter: 'Do navegador que assinou veio o aviso “não fui eu” em',
        other_holder: 'De outro navegador com o link veio o aviso “não fui eu” em',
      },
    },
    reason: 'Motivo:',
    noReason: 'Sem motivo informado.',
    reasonHidden: 'Motivo informado: peça a alguém com perfil de operação, auditoria ou administração.',
    next: 'A assinatura e o envio ao credor continuam como estão. Responda a quem escreveu.',
  },
  en: {
    said: {
      withdraw: {
        accepter: 'The signer asked to withdraw from the contract on',
        other_holder: 'Somebody else with the link asked to withdraw from the contract on',
      },
      dispute: {
        accepter: 'The browser that signed said “it was not me” on',
        other_holder: 'Another browser with the link said “it was not me” on',
      },
    },
    reason: 'Reason:',
    noReason: 'No reason was given.',
    reasonHidden: 'A reason was given: ask somebody with the role operator, auditor or admin.',
    next: 'The signature and its way to the lender stay as they are. Answer whoever wrote.',
  },
};
