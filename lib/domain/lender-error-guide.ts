/** What an error of the lender means and what a person can do about it, in the languages of the staff. */
export type LenderErrorAdvice = {
  means: { 'pt-BR': string; en: string };
  act: { 'pt-BR': string; en: string };
};

const mendCredential = {
  'pt-BR':
    'Confira QITECH_API_CLIENT_KEY e QITECH_PRIVATE_KEY_FILE com o credor. Depois de corrigir, libere a entrega com um motivo.',
  en: 'Check QITECH_API_CLIENT_KEY and QITECH_PRIVATE_KEY_FILE with the lender. Once mended, release the delivery with a reason.',
};

/** The lender's own codes, as its documents have them (reference `qitech`, 4.5, 4.6 and 6). */
const adviceByCode: Readonly<Record<string, LenderErrorAdvice>> = {
  LEG000069: {
    means: {
      'pt-BR': 'Corpo da requisição inválido: o credor leu o pedido e não aceita a forma dele.',
      en: 'Invalid request body: the lender has read the request and does not take its form.',
    },
    act: {
      'pt-BR':
        'Compare com o credor o campo type: a documentação traz data_signature e data-signature; QITECH_SIGNATURE_TYPE muda as próximas assinaturas. Esta pode ir em outra grafia, que um administrador propõe e outro aprova, na página das chamadas ao credor. Um conteúdo errado pede nova sessão e nova assinatura.',
      en: 'Compare the field type with the lender: its pages have data_signature and data-signature; QITECH_SIGNATURE_TYPE switches for later signatures. This one may go in another spelling, which one admin proposes and another approves, on the page of the calls to the lender. Wrong content needs a new session and a new signature.',
    },
  },
  LEG000073: {
    means: {
      'pt-BR': 'Operação não permitida no estado atual da dívida; o texto do credor diz qual é.',
      en: "The operation is not allowed in the debt's present state; the lender's sentence names it.",
    },
    act: {
      'pt-BR':
        'O portal pergunta sozinho se a assinatura já chegou. Se a dívida foi cancelada, é preciso uma nova emissão e uma nova sessão.',
      en: 'The portal asks by itself whether the signature is there already. If the debt was cancelled, it takes a new debt and a new session.',
    },
  },
  GDF000003: {
    means: {
      'pt-BR': 'O credor não recebeu o cabeçalho API-CLIENT-KEY.',
      en: 'The lender received no API-CLIENT-KEY header.',
    },
    act: {
      'pt-BR': 'Um proxy de saída pode tê-lo retirado. Depois de corrigir, libere a entrega com um motivo.',
      en: 'A proxy on the way out may have taken it off. Once mended, release the delivery with a reason.',
    },
  },
  GDF000014: {
    means: {
      'pt-BR': 'O credor não conseguiu decodificar o token, ou este endereço não está liberado para a integração.',
      en: 'The lender could not decode the token, or this address is not open to the integration.',
    },
    act: mendCredential,
  },
  GDF000018: {
    means: {
      'pt-BR': 'Não há integração com esta chave de API no credor.',
      en: 'The lender has no integration with this API key.',
    },
    act: mendCredential,
  },
};

const askedFirst = {
  'pt-BR': 'O portal pergunta pela dívida certa antes de tudo. Avise o credor se isso se repetir.',
  en: 'The portal asks about the right debt before anything else. Tell the lender if it happens again.',
};

/** Reasons of a delivery that the lender gave no code for. */
const adviceByReason: Readonly<Record<string, LenderErrorAdvice>> = {
  credential_refused: adviceOf('O credor recusou a credencial.', 'The lender refused the credential.', mendCredential),
  status_401: adviceOf('O credor recusou a credencial.', 'The lender refused the credential.', mendCredential),
  status_403: adviceOf('O credor proibiu a chamada.', 'The lender forbids the call.', mendCredential),
  status_405: adviceOf(
    'O endereço do credor não aceita esta chamada, ou não a abre para a integração.',
    "The lender's address does not take this call, or does not open it to the integration.",
    {
      'pt-BR':
        'Confirme QITECH_BASE_URL e os acessos da integração com o credor. Depois, libere a entrega com um motivo.',
      en: 'Confirm QITECH_BASE_URL and what is open to the integration with the lender. Then release the delivery with a reason.',
    },
  ),
  status_407: adviceOf(
    'Um proxy de saída pede credencial própria; a chamada não chegou ao credor.',
    'A proxy on the way out wants a credential of its own; the call did not reach the lender.',
    {
      'pt-BR': 'Fale com quem cuida da rede. Depois de corrigir, libere a entrega com um motivo.',
      en: 'Ask whoever looks after the network. Once mended, release the delivery with a reason.',
    },
  ),
  redirected: adviceOf(
    'O credor apontou para outro endereço; o portal nunca segue um redirecionamento.',
    'The lender pointed to another address; the portal never follows a redirect.',
    {
      'pt-BR': 'Confirme o endereço com o credor, corrija QITECH_BASE_URL e libere a entrega com um motivo.',
      en: 'Confirm the address with the lender, mend QITECH_BASE_URL and release the delivery with a reason.',
    },
  ),
  certificate_invalid: adviceOf(
    'O certificado do endereço do credor não é de confiança; nada foi enviado.',
    "The certificate at the lender's address is not trusted; nothing was sent.",
    {
      'pt-BR':
        'Pode haver alguém no meio do caminho, ou o certificado venceu. Fale com o credor; não desligue a verificação.',
      en: 'Somebody may be in between, or the certificate has expired. Ask the lender; do not switch the check off.',
    },
  ),
  reply_key_mismatch: adviceOf(
    'O credor confirmou a assinatura de outra dívida.',
    "The lender confirmed another debt's signature.",
    askedFirst,
  ),
  reply_key_missing: adviceOf(
    'O credor respondeu sem dizer de que dívida fala.',
    'The lender answered without saying which debt it speaks of.',
    askedFirst,
  ),
  kept_body_altered: adviceOf(
    'O conteúdo guardado não confere com o que foi assinado; nada foi enviado.',
    'What was kept does not match what was signed; nothing was sent.',
    {
      'pt-BR':
        'Chame quem opera o portal: o banco de dados foi alterado ou uma chave falta. O comando audit mostra o que mudou.',
      en: 'Call whoever runs the portal: the database was changed or a key is missing. The audit command shows what changed.',
    },
  ),
  debt_cancelled: adviceOf('A dívida foi cancelada no credor.', 'The lender has cancelled the debt.', {
    'pt-BR': 'É preciso uma nova emissão no credor e uma nova sessão.',
    en: 'It takes a new debt at the lender and a new session.',
  }),
  status_404: adviceOf('O credor não conhece esta dívida.', 'The lender does not know this debt.', {
    'pt-BR':
      'Confira a chave da dívida com o credor. Se ela agora existe, tente de novo; se estava errada, crie outra sessão.',
    en: "Check the debt's key with the lender. If it exists by now, try again; if it was wrong, create another session.",
  }),
};

function adviceOf(portuguese: string, english: string, act: LenderErrorAdvice['act']): LenderErrorAdvice {
  return { means: { 'pt-BR': portuguese, en: english }, act };
}

/** What is known of the lender's code, or else of the reason; undefined when neither says anything that its own words do not. */
export function lenderErrorAdvice(code: string | undefined, reason: string | undefined): LenderErrorAdvice | undefined {
  if (code !== undefined && Object.hasOwn(adviceByCode, code)) return adviceByCode[code];
  return reason !== undefined && Object.hasOwn(adviceByReason, reason) ? adviceByReason[reason] : undefined;
}
