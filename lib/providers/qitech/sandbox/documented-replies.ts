import type { SandboxAnswer } from '#lib/domain/sandbox-answer.ts';

/**
 * What the twin sends back. `manner` is how: at once, after the stall, not at all and the connection reset, or as bytes that no good server
 * sends.
 */
export type Reply = {
  status: number;
  headers?: Record<string, string>;
  content: { json: unknown } | { html: string };
  manner?: 'stalled' | 'reset' | NonNullable<SandboxAnswer['manner']>;
};

/** The acknowledgement of a signature; the only place where the lender uses this status. */
export function signatureReceived(debtKey: string, at: Date): Reply {
  const json = {
    data: {},
    event_datetime: eventTime(at),
    key: debtKey,
    status: 'signature_received',
    webhook_type: 'debt',
  };
  return { status: 200, content: { json } };
}

/** The stock "body invalid" error: its `data` is a text that is itself JSON. */
export function bodyInvalid(faults: Record<string, string>): Reply {
  return doublyEncoded({ ...bodyInvalidWords, extra_fields: faults });
}

export const bodyInvalidWords = {
  title: 'Bad Request',
  description: 'The request body is invalid, please check the documentation',
  translation: 'O corpo da requisição é inválido, por favor verifique a documentação',
  code: 'LEG000069',
};

/** The documents have no words for a second signature; these are modelled on the cancel call's, which name the present state. */
export function wrongState(debtStatus: string): Reply {
  return doublyEncoded({
    title: 'Bad Request',
    description: `The operation signed is not allowed for a debt with status ${debtStatus}`,
    translation: `A operação de assinatura não é permitida para uma dívida com status ${debtStatus}`,
    extra_fields: {},
    code: 'LEG000073',
  });
}

/** An authentication error, a plain object at top level. The sentence about an unknown key embeds it, as the real one does. */
export function unauthenticated(verdict: string, givenKey: string): Reply {
  if (verdict === 'api_key_missing') {
    return plainError(400, 'GDF000003', 'No API-CLIENT-KEY received', 'Nenhuma API-CLIENT-KEY recebida');
  }
  if (verdict === 'api_key_unknown') {
    const sentence = ['There is no integration for the API key', 'Não há integração para a chave'];
    return plainError(404, 'GDF000018', `${sentence[0]} ${givenKey}`, `${sentence[1]} ${givenKey}`);
  }
  return plainError(
    401,
    'GDF000014',
    `The token could not be decoded (${verdict})`,
    'O token não pôde ser decodificado',
  );
}

/** No code of the real lender's is known for these; `SBX` marks them as the twin's own. */
export function notFound(): Reply {
  return plainError(404, 'SBX000404', 'There is nothing at this address', 'Não há nada neste endereço');
}

export function serverError(): Reply {
  return plainError(500, 'SBX000500', 'Internal error', 'Erro interno');
}

/** An error of this status that says nothing more. */
export function errorOf(status: number): Reply {
  return plainError(status, `SBX000${status}`, `Refused with ${status}`, `Recusado com ${status}`);
}

export function tooManyRequests(retryAfterSeconds: number): Reply {
  const reply = plainError(429, 'SBX000429', 'Too many requests', 'Requisições demais');
  return { ...reply, headers: { 'Retry-After': String(retryAfterSeconds) } };
}

/** `YYYY-MM-DD HH:MM:SS`, without a zone, as everywhere in the lender's envelopes; UTC here. */
export function eventTime(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

function doublyEncoded(error: Record<string, unknown>): Reply {
  return { status: 400, content: { json: { data: JSON.stringify(error) } } };
}

function plainError(status: number, code: string, description: string, translation: string): Reply {
  const title = status === 401 ? 'QI Unauthenticated' : 'QI Error';
  return { status, content: { json: { title, description, translation, code } } };
}
