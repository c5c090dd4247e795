import type { CopyLanguage, PerLanguage } from './language.ts';

/** Why an acceptance was not taken, said on top of the review. In each of these cases the server knows that nothing was signed. */
const ptBR = {
  offer_stale: {
    title: 'Confira de novo antes de assinar',
    text: 'Esta página ficou aberta por muito tempo, ou foi aberta de novo em outro lugar. Nada foi assinado. Confira o contrato abaixo e assine.',
  },
  text_changed: {
    title: 'O conteúdo desta página mudou',
    text: 'O que estava na tela não é mais o que está aqui. Nada foi assinado. Leia de novo e assine se estiver de acordo.',
  },
  details_changed: {
    title: 'Seus dados mudaram',
    text: 'Os dados foram alterados depois que esta página foi aberta. Nada foi assinado. Confira os dados abaixo e assine.',
  },
  display_altered: {
    title: 'O texto foi alterado no seu aparelho',
    text: 'Um tradutor automático ou uma extensão do navegador mudou o contrato mostrado na tela. Nada foi assinado. Desligue a tradução ou a extensão, confira o texto e assine.',
  },
} as const;

export type AcceptRefusalCode = keyof typeof ptBR;

type Refusal = { title: string; text: string };

const acceptRefusals: PerLanguage<Record<AcceptRefusalCode, Refusal>> = {
  'pt-BR': ptBR,
  en: {
    offer_stale: {
      title: 'Check again before you sign',
      text: 'This page stood open for a long time, or was opened again elsewhere. Nothing was signed. Check the contract below and sign.',
    },
    text_changed: {
      title: 'This page has changed',
      text: 'What was on the screen is no longer what is here. Nothing was signed. Read it again and sign if you agree.',
    },
    details_changed: {
      title: 'Your details have changed',
      text: 'The details were changed after this page was opened. Nothing was signed. Check the details below and sign.',
    },
    display_altered: {
      title: 'The text was altered on your device',
      text: 'An automatic translator or a browser extension changed the contract on the screen. Nothing was signed. Switch the translation or the extension off, check the text and sign.',
    },
  },
  es: {
    offer_stale: {
      title: 'Revise de nuevo antes de firmar',
      text: 'Esta página estuvo abierta mucho tiempo, o se volvió a abrir en otro lugar. No se firmó nada. Revise el contrato que sigue y firme.',
    },
    text_changed: {
      title: 'El contenido de esta página cambió',
      text: 'Lo que estaba en la pantalla ya no es lo que está aquí. No se firmó nada. Lea de nuevo y firme si está de acuerdo.',
    },
    details_changed: {
      title: 'Sus datos cambiaron',
      text: 'Los datos se modificaron después de abrirse esta página. No se firmó nada. Revise los datos que siguen y firme.',
    },
    display_altered: {
      title: 'El texto se alteró en su dispositivo',
      text: 'Un traductor automático o una extensión del navegador cambió el contrato que se ve en la pantalla. No se firmó nada. Desactive la traducción o la extensión, revise el texto y firme.',
    },
  },
  sv: {
    offer_stale: {
      title: 'Kontrollera igen innan du skriver under',
      text: 'Sidan var öppen länge eller öppnades på nytt någon annanstans. Inget har skrivits under. Kontrollera avtalet nedan och skriv under.',
    },
    text_changed: {
      title: 'Innehållet på sidan har ändrats',
      text: 'Det som stod på skärmen är inte längre det som står här. Inget har skrivits under. Läs igen och skriv under om du godkänner.',
    },
    details_changed: {
      title: 'Dina uppgifter har ändrats',
      text: 'Uppgifterna ändrades efter att sidan öppnades. Inget har skrivits under. Kontrollera uppgifterna nedan och skriv under.',
    },
    display_altered: {
      title: 'Texten ändrades på din enhet',
      text: 'En automatisk översättning eller ett tillägg i webbläsaren ändrade avtalet på skärmen. Inget har skrivits under. Stäng av översättningen eller tillägget, kontrollera texten och skriv under.',
    },
  },
};

/** What to say on top of the review. A code without words of its own asks to check again, which is always true. */
export function acceptRefusal(language: CopyLanguage, code: string): Refusal {
  return acceptRefusals[language][Object.hasOwn(ptBR, code) ? (code as AcceptRefusalCode) : 'offer_stale'];
}
