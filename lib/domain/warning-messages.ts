import type { Bilingual } from './field-messages.ts';

/** What the answer to create may warn of: accepted as it came, but worth a second look. */
export const warningMessages = {
  text_has_crlf: {
    'pt-BR': 'O texto tem quebras CRLF. Foi guardado como veio; um hash feito sobre o texto com LF será outro.',
    en: 'The text has CRLF line ends. It was kept as it came; a hash of the text with LF will differ.',
  },
  text_not_nfc: {
    'pt-BR':
      'O texto não está na forma NFC do Unicode. Foi guardado como veio; um hash feito depois de normalizar será outro.',
    en: 'The text is not in Unicode NFC. It was kept as it came; a hash made after normalising will differ.',
  },
  offer_under_two_days: {
    'pt-BR': 'A oferta vale menos de dois dias, o mínimo do art. 54-B, III, do CDC para crédito a consumidores.',
    en: 'The offer stands for less than two days, the least that CDC art. 54-B, III asks of consumer credit.',
  },
} as const satisfies Record<string, Bilingual>;
