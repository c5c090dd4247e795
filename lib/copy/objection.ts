import type { Objection } from '#lib/domain/objection.ts';
import type { PerLanguage } from './language.ts';

type ActWords = {
  open: string;
  /** What it does and what it does not. */
  explanation: (merchant: string) => string;
  confirm: string;
  wait: string;
  received: (moment: string) => string;
  next: (merchant: string) => string;
};

/** What the receipt says about withdrawing and about a signature that was somebody else's. Nothing is promised in another's name. */
export type ObjectionWords = {
  /** Above the ways that are still open. */
  titles: Record<Objection | 'both', string>;
  reason: string;
  reasonHint: (merchant: string) => string;
  acts: Record<Objection, ActWords>;
  /** To whom the link has come who did not sign with this browser. */
  elsewhere: (merchant: string) => string;
  offline: string;
};

export const objectionWords: PerLanguage<ObjectionWords> = {
  'pt-BR': {
    titles: { both: 'Mudou de ideia, ou não foi você?', withdraw: 'Mudou de ideia?', dispute: 'Não foi você?' },
    reason: 'Motivo (opcional)',
    reasonHint: (merchant) => `${merchant} pode ler o que você escrever.`,
    acts: {
      withdraw: {
        open: 'Quero desistir do contrato',
        explanation: (merchant) =>
          `Se tiver direito de arrependimento (em regra, 7 dias), peça aqui mesmo. O pedido fica registrado com data e hora, e ${merchant} o vê. Ele não desfaz a assinatura por si.`,
        confirm: 'Confirmar: quero desistir',
        wait: 'Registrando seu pedido…',
        received: (moment) => `Recebemos seu pedido de desistência em ${moment}.`,
        next: (merchant) =>
          `${merchant} vê o pedido neste portal. A assinatura continua registrada, com o pedido junto dela. Guarde ou imprima esta página. Para saber a resposta, fale com ${merchant}.`,
      },
      dispute: {
        open: 'Não fui eu',
        explanation: (merchant) =>
          `Avise aqui se outra pessoa assinou ou se o link não era para você. O aviso fica registrado com data e hora, e ${merchant} o vê. Ele não desfaz a assinatura por si.`,
        confirm: 'Confirmar: não fui eu',
        wait: 'Registrando seu aviso…',
        received: (moment) => `O aviso “não fui eu” foi recebido em ${moment}.`,
        next: (merchant) =>
          `${merchant} vê o aviso neste portal. A assinatura continua registrada, com o aviso junto dela. Guarde ou imprima esta página. Para saber a resposta, fale com ${merchant}.`,
      },
    },
    elsewhere: (merchant) =>
      `Assinou e quer desistir? Abra o link no navegador em que assinou, ou fale com ${merchant}.`,
    offline: 'Sem conexão. Tente de novo mais tarde: o mesmo pedido não é registrado duas vezes.',
  },
  en: {
    titles: {
      both: 'Changed your mind, or was it not you?',
      withdraw: 'Changed your mind?',
      dispute: 'Was it not you?',
    },
    reason: 'Reason (optional)',
    reasonHint: (merchant) => `${merchant} can read what you write.`,
    acts: {
      withdraw: {
        open: 'I want to withdraw from the contract',
        explanation: (merchant) =>
          `If you have a right to withdraw (in Brazil usually 7 days), you can ask for it here. Your request is recorded with date and time, and ${merchant} sees it. It does not undo the signature by itself.`,
        confirm: 'Confirm: I want to withdraw',
        wait: 'Recording your request…',
        received: (moment) => `We received your request to withdraw on ${moment}.`,
        next: (merchant) =>
          `${merchant} sees the request in this portal. The signature stays on record, with the request beside it. Keep or print this page. For an answer, contact ${merchant}.`,
      },
      dispute: {
        open: 'It was not me',
        explanation: (merchant) =>
          `Tell us here if somebody else signed, or if the link was not meant for you. Your message is recorded with date and time, and ${merchant} sees it. It does not undo the signature by itself.`,
        confirm: 'Confirm: it was not me',
        wait: 'Recording your message…',
        received: (moment) => `The message “it was not me” was received on ${moment}.`,
        next: (merchant) =>
          `${merchant} sees the message in this portal. The signature stays on record, with the message beside it. Keep or print this page. For an answer, contact ${merchant}.`,
      },
    },
    elsewhere: (merchant) =>
      `Did you sign and want to withdraw? Open the link in the browser in which you signed, or contact ${merchant}.`,
    offline: 'No connection. Try again later: the same request is not recorded twice.',
  },
  es: {
    titles: { both: '¿Cambió de idea o no fue usted?', withdraw: '¿Cambió de idea?', dispute: '¿No fue usted?' },
    reason: 'Motivo (opcional)',
    reasonHint: (merchant) => `${merchant} puede leer lo que escriba.`,
    acts: {
      withdraw: {
        open: 'Quiero desistir del contrato',
        explanation: (merchant) =>
          `Si tiene derecho de desistimiento (en Brasil, por regla general, 7 días), pídalo aquí mismo. La solicitud queda registrada con fecha y hora, y ${merchant} la ve. No deshace la firma por sí sola.`,
        confirm: 'Confirmar: quiero desistir',
        wait: 'Registrando su solicitud…',
        received: (moment) => `Recibimos su solicitud de desistimiento el ${moment}.`,
        next: (merchant) =>
          `${merchant} ve la solicitud en este portal. La firma sigue registrada, con la solicitud junto a ella. Guarde o imprima esta página. Para saber la respuesta, comuníquese con ${merchant}.`,
      },
      dispute: {
        open: 'No fui yo',
        explanation: (merchant) =>
          `Avise aquí si firmó otra persona o si el enlace no era para usted. El aviso queda registrado con fecha y hora, y ${merchant} lo ve. No deshace la firma por sí solo.`,
        confirm: 'Confirmar: no fui yo',
        wait: 'Registrando su aviso…',
        received: (moment) => `El aviso «no fui yo» se recibió el ${moment}.`,
        next: (merchant) =>
          `${merchant} ve el aviso en este portal. La firma sigue registrada, con el aviso junto a ella. Guarde o imprima esta página. Para saber la respuesta, comuníquese con ${merchant}.`,
      },
    },
    elsewhere: (merchant) =>
      `¿Firmó y quiere desistir? Abra el enlace en el navegador en el que firmó, o comuníquese con ${merchant}.`,
    offline: 'Sin conexión. Inténtelo más tarde: la misma solicitud no se registra dos veces.',
  },
  sv: {
    titles: {
      both: 'Har du ändrat dig, eller var det inte du?',
      withdraw: 'Har du ändrat dig?',
      dispute: 'Var det inte du?',
    },
    reason: 'Anledning (valfritt)',
    reasonHint: (merchant) => `${merchant} kan läsa det du skriver.`,
    acts: {
      withdraw: {
        open: 'Jag vill frånträda avtalet',
        explanation: (merchant) =>
          `Om du har ångerrätt (i Brasilien i regel 7 dagar) kan du begära det här. Din begäran registreras med datum och tid, och ${merchant} ser den. Den upphäver inte underskriften i sig.`,
        confirm: 'Bekräfta: jag vill frånträda',
        wait: 'Registrerar din begäran…',
        received: (moment) => `Vi tog emot din begäran om att frånträda avtalet ${moment}.`,
        next: (merchant) =>
          `${merchant} ser din begäran i den här portalen. Underskriften är fortfarande registrerad, med din begäran bredvid. Spara eller skriv ut sidan. Kontakta ${merchant} för att få svar.`,
      },
      dispute: {
        open: 'Det var inte jag',
        explanation: (merchant) =>
          `Säg till här om någon annan skrev under eller om länken inte var till dig. Din anmälan registreras med datum och tid, och ${merchant} ser den. Den upphäver inte underskriften i sig.`,
        confirm: 'Bekräfta: det var inte jag',
        wait: 'Registrerar din anmälan…',
        received: (moment) => `Anmälan ”det var inte jag” togs emot ${moment}.`,
        next: (merchant) =>
          `${merchant} ser anmälan i den här portalen. Underskriften är fortfarande registrerad, med anmälan bredvid. Spara eller skriv ut sidan. Kontakta ${merchant} för att få svar.`,
      },
    },
    elsewhere: (merchant) =>
      `Har du skrivit under och vill frånträda avtalet? Öppna länken i webbläsaren där du skrev under, eller kontakta ${merchant}.`,
    offline: 'Ingen anslutning. Försök igen senare: samma begäran registreras inte två gånger.',
  },
};
