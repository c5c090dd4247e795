import type { DetailField } from '#lib/domain/signer-detail.ts';
import type { PerLanguage } from './language.ts';

export type DetailsWords = {
  lead: (merchant: string, lender: string) => string;
  /** Why it is asked, and what it looks like, before anything is wrong. */
  hints: Record<DetailField, string>;
  suggestion: (email: string) => string;
  locked: { title: (merchant: string) => string; hint: (merchant: string) => string };
  next: string;
  wait: string;
  back: string;
};

export const detailsWords: PerLanguage<DetailsWords> = {
  'pt-BR': {
    lead: (merchant, lender) =>
      `O contrato precisa destes dados. ${merchant} e ${lender} os recebem com a sua assinatura.`,
    hints: {
      name: 'Como está no seu documento.',
      email: 'Exemplo: nome@exemplo.com.br',
      identity: 'Identifica você no contrato. Pode digitar com ou sem pontos.',
      phone: 'Exemplo: (11) 91234-5678',
    },
    suggestion: (email) => `Você quis dizer ${email}?`,
    locked: {
      title: (merchant) => `Informado por ${merchant}`,
      hint: (merchant) =>
        `Estes dados fazem parte do contrato. Se algo estiver errado, não assine e fale com ${merchant}.`,
    },
    next: 'Continuar',
    wait: 'Conferindo seus dados…',
    back: 'Voltar ao contrato',
  },
  en: {
    lead: (merchant, lender) =>
      `The contract needs these details. ${merchant} and ${lender} receive them with your signature.`,
    hints: {
      name: 'As it stands on your identity document.',
      email: 'Example: name@example.com',
      identity: 'It identifies you on the contract. Type it with or without dots.',
      phone: 'Example: (11) 91234-5678',
    },
    suggestion: (email) => `Did you mean ${email}?`,
    locked: {
      title: (merchant) => `Given by ${merchant}`,
      hint: (merchant) => `These are part of the contract. If anything is wrong, do not sign and contact ${merchant}.`,
    },
    next: 'Continue',
    wait: 'Checking your details…',
    back: 'Back to the contract',
  },
};
