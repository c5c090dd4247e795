import type { SignerPage } from '#lib/domain/journey.ts';
import type { DetailField } from '#lib/domain/signer-detail.ts';
import type { PerLanguage } from './language.ts';

/** What stands on several pages of the signer's journey. */
export type JourneyWords = {
  skipToContent: string;
  step: (position: number, count: number) => string;
  titles: Record<SignerPage, string>;
  /** Before the title while something on the page is wrong. */
  errorPrefix: string;
  errorSummary: (count: number) => string;
  fields: Record<DetailField, string>;
  parties: { title: string; lender: string; merchant: string; order: string; validUntil: string };
  summary: { title: string; givenBy: (merchant: string) => string };
  contract: { title: string; contents: string; download: (size: string) => string; top: string };
  decline: {
    open: string;
    explanation: string;
    reason: string;
    reasonHint: (merchant: string) => string;
    confirm: string;
    wait: string;
  };
  /** Said instead of sending while the device knows that it has no network. */
  offline: string;
  footer: (merchant: string) => string;
};

export const journeyWords: PerLanguage<JourneyWords> = {
  'pt-BR': {
    skipToContent: 'Ir para o conteúdo',
    step: (position, count) => `Etapa ${position} de ${count}`,
    titles: {
      read: 'Seu contrato',
      details: 'Seus dados',
      review: 'Confira antes de assinar',
      receipt: 'Contrato assinado',
      closed: 'Nada foi assinado',
    },
    errorPrefix: 'Erro: ',
    errorSummary: (count) => (count === 1 ? 'Falta corrigir um ponto' : `Falta corrigir ${count} pontos`),
    fields: { name: 'Nome completo', email: 'E-mail', identity: 'CPF ou CNPJ', phone: 'Telefone com DDD' },
    parties: {
      title: 'Partes e prazo',
      lender: 'Credor',
      merchant: 'Loja',
      order: 'Pedido',
      validUntil: 'Proposta válida até',
    },
    summary: {
      title: 'Resumo',
      givenBy: (merchant) => `Valores informados por ${merchant}. O contrato completo está abaixo.`,
    },
    contract: {
      title: 'Contrato completo',
      contents: 'Índice do contrato',
      download: (size) => `Baixar o contrato (.txt, ${size})`,
      top: 'Voltar ao início',
    },
    decline: {
      open: 'Não quero assinar',
      explanation: 'Ao confirmar, o contrato não é assinado e este link deixa de valer. Não dá para voltar atrás.',
      reason: 'Motivo (opcional)',
      reasonHint: (merchant) => `${merchant} pode ler o que você escrever.`,
      confirm: 'Confirmar: não quero assinar',
      wait: 'Registrando sua resposta…',
    },
    offline: 'Sem conexão. Se você já tocou em assinar, não se preocupe: tentar de novo não assina duas vezes.',
    footer: (merchant) =>
      `Dúvidas sobre o contrato? Fale com ${merchant}. Nunca pedimos senha, cartão ou PIX nesta página.`,
  },
  en: {
    skipToContent: 'Skip to the content',
    step: (position, count) => `Step ${position} of ${count}`,
    titles: {
      read: 'Your contract',
      details: 'Your details',
      review: 'Check before you sign',
      receipt: 'Contract signed',
      closed: 'Nothing was signed',
    },
    errorPrefix: 'Error: ',
    errorSummary: (count) => (count === 1 ? 'One thing needs correcting' : `${count} things need correcting`),
    fields: { name: 'Full name', email: 'E-mail', identity: 'CPF or CNPJ', phone: 'Phone with area code' },
    parties: {
      title: 'Parties and deadline',
      lender: 'Lender',
      merchant: 'Shop',
      order: 'Order',
      validUntil: 'Offer valid until',
    },
    summary: {
      title: 'Summary',
      givenBy: (merchant) => `Figures given by ${merchant}. The whole contract is below.`,
    },
    contract: {
      title: 'The whole contract',
      contents: 'Contents of the contract',
      download: (size) => `Download the contract (.txt, ${size})`,
      top: 'Back to the top',
    },
    decline: {
      open: 'I do not want to sign',
      explanation: 'When you confirm, the contract is not signed and this link stops working. This cannot be undone.',
      reason: 'Reason (optional)',
      reasonHint: (merchant) => `${merchant} can read what you write.`,
      confirm: 'Confirm: I do not want to sign',
      wait: 'Recording your answer…',
    },
    offline: 'No connection. If you already pressed sign, trying again will not sign twice.',
    footer: (merchant) =>
      `Questions about the contract? Contact ${merchant}. We never ask for a password, a card or a PIX payment on this page.`,
  },
  es: {
    skipToContent: 'Ir al contenido',
    step: (position, count) => `Paso ${position} de ${count}`,
    titles: {
      read: 'Su contrato',
      details: 'Sus datos',
      review: 'Revise antes de firmar',
      receipt: 'Contrato firmado',
      closed: 'No se firmó nada',
    },
    errorPrefix: 'Error: ',
    errorSummary: (count) => (count === 1 ? 'Falta corregir un punto' : `Faltan ${count} puntos por corregir`),
    fields: {
      name: 'Nombre completo',
      email: 'Correo electrónico',
      identity: 'CPF o CNPJ',
      phone: 'Teléfono con código de área',
    },
    parties: {
      title: 'Partes y plazo',
      lender: 'Acreedor',
      merchant: 'Tienda',
      order: 'Pedido',
      validUntil: 'Oferta válida hasta',
    },
    summary: {
      title: 'Resumen',
      givenBy: (merchant) => `Valores indicados por ${merchant}. El contrato completo está más abajo.`,
    },
    contract: {
      title: 'Contrato completo',
      contents: 'Índice del contrato',
      download: (size) => `Descargar el contrato (.txt, ${size})`,
      top: 'Volver al inicio',
    },
    decline: {
      open: 'No quiero firmar',
      explanation: 'Al confirmar, el contrato no se firma y este enlace deja de funcionar. No se puede deshacer.',
      reason: 'Motivo (opcional)',
      reasonHint: (merchant) => `${merchant} puede leer lo que escriba.`,
      confirm: 'Confirmar: no quiero firmar',
      wait: 'Registrando su respuesta…',
    },
    offline: 'Sin conexión. Si ya pulsó firmar, no se preocupe: intentarlo de nuevo no firma dos veces.',
    footer: (merchant) =>
      `¿Dudas sobre el contrato? Comuníquese con ${merchant}. Nunca pedimos contraseñas, tarjetas ni pagos por PIX en esta página.`,
  },
  sv: {
    skipToContent: 'Hoppa till innehållet',
    step: (position, count) => `Steg ${position} av ${count}`,
    titles: {
      read: 'Ditt avtal',
      details: 'Dina uppgifter',
      review: 'Kontrollera innan du skriver under',
      receipt: 'Avtalet är underskrivet',
      closed: 'Inget har skrivits under',
    },
    errorPrefix: 'Fel: ',
    errorSummary: (count) => (count === 1 ? 'En sak behöver rättas' : `${count} saker behöver rättas`),
    fields: {
      name: 'Fullständigt namn',
      email: 'E-post',
      identity: 'CPF eller CNPJ',
      phone: 'Telefon med riktnummer',
    },
    parties: {
      title: 'Parter och tid',
      lender: 'Långivare',
      merchant: 'Butik',
      order: 'Beställning',
      validUntil: 'Erbjudandet gäller till',
    },
    summary: {
      title: 'Sammanfattning',
      givenBy: (merchant) => `Beloppen kommer från ${merchant}. Hela avtalet står nedan.`,
    },
    contract: {
      title: 'Hela avtalet',
      contents: 'Avtalets innehåll',
      download: (size) => `Ladda ner avtalet (.txt, ${size})`,
      top: 'Till början av sidan',
    },
    decline: {
      open: 'Jag vill inte skriva under',
      explanation: 'När du bekräftar skrivs avtalet inte under och länken slutar gälla. Det går inte att ångra.',
      reason: 'Anledning (valfritt)',
      reasonHint: (merchant) => `${merchant} kan läsa det du skriver.`,
      confirm: 'Bekräfta: jag vill inte skriva under',
      wait: 'Registrerar ditt svar…',
    },
    offline:
      'Ingen anslutning. Om du redan har tryckt på att skriva under: ett nytt försök skriver inte under två gånger.',
    footer: (merchant) =>
      `Frågor om avtalet? Kontakta ${merchant}. Vi ber aldrig om lösenord, kort eller PIX-betalning på den här sidan.`,
  },
};
