import type { SessionStatus } from '#lib/domain/session-state.ts';
import type { PerLanguage } from './language.ts';

type Said = { title: string; text: string };

/** The pages that belong to no session: where a journey ends, the front page, and what is missing. */
export type PortalWords = {
  /** `/return`, by the status in its address; `unknown` when there is none that we know. A courtesy, never the proof. */
  landing: Record<Extract<SessionStatus, 'COMPLETED' | 'FAILED' | 'EXPIRED' | 'CANCELLED'> | 'unknown', Said>;
  landingNote: string;
  landingReference: string;
  front: { title: string; lead: string; signers: Said; developers: Said; staff: Said };
  notFound: Said;
};

export const portalWords: PerLanguage<PortalWords> = {
  'pt-BR': {
    landing: {
      COMPLETED: { title: 'Tudo certo', text: 'Você concluiu a assinatura. Já pode fechar esta página.' },
      FAILED: { title: 'Nada foi assinado', text: 'Você saiu sem assinar. Já pode fechar esta página.' },
      EXPIRED: { title: 'O prazo terminou', text: 'Nada foi assinado. Para assinar, peça um novo link à loja.' },
      CANCELLED: { title: 'O pedido foi cancelado', text: 'Nada foi assinado. Se tiver dúvidas, fale com a loja.' },
      unknown: {
        title: 'Você saiu da assinatura',
        text: 'Para continuar ou ver o comprovante, abra de novo o link que você recebeu.',
      },
    },
    landingNote:
      'Esta página é só um aviso. A situação do contrato é a que a loja recebe do nosso sistema e a que aparece no seu link.',
    landingReference: 'Referência da sessão',
    front: {
      title: 'Aceite',
      lead: 'Portal de assinatura de contratos. A pessoa lê o texto exato, confere os dados e assina; a prova fica guardada.',
      signers: {
        title: 'Você recebeu um contrato?',
        text: 'Abra o link que a loja enviou. Não é preciso ter conta nem instalar nada.',
      },
      developers: { title: 'Integração', text: 'Referência da API e catálogo de erros' },
      staff: { title: 'Equipe', text: 'Entrar no painel' },
    },
    notFound: {
      title: 'Página não encontrada',
      text: 'Não há nada neste endereço. Se você veio por um link de assinatura, abra de novo a mensagem da loja e toque no link inteiro.',
    },
  },
  en: {
    landing: {
      COMPLETED: { title: 'All done', text: 'You have finished signing. You can close this page.' },
      FAILED: { title: 'Nothing was signed', text: 'You left without signing. You can close this page.' },
      EXPIRED: { title: 'The deadline has passed', text: 'Nothing was signed. To sign, ask the shop for a new link.' },
      CANCELLED: {
        title: 'The request was cancelled',
        text: 'Nothing was signed. If you have questions, contact the shop.',
      },
      unknown: {
        title: 'You have left the signing page',
        text: 'To go on, or to see the receipt, open the link that you received again.',
      },
    },
    landingNote:
      'This page is only a courtesy. What counts is what the shop receives from our system and what your link shows.',
    landingReference: 'Session reference',
    front: {
      title: 'Aceite',
      lead: 'A contract signing portal. People read the exact text, check their details and sign; the evidence is kept.',
      signers: {
        title: 'Did you receive a contract?',
        text: 'Open the link that the shop sent. No account and no installation needed.',
      },
      developers: { title: 'Integration', text: 'API reference and error catalogue' },
      staff: { title: 'Staff', text: 'Sign in to the dashboard' },
    },
    notFound: {
      title: 'Page not found',
      text: 'There is nothing at this address. If you came by a signing link, open the message of the shop again and use the whole link.',
    },
  },
};
