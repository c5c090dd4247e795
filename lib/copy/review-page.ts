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
  es: {
    lead: 'Revise sus datos y el contrato. Usted firma al final de esta página.',
    jump: 'Ir a la firma',
    change: 'Cambiar',
    signTitle: 'Su firma',
    whatHappens: (button) => `Al pulsar «${button}», el contrato queda firmado. No hay otra pantalla de confirmación.`,
    recordedTitle: 'Qué registramos',
    wait: 'Registrando su firma…',
    waitHint: 'Puede tardar unos segundos. No hace falta pulsar de nuevo.',
    withoutScript:
      'Su navegador no tiene JavaScript activo. Puede firmar de todos modos; solo que no comprobamos en este dispositivo si el texto mostrado es igual al original.',
    altered: {
      title: 'El texto se alteró en su dispositivo',
      text: 'Un traductor automático o una extensión del navegador cambió el contrato que se ve en esta página. Así no se puede firmar. Desactive la traducción o la extensión y recargue la página. No se firmó nada.',
      original: 'Ver el texto original',
      reload: 'Recargar la página',
    },
  },
  sv: {
    lead: 'Kontrollera dina uppgifter och avtalet. Du skriver under längst ner på sidan.',
    jump: 'Gå till underskriften',
    change: 'Ändra',
    signTitle: 'Din underskrift',
    whatHappens: (button) =>
      `När du trycker på ”${button}” är avtalet underskrivet. Det kommer ingen mer sida att bekräfta på.`,
    recordedTitle: 'Vad vi sparar',
    wait: 'Registrerar din underskrift…',
    waitHint: 'Det kan ta några sekunder. Du behöver inte trycka igen.',
    withoutScript:
      'Din webbläsare kör inte JavaScript. Du kan skriva under ändå; vi kontrollerar bara inte på den här enheten att texten som visas är densamma som originalet.',
    altered: {
      title: 'Texten ändrades på din enhet',
      text: 'En automatisk översättning eller ett tillägg i webbläsaren ändrade avtalet på den här sidan. Därför går det inte att skriva under så här. Stäng av översättningen eller tillägget och ladda om sidan. Inget har skrivits under.',
      original: 'Visa originaltexten',
      reload: 'Ladda om sidan',
    },
  },
};
