import type { PerLanguage, PerStaffLanguage } from '#lib/copy/language.ts';

/** Refusals that are pages themselves, because there is no page of ours to send the person to. */
export const refusalKinds = {
  unauthorized: 401,
  foreign_origin: 403,
  link_unknown: 404,
  method_not_allowed: 405,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
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
    rate_limited: {
      title: 'Pedidos demais em pouco tempo',
      body: 'Vieram pedidos demais deste link ou deste endereço de internet, e este não foi atendido. Nada foi assinado e nada mudou.',
      wayOut: 'Espere um minuto e tente de novo. O seu link continua valendo.',
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
    rate_limited: {
      title: 'Too many requests in a short time',
      body: 'Too many requests came from this link or this internet address, and this one was not answered. Nothing was signed and nothing has changed.',
      wayOut: 'Wait a minute and try again. Your link is still good.',
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
  es: {
    unauthorized: {
      title: 'Abra el enlace de nuevo',
      body: 'Este navegador no tiene acceso a esta página, o el acceso terminó. No se firmó nada ahora.',
      wayOut: 'Toque de nuevo el enlace que recibió. Si no se abre, pida otro a la tienda.',
    },
    foreign_origin: {
      title: 'Este envío no salió de esta página',
      body: 'La solicitud vino de otro sitio, o el navegador no dijo de dónde venía. No se firmó nada y nada cambió.',
      wayOut: 'Toque el enlace que recibió y continúe desde ahí.',
    },
    link_unknown: {
      title: 'Enlace no encontrado',
      body: 'No hay nada en esta dirección. No se firmó nada.',
      wayOut: 'Revise que el enlace esté completo. Si sigue así, pida otro a la tienda.',
    },
    method_not_allowed: {
      title: 'Esta página no se abre así',
      body: 'La dirección solo recibe formularios de esta página. No se firmó nada.',
      wayOut: 'Toque el enlace que recibió y continúe desde ahí.',
    },
    payload_too_large: {
      title: 'Texto demasiado largo',
      body: 'Lo que se envió supera el tamaño aceptado. No se firmó nada y nada cambió.',
      wayOut: 'Vuelva, acorte lo que escribió y envíelo de nuevo.',
    },
    unsupported_media_type: {
      title: 'El envío llegó con un defecto',
      body: 'El formulario no llegó como esta página lo envía. No se firmó nada y nada cambió.',
      wayOut: 'Vuelva y envíelo de nuevo. Si sigue así, abra el enlace en otro navegador.',
    },
    rate_limited: {
      title: 'Demasiadas solicitudes en poco tiempo',
      body: 'Llegaron demasiadas solicitudes de este enlace o de esta dirección de internet, y esta no se atendió. No se firmó nada y nada cambió.',
      wayOut: 'Espere un minuto e intente de nuevo. Su enlace sigue siendo válido.',
    },
    internal_error: {
      title: 'Algo falló de nuestro lado',
      body: 'La falla es nuestra y quedó registrada. Abra el enlace de nuevo: muestra si la firma se hizo. No se firma dos veces.',
      wayOut: 'Si sigue así, comuníquese con la tienda y cite el código que sigue.',
    },
    client_address_untrusted: {
      title: 'Ahora no es posible firmar',
      body: 'El servidor no supo desde qué dirección de internet llegó su aceptación. No se firmó nada y nada se perdió.',
      wayOut: 'Avise a la tienda: es un ajuste de su lado. Su enlace sigue siendo válido.',
    },
    temporarily_unavailable: {
      title: 'No disponible por un momento',
      body: 'No fue posible consultar los datos ahora. Abra el enlace de nuevo en un momento: muestra si la firma se hizo. No se firma dos veces.',
      wayOut: 'Espere unos segundos e intente de nuevo.',
    },
  },
  sv: {
    unauthorized: {
      title: 'Öppna länken igen',
      body: 'Den här webbläsaren har inte åtkomst till sidan, eller så har åtkomsten upphört. Inget har skrivits under nu.',
      wayOut: 'Tryck på länken du fick igen. Om den inte öppnas, be butiken om en ny.',
    },
    foreign_origin: {
      title: 'Det här skickades inte från sidan',
      body: 'Begäran kom från en annan webbplats, eller så sa webbläsaren inte varifrån. Inget har skrivits under och inget har ändrats.',
      wayOut: 'Tryck på länken du fick och fortsätt därifrån.',
    },
    link_unknown: {
      title: 'Länken finns inte',
      body: 'Det finns inget på den här adressen. Inget har skrivits under.',
      wayOut: 'Kontrollera att hela länken kom med. Om det inte hjälper, be butiken om en ny.',
    },
    method_not_allowed: {
      title: 'Sidan öppnas inte så här',
      body: 'Adressen tar bara emot formulär från sidan. Inget har skrivits under.',
      wayOut: 'Tryck på länken du fick och fortsätt därifrån.',
    },
    payload_too_large: {
      title: 'För lång text',
      body: 'Det som skickades är större än vad vi tar emot. Inget har skrivits under och inget har ändrats.',
      wayOut: 'Gå tillbaka, korta det du skrev och skicka igen.',
    },
    unsupported_media_type: {
      title: 'Det du skickade kom inte fram helt',
      body: 'Formuläret kom inte fram så som sidan skickar det. Inget har skrivits under och inget har ändrats.',
      wayOut: 'Gå tillbaka och skicka igen. Om det inte hjälper, öppna länken i en annan webbläsare.',
    },
    rate_limited: {
      title: 'För många förfrågningar på kort tid',
      body: 'Det kom för många förfrågningar från den här länken eller internetadressen, och den här besvarades inte. Inget har skrivits under och inget har ändrats.',
      wayOut: 'Vänta en minut och försök igen. Din länk gäller fortfarande.',
    },
    internal_error: {
      title: 'Något gick fel hos oss',
      body: 'Felet är vårt och har registrerats. Öppna länken igen: den visar om avtalet är underskrivet. Ingen skriver under två gånger.',
      wayOut: 'Om det inte hjälper, kontakta butiken och uppge koden nedan.',
    },
    client_address_untrusted: {
      title: 'Det går inte att skriva under just nu',
      body: 'Servern kunde inte se från vilken internetadress ditt godkännande kom. Inget har skrivits under och inget har gått förlorat.',
      wayOut: 'Säg till butiken: det är en inställning hos dem. Din länk gäller fortfarande.',
    },
    temporarily_unavailable: {
      title: 'Inte tillgängligt just nu',
      body: 'Uppgifterna kunde inte läsas just nu. Öppna länken igen om en stund: den visar om avtalet är underskrivet. Ingen skriver under två gånger.',
      wayOut: 'Vänta några sekunder och försök igen.',
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
    rate_limited: 'Espere um minuto e tente de novo.',
    internal_error: 'Se continuar assim, avise quem cuida do portal e cite o código abaixo.',
  },
  en: {
    foreign_origin: 'Open the dashboard and do it from there.',
    method_not_allowed: 'Open the dashboard and do it from there.',
    unsupported_media_type: 'Go back and send it again. If it stays like this, use another browser.',
    rate_limited: 'Wait a minute and try again.',
    internal_error: 'If it stays like this, tell whoever runs the portal and quote the code below.',
  },
};
