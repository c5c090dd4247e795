import type { SessionStatus } from '#lib/domain/session-state.ts';
import type { PerLanguage } from './language.ts';

type Said = { title: string; text: string };

/** The pages that belong to no session: where a journey ends, the front page, and what is missing. */
export type PortalWords = {
  /** `/return`, by the status in its address; `unknown` when there is none that we know. A courtesy, never the proof. */
  landing: Record<Extract<SessionStatus, 'COMPLETED' | 'FAILED' | 'EXPIRED' | 'CANCELLED'> | 'unknown', Said>;
  landingNote: string;
  landingReference: string;
  front: { title: string; lead: string; signers: Said; checkers: Said; developers: Said; staff: Said };
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
      checkers: { title: 'Você recebeu um dossiê?', text: 'Conferir um dossiê' },
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
      checkers: { title: 'Did you receive a dossier?', text: 'Check a dossier' },
      developers: { title: 'Integration', text: 'API reference and error catalogue' },
      staff: { title: 'Staff', text: 'Sign in to the dashboard' },
    },
    notFound: {
      title: 'Page not found',
      text: 'There is nothing at this address. If you came by a signing link, open the message of the shop again and use the whole link.',
    },
  },
  es: {
    landing: {
      COMPLETED: { title: 'Todo listo', text: 'Usted terminó de firmar. Ya puede cerrar esta página.' },
      FAILED: { title: 'No se firmó nada', text: 'Usted salió sin firmar. Ya puede cerrar esta página.' },
      EXPIRED: {
        title: 'El plazo terminó',
        text: 'No se firmó nada. Para firmar, pida un nuevo enlace a la tienda.',
      },
      CANCELLED: {
        title: 'La solicitud se canceló',
        text: 'No se firmó nada. Si tiene dudas, comuníquese con la tienda.',
      },
      unknown: {
        title: 'Usted salió de la firma',
        text: 'Para continuar o ver el comprobante, abra de nuevo el enlace que recibió.',
      },
    },
    landingNote:
      'Esta página es solo un aviso. Lo que vale es lo que la tienda recibe de nuestro sistema y lo que muestra su enlace.',
    landingReference: 'Referencia de la sesión',
    front: {
      title: 'Aceite',
      lead: 'Portal de firma de contratos. La persona lee el texto exacto, revisa sus datos y firma; la prueba queda guardada.',
      signers: {
        title: '¿Recibió un contrato?',
        text: 'Abra el enlace que le envió la tienda. No necesita una cuenta ni instalar nada.',
      },
      checkers: { title: '¿Recibió un expediente?', text: 'Comprobar un expediente' },
      developers: { title: 'Integración', text: 'Referencia de la API y catálogo de errores' },
      staff: { title: 'Equipo', text: 'Entrar al panel' },
    },
    notFound: {
      title: 'Página no encontrada',
      text: 'No hay nada en esta dirección. Si llegó por un enlace de firma, abra de nuevo el mensaje de la tienda y use el enlace completo.',
    },
  },
  sv: {
    landing: {
      COMPLETED: { title: 'Allt är klart', text: 'Du har skrivit under färdigt. Du kan stänga sidan.' },
      FAILED: { title: 'Inget har skrivits under', text: 'Du lämnade utan att skriva under. Du kan stänga sidan.' },
      EXPIRED: {
        title: 'Tiden har gått ut',
        text: 'Inget har skrivits under. Be butiken om en ny länk för att skriva under.',
      },
      CANCELLED: {
        title: 'Begäran har återkallats',
        text: 'Inget har skrivits under. Kontakta butiken om du har frågor.',
      },
      unknown: {
        title: 'Du har lämnat sidan för underskrift',
        text: 'Öppna länken du fick igen för att fortsätta eller se kvittot.',
      },
    },
    landingNote:
      'Den här sidan är bara ett besked. Det som gäller är det som butiken får från vårt system och det som din länk visar.',
    landingReference: 'Sessionens referens',
    front: {
      title: 'Aceite',
      lead: 'En portal för att skriva under avtal. Man läser den exakta texten, kontrollerar sina uppgifter och skriver under; beviset sparas.',
      signers: {
        title: 'Har du fått ett avtal?',
        text: 'Öppna länken som butiken skickade. Du behöver inget konto och inte installera något.',
      },
      checkers: { title: 'Har du fått en akt?', text: 'Kontrollera en akt' },
      developers: { title: 'Integration', text: 'API-referens och felkatalog' },
      staff: { title: 'Personal', text: 'Logga in i kontrollpanelen' },
    },
    notFound: {
      title: 'Sidan finns inte',
      text: 'Det finns inget på den här adressen. Om du kom via en länk för underskrift, öppna butikens meddelande igen och använd hela länken.',
    },
  },
};
