import type { SandboxAnswer } from './sandbox-answer.ts';

const byAsking = {
  'pt-BR': 'Entregue por consulta, com um só envio.',
  en: 'Delivered by asking, with one send.',
};
const bySecondSend = { 'pt-BR': 'Entregue no segundo envio.', en: 'Delivered by the second send.' };
const bySigningAgain = {
  'pt-BR': 'Entregue na mesma tentativa: o portal assina o pedido outra vez, pelo relógio do credor.',
  en: "Delivered in the same attempt: the portal signs the request again, by the lender's clock.",
};
const afterAnHour = {
  'pt-BR': 'Entregue no segundo envio; o portal espera uma hora, o máximo, e pergunta antes.',
  en: 'Delivered by the second send; the portal waits an hour, which is the most, and asks first.',
};
const refusedAtOnce = { 'pt-BR': 'Recusada no primeiro envio.', en: 'Rejected by the first send.' };
const afterTwoSends = {
  'pt-BR': 'Recusada no segundo envio, um minuto depois.',
  en: 'Rejected by the second send, a minute later.',
};
const refusedByAsking = {
  'pt-BR': 'Recusada por consulta: a dívida foi cancelada.',
  en: 'Rejected by asking: the debt was cancelled.',
};
const pausedAtCredential = {
  'pt-BR': 'Pausada, visível, até que alguém corrija a credencial e libere a entrega.',
  en: 'Paused and visible until somebody mends the credential and releases the delivery.',
};
const pausedAtAddress = {
  'pt-BR': 'Pausada: o portal nunca segue um redirecionamento.',
  en: 'Paused: the portal never follows a redirect.',
};

/** The rows of the sandbox lender's table that are an answer and nothing more: each kind of answer that the portal tells apart. */
export const sandboxAnswerRows = [
  {
    cpf: '10000001090',
    behaviour: 'redirects',
    does: { 'pt-BR': 'Responde 307 e aponta para outro endereço.', en: 'Answers 307 and points to another address.' },
    endsAs: 'PAUSED',
    ends: pausedAtAddress,
    answer: { status: 307, content: 'nothing', location: 'http://127.0.0.1:9/elsewhere' },
  },
  {
    cpf: '10000001171',
    behaviour: 'forbids',
    does: { 'pt-BR': 'Não guarda nada e responde 403.', en: 'Stores nothing and answers 403.' },
    endsAs: 'PAUSED',
    ends: pausedAtCredential,
    answer: { status: 403, content: 'error' },
  },
  {
    cpf: '10000001252',
    behaviour: 'differs_in_clock_once',
    does: {
      'pt-BR': 'Responde 401 uma vez, com um relógio quatro minutos à frente; depois aceita.',
      en: 'Answers 401 once, by a clock that is four minutes ahead; then accepts.',
    },
    endsAs: 'DELIVERED',
    ends: bySigningAgain,
    answer: { status: 401, content: 'error', times: 1, clockAheadMinutes: 4 },
  },
  {
    cpf: '10000001333',
    behaviour: 'hides_debt_once',
    does: { 'pt-BR': 'Responde 404 uma vez; depois aceita.', en: 'Answers 404 once; then accepts.' },
    endsAs: 'DELIVERED',
    ends: bySecondSend,
    answer: { status: 404, content: 'error', times: 1 },
  },
  {
    cpf: '10000001414',
    behaviour: 'hides_debt',
    does: { 'pt-BR': 'Responde 404 sempre.', en: 'Always answers 404.' },
    endsAs: 'REJECTED',
    ends: afterTwoSends,
    answer: { status: 404, content: 'error' },
  },
  {
    cpf: '10000001503',
    behaviour: 'is_closed_until_a_date',
    does: {
      'pt-BR': 'Responde 503 uma vez, com Retry-After como data daqui a duas horas; depois aceita.',
      en: 'Answers 503 once, with a Retry-After that is the date two hours ahead; then accepts.',
    },
    endsAs: 'DELIVERED',
    ends: afterAnHour,
    answer: { status: 503, content: 'error', times: 1, retryAfterHours: 2 },
  },
  {
    cpf: '10000001686',
    behaviour: 'times_out_once',
    does: { 'pt-BR': 'Responde 408 uma vez; depois aceita.', en: 'Answers 408 once; then accepts.' },
    endsAs: 'DELIVERED',
    ends: bySecondSend,
    answer: { status: 408, content: 'error', times: 1 },
  },
  {
    cpf: '10000001767',
    behaviour: 'is_too_early_once',
    does: { 'pt-BR': 'Responde 425 uma vez; depois aceita.', en: 'Answers 425 once; then accepts.' },
    endsAs: 'DELIVERED',
    ends: bySecondSend,
    answer: { status: 425, content: 'error', times: 1 },
  },
  {
    cpf: '10000001848',
    behaviour: 'stores_then_502',
    does: { 'pt-BR': 'Guarda e responde 502.', en: 'Stores it and answers 502.' },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 502, content: 'error', stores: true },
  },
  {
    cpf: '10000001929',
    behaviour: 'stores_then_504',
    does: { 'pt-BR': 'Guarda e responde 504.', en: 'Stores it and answers 504.' },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 504, content: 'error', stores: true },
  },
  {
    cpf: '10000002062',
    behaviour: 'stores_then_201',
    does: { 'pt-BR': 'Guarda e responde 201 em vez de 200.', en: 'Stores it and answers 201 in place of 200.' },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 201, content: 'acknowledgement', stores: true },
  },
  {
    cpf: '10000002143',
    behaviour: 'stores_then_202',
    does: { 'pt-BR': 'Guarda e responde 202 em vez de 200.', en: 'Stores it and answers 202 in place of 200.' },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 202, content: 'acknowledgement', stores: true },
  },
  {
    cpf: '10000002224',
    behaviour: 'stores_then_204',
    does: { 'pt-BR': 'Guarda e responde 204, sem corpo.', en: 'Stores it and answers 204, without a body.' },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 204, content: 'nothing', stores: true },
  },
  {
    cpf: '10000002305',
    behaviour: 'stores_then_names_another_status',
    does: { 'pt-BR': 'Guarda e responde 200 com outro estado.', en: 'Stores it and answers 200 with another status.' },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 200, content: 'other_status', stores: true },
  },
  {
    cpf: '10000002496',
    behaviour: 'stores_then_names_no_debt',
    does: {
      'pt-BR': 'Guarda e responde 200 sem a chave da dívida.',
      en: "Stores it and answers 200 without the debt's key.",
    },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 200, content: 'no_key', stores: true },
  },
  {
    cpf: '10000002577',
    behaviour: 'stores_then_cuts_short',
    does: {
      'pt-BR': 'Guarda e responde 200, mas interrompe a resposta no meio.',
      en: 'Stores it and answers 200, but ends in the middle of the answer.',
    },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 200, content: 'acknowledgement', stores: true, manner: 'cut_short' },
  },
  {
    cpf: '10000002658',
    behaviour: 'stores_then_says_too_much',
    does: { 'pt-BR': 'Guarda e responde 200 com 100 MiB.', en: 'Stores it and answers 200 with 100 MiB.' },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 200, content: 'acknowledgement', stores: true, manner: 'endless' },
  },
  {
    cpf: '10000002739',
    behaviour: 'stores_then_drips',
    does: {
      'pt-BR': 'Guarda e responde 200 sem nunca terminar.',
      en: 'Stores it and answers 200 without ever ending.',
    },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 200, content: 'acknowledgement', stores: true, manner: 'dripping' },
  },
  {
    cpf: '10000002810',
    behaviour: 'stores_then_compresses',
    does: {
      'pt-BR': 'Guarda e responde 200 comprimido, sem que o portal o tenha pedido.',
      en: 'Stores it and answers 200 compressed, which the portal did not ask for.',
    },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 200, content: 'acknowledgement', stores: true, manner: 'compressed' },
  },
  {
    cpf: '10000002909',
    behaviour: 'stores_then_409',
    does: { 'pt-BR': 'Guarda e responde 409.', en: 'Stores it and answers 409.' },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 409, content: 'error', stores: true },
  },
  {
    cpf: '10000003034',
    behaviour: 'refuses_length',
    does: { 'pt-BR': 'Não guarda nada e responde 413.', en: 'Stores nothing and answers 413.' },
    endsAs: 'REJECTED',
    ends: refusedAtOnce,
    answer: { status: 413, content: 'error' },
  },
  {
    cpf: '10000003115',
    behaviour: 'refuses_kind',
    does: { 'pt-BR': 'Não guarda nada e responde 415.', en: 'Stores nothing and answers 415.' },
    endsAs: 'REJECTED',
    ends: refusedAtOnce,
    answer: { status: 415, content: 'error' },
  },
  {
    cpf: '10000003204',
    behaviour: 'refuses_content',
    does: { 'pt-BR': 'Não guarda nada e responde 422.', en: 'Stores nothing and answers 422.' },
    endsAs: 'REJECTED',
    ends: refusedAtOnce,
    answer: { status: 422, content: 'error' },
  },
  {
    cpf: '10000003387',
    behaviour: 'refuses_body_plainly',
    does: {
      'pt-BR': 'Não guarda nada e responde 400 com o erro como objeto, não como texto.',
      en: 'Stores nothing and answers 400 with the error as an object, not as a text.',
    },
    endsAs: 'REJECTED',
    ends: refusedAtOnce,
    answer: { status: 400, content: 'body_invalid_object' },
  },
  {
    cpf: '10000003468',
    behaviour: 'stores_then_says_signed',
    does: {
      'pt-BR': 'Guarda e responde 400: a dívida já está assinada.',
      en: 'Stores it and answers 400: the debt is signed already.',
    },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 400, content: 'wrong_state', stores: true },
  },
  {
    cpf: '10000003549',
    behaviour: 'cancels_meanwhile',
    does: {
      'pt-BR': 'Cancela a dívida e responde 400: ela não espera mais uma assinatura.',
      en: 'Cancels the debt and answers 400: it waits for no signature any more.',
    },
    endsAs: 'REJECTED',
    ends: refusedByAsking,
    answer: { status: 400, content: 'wrong_state', cancels: true },
  },
  {
    cpf: '10000003620',
    behaviour: 'stores_then_resets_after_200',
    does: {
      'pt-BR': 'Guarda, responde 200 e derruba a conexão antes do corpo.',
      en: 'Stores it and answers 200, then resets the connection before the body.',
    },
    endsAs: 'DELIVERED',
    ends: byAsking,
    answer: { status: 200, content: 'acknowledgement', stores: true, manner: 'reset_after_head' },
  },
] as const;

/** Every answer by the row's name. */
export const sandboxAnswers: ReadonlyMap<string, SandboxAnswer> = new Map(
  sandboxAnswerRows.map(({ behaviour, answer }) => [behaviour, answer]),
);
