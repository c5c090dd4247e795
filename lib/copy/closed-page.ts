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
};
