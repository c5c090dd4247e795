import type { Bilingual } from './field-messages.ts';

/** Every error of the API: its status and what it says. The guide beside it says when it happens and how to mend it. */
export type ErrorCode = keyof typeof errorCatalogue;

export type ErrorEntry = { status: number; title: Bilingual; detail: Bilingual };

export const errorCatalogue = {
  malformed_json: {
    status: 400,
    title: { 'pt-BR': 'JSON malformado', en: 'Malformed JSON' },
    detail: {
      'pt-BR': 'O corpo não é um único valor JSON em UTF-8, com nomes únicos e no máximo 20 níveis.',
      en: 'The body is not one JSON value in UTF-8 with unique names and at most 20 levels.',
    },
  },
  idempotency_key_invalid: {
    status: 400,
    title: { 'pt-BR': 'Chave de idempotência inválida', en: 'Invalid idempotency key' },
    detail: {
      'pt-BR': 'A chave tem de 1 a 256 caracteres ASCII visíveis; vindo nos dois cabeçalhos, deve ser a mesma.',
      en: 'The key has 1 to 256 visible ASCII characters; given in both headers, it must be the same.',
    },
  },
  unauthorized: {
    status: 401,
    title: { 'pt-BR': 'Chave de API ausente ou inválida', en: 'API key missing or not valid' },
    detail: {
      'pt-BR': 'Envie uma chave ativa no cabeçalho X-API-Key.',
      en: 'Send an active key in the X-API-Key header.',
    },
  },
  forbidden: {
    status: 403,
    title: { 'pt-BR': 'A chave não permite esta chamada', en: 'The key does not allow this call' },
    detail: {
      'pt-BR': 'Esta chave não tem o escopo que a chamada pede: missingScope diz qual.',
      en: 'This key lacks the scope that the call asks for: missingScope says which.',
    },
  },
  not_found: {
    status: 404,
    title: { 'pt-BR': 'Endereço não encontrado', en: 'No such address' },
    detail: {
      'pt-BR': 'Não há nada neste endereço. As chamadas estão em /docs.',
      en: 'There is nothing at this address. The calls are listed at /docs.',
    },
  },
  signing_session_not_found: {
    status: 404,
    title: { 'pt-BR': 'Sessão de assinatura não encontrada', en: 'Signing session not found' },
    detail: {
      'pt-BR': 'Não há sessão com este signingSessionId para esta chave.',
      en: 'There is no session with this signingSessionId for this key.',
    },
  },
  document_not_available: {
    status: 404,
    title: { 'pt-BR': 'Contrato assinado ainda não disponível', en: 'Signed contract not available' },
    detail: {
      'pt-BR': 'O contrato assinado só existe depois que a sessão chega a COMPLETED.',
      en: 'The signed contract exists only once the session is COMPLETED.',
    },
  },
  method_not_allowed: {
    status: 405,
    title: { 'pt-BR': 'Método não permitido', en: 'Method not allowed' },
    detail: {
      'pt-BR': 'Este endereço só aceita os métodos do cabeçalho Allow.',
      en: 'This address takes only the methods in the Allow header.',
    },
  },
  session_already_open: {
    status: 409,
    title: { 'pt-BR': 'Já existe uma sessão aberta para esta dívida', en: 'A session for this debt is already open' },
    detail: {
      'pt-BR':
        'Use a sessão de signingSessionId, ou cancele-a antes de criar outra. Sem esse campo, ela é de outro workspace.',
      en: 'Use the session in signingSessionId, or cancel it before you create another. Without that field it belongs to another workspace.',
    },
  },
  debt_already_signed: {
    status: 409,
    title: { 'pt-BR': 'Esta dívida já foi assinada', en: 'This debt has been signed' },
    detail: {
      'pt-BR':
        'A sessão de signingSessionId já foi assinada e o credor não a recusou. Sem esse campo, ela é de outro workspace.',
      en: 'The session in signingSessionId has been signed and the lender has not refused it. Without that field it belongs to another workspace.',
    },
  },
  session_completed: {
    status: 409,
    title: { 'pt-BR': 'A sessão já foi assinada', en: 'The session has been signed' },
    detail: {
      'pt-BR': 'Uma sessão COMPLETED não pode ser cancelada. Nada mudou.',
      en: 'A COMPLETED session cannot be cancelled. Nothing has changed.',
    },
  },
  session_not_cancellable: {
    status: 409,
    title: { 'pt-BR': 'A sessão não pode ser cancelada', en: 'The session cannot be cancelled' },
    detail: {
      'pt-BR': 'A sessão já terminou (FAILED ou EXPIRED). Não há o que cancelar.',
      en: 'The session has already ended (FAILED or EXPIRED). There is nothing to cancel.',
    },
  },
  idempotency_key_reused: {
    status: 409,
    title: { 'pt-BR': 'Chave de idempotência já usada', en: 'Idempotency key already used' },
    detail: {
      'pt-BR': 'Esta chave já foi usada em outra requisição nas últimas 24 horas. Nada foi executado.',
      en: 'This key was used for another request in the last 24 hours. Nothing was executed.',
    },
  },
  idempotency_in_progress: {
    status: 409,
    title: { 'pt-BR': 'A primeira requisição ainda está em curso', en: 'The first request is still running' },
    detail: {
      'pt-BR': 'Repita a mesma requisição depois do tempo de Retry-After.',
      en: 'Send the same request again after the time in Retry-After.',
    },
  },
  payload_too_large: {
    status: 413,
    title: { 'pt-BR': 'Corpo grande demais', en: 'Body too large' },
    detail: {
      'pt-BR': 'O corpo passa do limite desta chamada, ou o texto do contrato passa de 1 MiB.',
      en: 'The body is over the limit of this call, or the contract text is over 1 MiB.',
    },
  },
  unsupported_media_type: {
    status: 415,
    title: { 'pt-BR': 'Tipo de conteúdo não aceito', en: 'Media type not accepted' },
    detail: {
      'pt-BR': 'Envie application/json em UTF-8, sem Content-Encoding.',
      en: 'Send application/json in UTF-8, without Content-Encoding.',
    },
  },
  validation_failed: {
    status: 422,
    title: { 'pt-BR': 'Há campos a corrigir', en: 'Some fields need a correction' },
    detail: {
      'pt-BR': 'Nada foi feito. Cada campo a corrigir está em errors.',
      en: 'Nothing was done. Each field to correct is in errors.',
    },
  },
  contract_text_invalid: {
    status: 422,
    title: {
      'pt-BR': 'O texto do contrato tem caracteres não aceitos',
      en: 'The contract text holds refused characters',
    },
    detail: {
      'pt-BR': 'O texto tem um caractere que faria o que se vê diferir do que se guarda. errors diz qual e onde.',
      en: 'The text holds a character that would make what is seen differ from what is kept. errors says which and where.',
    },
  },
  contract_hash_mismatch: {
    status: 422,
    title: { 'pt-BR': 'O SHA-256 do contrato não confere', en: 'The SHA-256 of the contract differs' },
    detail: {
      'pt-BR': 'contract.sha256 não é o SHA-256 do texto em UTF-8 que recebemos.',
      en: 'contract.sha256 is not the SHA-256 of the text in UTF-8 that we received.',
    },
  },
  return_url_not_allowed: {
    status: 422,
    title: { 'pt-BR': 'returnUrl não permitida', en: 'returnUrl not allowed' },
    detail: {
      'pt-BR': 'returnUrl deve ser um endereço https absoluto cuja origem a chave permite.',
      en: 'returnUrl must be an absolute https address whose origin the key allows.',
    },
  },
  internal_error: {
    status: 500,
    title: { 'pt-BR': 'Erro interno', en: 'Internal error' },
    detail: {
      'pt-BR': 'A falha é nossa e foi registrada. Cite o requestId.',
      en: 'The fault is ours and was logged. Quote the requestId.',
    },
  },
  rate_limited: {
    status: 429,
    title: { 'pt-BR': 'Chamadas demais', en: 'Too many requests' },
    detail: {
      'pt-BR': 'Nada foi feito. Repita depois do tempo de Retry-After, com a mesma chave de idempotência.',
      en: 'Nothing was done. Repeat after the time in Retry-After, with the same idempotency key.',
    },
  },
  lender_signature_invalid: {
    status: 401,
    title: { 'pt-BR': 'Assinatura do credor ausente ou inválida', en: 'Lender signature missing or not valid' },
    detail: {
      'pt-BR': 'Nada prova que o credor enviou estes bytes a este endereço nos últimos cinco minutos.',
      en: 'Nothing proves that the lender sent these bytes to this address within the last five minutes.',
    },
  },
  lender_webhooks_closed: {
    status: 503,
    title: { 'pt-BR': 'Avisos do credor não configurados', en: 'Lender webhooks not configured' },
    detail: {
      'pt-BR': 'Sem a chave pública do credor nenhum aviso pode ser conferido, e nenhum é aceito.',
      en: "Without the lender's public key no notice can be checked, and none is taken.",
    },
  },
  client_address_untrusted: {
    status: 503,
    title: { 'pt-BR': 'Endereço do cliente não confiável', en: 'Client address not trusted' },
    detail: {
      'pt-BR': 'O servidor não soube de que endereço veio o aceite. Nada foi assinado e nada se perdeu.',
      en: 'The server could not tell from which address the acceptance came. Nothing was signed and nothing was lost.',
    },
  },
  temporarily_unavailable: {
    status: 503,
    title: { 'pt-BR': 'Indisponível no momento', en: 'Temporarily unavailable' },
    detail: {
      'pt-BR':
        'O banco de dados não respondeu. Repita depois do tempo de Retry-After, com a mesma chave de idempotência.',
      en: 'The database did not answer. Repeat after the time in Retry-After, with the same idempotency key.',
    },
  },
} as const satisfies Record<string, ErrorEntry>;

export const errorCodes = Object.keys(errorCatalogue) as ErrorCode[];

/** True for a code of the catalogue. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}

/**
 * The code that speaks for a whole list of refused fields: the particular one when all faults are of one such kind, otherwise
 * `validation_failed`.
 */
export function headlineOf(fieldCodes: readonly string[]): ErrorCode {
  if (fieldCodes.includes('contract_text_too_large')) return 'payload_too_large';
  const headlines = new Set(fieldCodes.map(headlineOfOne));
  const [only] = headlines;
  return headlines.size === 1 && only !== undefined ? only : 'validation_failed';
}

function headlineOfOne(code: string): ErrorCode {
  if (code.startsWith('contract_text_')) return 'contract_text_invalid';
  if (code.startsWith('return_url_')) return 'return_url_not_allowed';
  return code === 'contract_hash_mismatch' ? code : 'validation_failed';
}
