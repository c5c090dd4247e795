import type { PerLanguage } from './language.ts';

/** How a session can end without a signature, from the signer's side. */
export type ClosedReason = 'signer_declined' | 'identity_not_verified' | 'expired' | 'cancelled';

type Ending = {
  title: string;
  /** What happened. `moment` names its zone. */
  text: (merchant: string, moment: string) => string;
  way: (merchant: string) => string;
};

/** The page of a closed session: what happened, that nothing was signed, and whom to ask. No personal data. */
export const closedWords: PerLanguage<Record<ClosedReason, Ending>> = {
  'pt-BR': {
    signer_declined: {
      title: 'Você não assinou',
      text: (merchant, moment) =>
        `Registramos em ${moment} que você não quis assinar. Nada foi assinado, e ${merchant} pode ver essa resposta.`,
      way: (merchant) => `Mudou de ideia? Peça um novo link a ${merchant}.`,
    },
    identity_not_verified: {
      title: 'Não foi possível confirmar quem assina',
      text: (_, moment) => `A sessão foi encerrada em ${moment}. Nada foi assinado.`,
      way: (merchant) => `Fale com ${merchant} para saber como continuar.`,
    },
    expired: {
      title: 'O prazo deste contrato terminou',
      text: (_, moment) => `O prazo terminou em ${moment}. Nada foi assinado.`,
      way: (merchant) => `Para assinar, peça um novo link a ${merchant}.`,
    },
    cancelled: {
      title: 'Este pedido de assinatura foi cancelado',
      text: (merchant, moment) => `${merchant} encerrou o pedido em ${moment}. Nada foi assinado.`,
      way: (merchant) => `Não esperava por isso? Fale com ${merchant}.`,
    },
  },
  en: {
    signer_declined: {
      title: 'You did not sign',
      text: (merchant, moment) =>
        `We recorded on ${moment} that you do not want to sign. Nothing was signed, and ${merchant} can see this answer.`,
      way: (merchant) => `Changed your mind? Ask ${merchant} for a new link.`,
    },
    identity_not_verified: {
      title: 'We could not confirm who is signing',
      text: (_, moment) => `The session was closed on ${moment}. Nothing was signed.`,
      way: (merchant) => `Contact ${merchant} to learn how to go on.`,
    },
    expired: {
      title: "This contract's deadline has passed",
      text: (_, moment) => `The deadline passed on ${moment}. Nothing was signed.`,
      way: (merchant) => `To sign, ask ${merchant} for a new link.`,
    },
    cancelled: {
      title: 'This signing request was cancelled',
      text: (merchant, moment) => `${merchant} closed the request on ${moment}. Nothing was signed.`,
      way: (merchant) => `Did you not expect this? Contact ${merchant}.`,
    },
  },
  es: {
    signer_declined: {
      title: 'Usted no firmó',
      text: (merchant, moment) =>
        `Registramos el ${moment} que usted no quiso firmar. No se firmó nada, y ${merchant} puede ver esta respuesta.`,
      way: (merchant) => `¿Cambió de opinión? Pida un nuevo enlace a ${merchant}.`,
    },
    identity_not_verified: {
      title: 'No pudimos confirmar quién firma',
      text: (_, moment) => `La sesión se cerró el ${moment}. No se firmó nada.`,
      way: (merchant) => `Comuníquese con ${merchant} para saber cómo continuar.`,
    },
    expired: {
      title: 'El plazo de este contrato terminó',
      text: (_, moment) => `El plazo terminó el ${moment}. No se firmó nada.`,
      way: (merchant) => `Para firmar, pida un nuevo enlace a ${merchant}.`,
    },
    cancelled: {
      title: 'Esta solicitud de firma se canceló',
      text: (merchant, moment) => `${merchant} cerró la solicitud el ${moment}. No se firmó nada.`,
      way: (merchant) => `¿No lo esperaba? Comuníquese con ${merchant}.`,
    },
  },
  sv: {
    signer_declined: {
      title: 'Du har inte skrivit under',
      text: (merchant, moment) =>
        `Vi registrerade den ${moment} att du inte vill skriva under. Inget har skrivits under, och ${merchant} kan se ditt svar.`,
      way: (merchant) => `Har du ändrat dig? Be ${merchant} om en ny länk.`,
    },
    identity_not_verified: {
      title: 'Vi kunde inte bekräfta vem som skriver under',
      text: (_, moment) => `Sessionen avslutades den ${moment}. Inget har skrivits under.`,
      way: (merchant) => `Kontakta ${merchant} för att få veta hur du går vidare.`,
    },
    expired: {
      title: 'Tiden för avtalet har gått ut',
      text: (_, moment) => `Tiden gick ut den ${moment}. Inget har skrivits under.`,
      way: (merchant) => `Be ${merchant} om en ny länk för att skriva under.`,
    },
    cancelled: {
      title: 'Begäran om underskrift har återkallats',
      text: (merchant, moment) => `${merchant} avslutade begäran den ${moment}. Inget har skrivits under.`,
      way: (merchant) => `Väntade du dig inte det här? Kontakta ${merchant}.`,
    },
  },
};
