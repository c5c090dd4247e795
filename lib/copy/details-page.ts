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
  es: {
    lead: (merchant, lender) =>
      `El contrato necesita estos datos. ${merchant} y ${lender} los reciben junto con su firma.`,
    hints: {
      name: 'Como aparece en su documento de identidad.',
      email: 'Ejemplo: nombre@ejemplo.com',
      identity: 'Lo identifica en el contrato. Puede escribirlo con o sin puntos.',
      phone: 'Ejemplo: (11) 91234-5678',
    },
    suggestion: (email) => `¿Quiso decir ${email}?`,
    locked: {
      title: (merchant) => `Indicado por ${merchant}`,
      hint: (merchant) =>
        `Estos datos son parte del contrato. Si algo no es correcto, no firme y comuníquese con ${merchant}.`,
    },
    next: 'Continuar',
    wait: 'Revisando sus datos…',
    back: 'Volver al contrato',
  },
  sv: {
    lead: (merchant, lender) =>
      `Avtalet behöver de här uppgifterna. ${merchant} och ${lender} får dem tillsammans med din underskrift.`,
    hints: {
      name: 'Som det står i din id-handling.',
      email: 'Exempel: namn@exempel.se',
      identity: 'Visar i avtalet vem du är. Skriv med eller utan punkter.',
      phone: 'Exempel: (11) 91234-5678',
    },
    suggestion: (email) => `Menade du ${email}?`,
    locked: {
      title: (merchant) => `Lämnat av ${merchant}`,
      hint: (merchant) =>
        `Uppgifterna är en del av avtalet. Om något är fel, skriv inte under utan kontakta ${merchant}.`,
    },
    next: 'Fortsätt',
    wait: 'Kontrollerar dina uppgifter…',
    back: 'Tillbaka till avtalet',
  },
};
