import type { PerLanguage, PerStaffLanguage } from '#lib/copy/language.ts';

/** Refusals that are pages themselves, because there is no page of ours to send the person to. */
export const refusalKinds = {
  unauthorized: 401,
  foreign_origin: 403,
  link_unknown: 404,
  method_not_allowed: 405,
  payload_too_large: 413,
  unsupported_media_type: 415,
  internal_error: 500,
  client_address_untrusted: 503,
  temporarily_unavailable: 503,
} as const;
export type RefusalKind = keyof typeof refusalKinds;

export type RefusalWords = { title: string; body: string; wayOut: string };

/** What each page says: what happened, whether anything was signed, and what to do. */
export const refusalWords: PerLanguage<Record<RefusalKind, RefusalWords>> = {
  'pt-BR': {
    unauthorized: {
      title: 'Abra o link de novo',
      body: 'Este navegador não tem acesso a esta página, ou o acesso terminou. Nada foi assinado agora.',
      wayOut: 'Toque de novo no link que você recebeu. Se ele não abrir, peça outro à loja.',
    },
    foreign_origin: {
      title: 'Este envio não partiu desta página',
      body: 'O pedido veio de outro site, ou o navegador não disse de onde veio. Nada foi assinado e nada mudou.',
      wayOut: 'Toque no link que você recebeu e continue por lá.',
    },
    link_unknown: {
      title: 'Link não encontrado',
      body: 'Não há nada neste endereço. Nada foi assinado.',
      wayOut: 'Confira se o link veio inteiro. Se continuar assim, peça outro à loja.',
    },
    method_not_allowed: {
      title: 'Esta página não se abre assim',
      body: 'O endereço só recebe formulários desta página. Nada foi assinado.',
      wayOut: 'Toque no link que você recebeu e continue por lá.',
    },
    payload_too_large: {
      title: 'Texto longo demais',
      body: 'O que foi enviado passa do tamanho aceito. Nada foi assinado e nada mudou.',
      wayOut: 'Volte, encurte o que escreveu e envie de novo.',
    },
    unsupported_media_type: {
      title: 'O envio chegou com defeito',
      body: 'O formulário não chegou como esta página o envia. Nada foi assinado e nada mudou.',
      wayOut: 'Volte e envie de novo. Se continuar assim, abra o link em outro navegador.',
    },
    internal_error: {
      title: 'Algo deu errado do nosso lado',
      body: 'A falha é nossa e foi registrada. Abra o link de novo: ele mostra se a assinatura foi feita. Não se assina duas vezes.',
      wayOut: 'Se continuar assim, fale com a loja e cite o código abaixo.',
    },
    client_address_untrusted: {
      title: 'Não foi possível assinar agora',
      body: 'O servidor não soube de que endereço da internet veio o seu aceite. Nada foi assinado e nada se perdeu.',
      wayOut: 'Avise a loja: é um ajuste do lado dela. O seu link continua valendo.',
    },
    temporarily_unavailable: {
      title: 'Indisponível por um momento',
      body: 'Não foi possível consultar os dados agora. Abra o link de novo em instantes: ele mostra se a assinatura foi feita. Não se assina duas vezes.',
      wayOut: 'Espere alguns segundos e tente de novo.',
    },
  },
  en: {
    unauthorized: {
      title: 'Open the link again',
      body: 'This browser has no access to this page, or its access has ended. Nothing was signed just now.',
      wayOut: 'Tap the link that you received again. If it does not open, ask the shop for another.',
    },
    foreign_origin: {
      title: 'This did not come from this page',
      body: 'The request came from another site, or the browser did not say where from. Nothing was signed and nothing has changed.',
      wayOut: 'Tap the link that you received and go on from there.',
    },
    link_unknown: {
      title: 'Link not found',
      body: 'There is nothing at this address. Nothing was signed.',
      wayOut: 'Check that the link is complete. If it stays like this, ask the shop for another.',
    },
    method_not_allowed: {
      title: 'This page does not open like this',
      body: 'The address only takes forms of this page. Nothing was signed.',
      wayOut: 'Tap the link that you received and go on from there.',
    },
    payload_too_large: {
      title: 'Too much text',
      body: 'What was sent is over the accepted size. Nothing was signed and nothing has changed.',
      wayOut: 'Go back, shorten what you wrote and send it again.',
    },
    unsupported_media_type: {
      title: 'This did not arrive in one piece',
      body: 'The form did not arrive as this page sends it. Nothing was signed and nothing has changed.',
      wayOut: 'Go back and send it again. If it stays like this, open the link in another browser.',
    },
    internal_error: {
      title: 'Something went wrong on our side',
      body: 'The fault is ours and was logged. Open the link again: it shows whether the signature was made. Nobody signs twice.',
      wayOut: 'If it stays like this, tell the shop and quote the code below.',
    },
    client_address_untrusted: {
      title: 'Signing is not possible now',
      body: 'The server could not tell from which internet address your acceptance came. Nothing was signed and nothing was lost.',
      wayOut: 'Tell the shop: it is a setting on their side. Your link is still good.',
    },
    temporarily_unavailable: {
      title: 'Unavailable for a moment',
      body: 'The data could not be read now. Open the link again in a moment: it shows whether the signature was made. Nobody signs twice.',
      wayOut: 'Wait a few seconds and try again.',
    },
  },
};

/** Who reads the page; staff have no link that somebody sent them. */
export type RefusalReader = 'signer' | 'staff';

/** The way out for staff, where it is another than the signer's. */
export const staffWayOut: PerStaffLanguage<Partial<Record<RefusalKind, string>>> = {
  'pt-BR': {
    foreign_origin: 'Abra o painel e faça o pedido por lá.',
    method_not_allowed: 'Abra o painel e faça o pedido por lá.',
    unsupported_media_type: 'Volte e envie de novo. Se continuar assim, use outro navegador.',
    internal_error: 'Se continuar assim, avise quem cuida do portal e cite o código abaixo.',
  },
  en: {
    foreign_origin: 'Open the dashboard and do it from there.',
    method_not_allowed: 'Open the dashboard and do it from there.',
    unsupported_media_type: 'Go back and send it again. If it stays like this, use another browser.',
    internal_error: 'If it stays like this, tell whoever runs the portal and quote the code below.',
  },
};
