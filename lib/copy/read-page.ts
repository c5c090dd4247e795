import type { PerLanguage } from './language.ts';

export type ReadWords = {
  /** `button` is the label of the act on the last page. */
  lead: (button: string) => string;
  next: string;
  nextHint: string;
  wait: string;
};

export const readWords: PerLanguage<ReadWords> = {
  'pt-BR': {
    lead: (button) => `Leia com calma. Nada é assinado até você tocar em "${button}" na última tela.`,
    next: 'Continuar para assinar',
    nextHint: 'Você ainda não assina nesta etapa.',
    wait: 'Abrindo a próxima etapa…',
  },
  en: {
    lead: (button) => `Take your time. Nothing is signed until you press "${button}" on the last screen.`,
    next: 'Continue to sign',
    nextHint: 'You do not sign at this step yet.',
    wait: 'Opening the next step…',
  },
  es: {
    lead: (button) => `Lea con calma. No se firma nada hasta que pulse «${button}» en la última pantalla.`,
    next: 'Continuar para firmar',
    nextHint: 'En este paso todavía no firma.',
    wait: 'Abriendo el siguiente paso…',
  },
  sv: {
    lead: (button) => `Läs i lugn och ro. Inget skrivs under förrän du trycker på ”${button}” på den sista sidan.`,
    next: 'Fortsätt för att skriva under',
    nextHint: 'Du skriver inte under i det här steget.',
    wait: 'Öppnar nästa steg…',
  },
};
