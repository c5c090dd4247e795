import type { PerLanguage } from './language.ts';

export type ReviewWords = {
  lead: string;
  jump: string;
  change: string;
  signTitle: string;
  /** `button` is the label of the act. */
  whatHappens: (button: string) => string;
  recordedTitle: string;
  wait: string;
  /** Beside the button while the signature is on its way. */
  waitHint: string;
  /** Said only where no script runs: the device then cannot compare what it shows. */
  withoutScript: string;
  /** The text on the screen is not the text of the contract: the act is held back. */
  altered: { title: string; text: string; original: string; reload: string };
};

export const reviewWords: PerLanguage<ReviewWords> = {
  'pt-BR': {
    lead: 'Confira seus dados e o contrato. Você assina no fim desta página.',
    jump: 'Ir para a assinatura',
    change: 'Alterar',
    signTitle: 'Sua assinatura',
    whatHappens: (button) => `Ao tocar em "${button}", o contrato fica assinado. Não há outra tela de confirmação.`,
    recordedTitle: 'O que registramos',
    wait: 'Registrando sua assinatura…',
    waitHint: 'Pode levar alguns segundos. Não precisa tocar de novo.',
    withoutScript:
      'Seu navegador está sem JavaScript. Você pode assinar assim mesmo; só não conferimos neste aparelho se o texto mostrado é igual ao original.',
    altered: {
      title: 'O texto foi alterado no seu aparelho',
      text: 'Um tradutor automático ou uma extensão do navegador mudou o contrato mostrado nesta página. Por isso não é possível assinar assim. Desligue a tradução ou a extensão e recarregue a página. Nada foi assinado.',
      original: 'Ver o texto original',
      reload: 'Recarregar a página',
    },
  },
  en: {
    lead: 'Check your details and the contract. You sign at the end of this page.',
    jump: 'Go to the signature',
    change: 'Change',
    signTitle: 'Your signature',
    whatHappens: (button) => `When you press "${button}", the contract is signed. There is no other screen to confirm.`,
    recordedTitle: 'What we record',
    wait: 'Recording your signature…',
    waitHint: 'This may take a few seconds. No need to press again.',
    withoutScript:
      'Your browser runs without JavaScript. You can sign all the same; we just do not check on this device that the text shown equals the original.',
    altered: {
      title: 'The text was altered on your device',
      text: 'An automatic translator or a browser extension changed the contract shown on this page. It cannot be signed like this. Switch the translation or the extension off and reload the page. Nothing was signed.',
      original: 'See the original text',
      reload: 'Reload the page',
    },
  },
};
