import type { Bilingual } from './field-messages.ts';
import type { WebhookAddressRefusal } from './webhook-address.ts';

/** Why the address of a receiver is refused, in one wording for the API, the command line and the dashboard. */
export const webhookAddressMessages = {
  webhook_url_not_address: {
    'pt-BR': 'Não é um endereço absoluto sem fragmento, por exemplo https://loja.example/webhooks.',
    en: 'Not an absolute address without a fragment, for example https://shop.example/webhooks.',
  },
  webhook_url_scheme: {
    'pt-BR': 'O endereço deve ser https (http só para o próprio computador, no sandbox).',
    en: 'The address must be https (http only to the same machine, in the sandbox).',
  },
  webhook_url_userinfo: {
    'pt-BR': 'O endereço não pode trazer usuário nem senha.',
    en: 'The address must not hold a user or a password.',
  },
  webhook_url_port: { 'pt-BR': 'A porta deve ser 443 ou 8443.', en: 'The port must be 443 or 8443.' },
  webhook_url_private: {
    'pt-BR': 'O endereço leva a uma rede interna, que não é alcançada daqui.',
    en: 'The address leads into a private network, which is not called from here.',
  },
} as const satisfies Record<WebhookAddressRefusal, Bilingual>;

/** The same in one language. */
export function webhookAddressWords(language: keyof Bilingual): Record<WebhookAddressRefusal, string> {
  const entries = Object.entries(webhookAddressMessages).map(([code, words]) => [code, words[language]]);
  return Object.fromEntries(entries);
}
