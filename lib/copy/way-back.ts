import type { PerLanguage } from './language.ts';

/** The last link of the journey. It is a link and never an automatic jump, so that nobody loses the receipt. */
export const wayBackWords: PerLanguage<{ toMerchant: (merchant: string) => string; toLanding: string }> = {
  'pt-BR': { toMerchant: (merchant) => `Voltar para ${merchant}`, toLanding: 'Concluir' },
  en: { toMerchant: (merchant) => `Back to ${merchant}`, toLanding: 'Finish' },
  es: { toMerchant: (merchant) => `Volver a ${merchant}`, toLanding: 'Terminar' },
  sv: { toMerchant: (merchant) => `Tillbaka till ${merchant}`, toLanding: 'Avsluta' },
};
