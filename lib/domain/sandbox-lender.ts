import { sandboxAnswerRows } from './sandbox-answers.ts';

/** How the sandbox lender treats one signature. Stable words: they stand in tests and in the lender's own code. */
export type SandboxBehaviour =
  | 'accepts'
  | 'refuses_body'
  | 'refuses_underscore'
  | 'fails_twice'
  | 'stores_then_resets'
  | 'stores_then_stalls'
  | 'stores_then_names_another_debt'
  | 'refuses_credential'
  | 'limits_once'
  | 'stores_then_shows_a_page'
  | 'accepts_and_tells_twice'
  | 'accepts_and_tells_late'
  | (typeof sandboxAnswerRows)[number]['behaviour'];

/** One row of the table that the sandbox lender obeys and the documentation shows. */
export type SandboxLenderRow = {
  /** Digits only, check digits valid; absent in the row for everybody else. */
  cpf?: string;
  behaviour: SandboxBehaviour;
  /** What the lender does, as one sentence. */
  does: { 'pt-BR': string; en: string };
  /** How the delivery ends without anybody's help. */
  endsAs: 'DELIVERED' | 'REJECTED' | 'PAUSED';
  /** How the portal gets there, as one sentence. */
  ends: { 'pt-BR': string; en: string };
};

/** How long the stalling row keeps the portal waiting: longer than the portal's own patience. */
export const sandboxStallMs = 20_000;
/** The limiting row's `Retry-After`. */
export const sandboxRetryAfterSeconds = 2;
/** How often the failing row answers 500 before it accepts. */
export const sandboxFailuresMax = 2;

/** Everything that the sandbox lender can do to a signature, chosen by the signer's CPF. */
export const sandboxLenderRows: readonly SandboxLenderRow[] = [
  {
    behaviour: 'accepts',
    does: { 'pt-BR': 'Aceita a assinatura.', en: 'Accepts the signature.' },
    endsAs: 'DELIVERED',
    ends: { 'pt-BR': 'Entregue no primeiro envio.', en: 'Delivered by the first send.' },
  },
  {
    cpf: '10000000280',
    behaviour: 'refuses_body',
    does: {
      'pt-BR': 'Não guarda nada e responde o erro 400 documentado (LEG000069, codificado duas vezes).',
      en: 'Stores nothing and answers the documented 400 (LEG000069, doubly encoded).',
    },
    endsAs: 'REJECTED',
    ends: { 'pt-BR': 'Recusada, com as palavras do credor.', en: "Rejected, with the lender's words." },
  },
  {
    cpf: '10000000361',
    behaviour: 'fails_twice',
    does: {
      'pt-BR': 'Responde 500 duas vezes sem guardar nada; depois aceita.',
      en: 'Answers 500 twice and stores nothing; then accepts.',
    },
    endsAs: 'DELIVERED',
    ends: {
      'pt-BR': 'Entregue no terceiro envio; antes de cada repetição o portal pergunta pela dívida.',
      en: 'Delivered by the third send; before each repeat the portal asks for the debt.',
    },
  },
  {
    cpf: '10000000442',
    behaviour: 'stores_then_resets',
    does: {
      'pt-BR': 'Guarda a assinatura e derruba a conexão.',
      en: 'Stores the signature, then resets the connection.',
    },
    endsAs: 'DELIVERED',
    ends: { 'pt-BR': 'Entregue por consulta, com um só envio.', en: 'Delivered by asking, with one send.' },
  },
  {
    cpf: '10000000523',
    behaviour: 'stores_then_stalls',
    does: { 'pt-BR': 'Guarda e só responde depois de 20 segundos.', en: 'Stores it and answers after 20 seconds.' },
    endsAs: 'DELIVERED',
    ends: { 'pt-BR': 'Entregue por consulta, com um só envio.', en: 'Delivered by asking, with one send.' },
  },
  {
    cpf: '10000000604',
    behaviour: 'stores_then_names_another_debt',
    does: {
      'pt-BR': 'Guarda e responde 200 com a chave de outra dívida.',
      en: "Stores it and answers 200 with another debt's key.",
    },
    endsAs: 'DELIVERED',
    ends: { 'pt-BR': 'Entregue por consulta, com um só envio.', en: 'Delivered by asking, with one send.' },
  },
  {
    cpf: '10000000795',
    behaviour: 'refuses_credential',
    does: {
      'pt-BR': 'Não guarda nada e responde 401, como a uma credencial errada.',
      en: 'Stores nothing and answers 401, as for a wrong credential.',
    },
    endsAs: 'PAUSED',
    ends: {
      'pt-BR': 'Pausada, visível, até que alguém corrija a credencial e libere a entrega.',
      en: 'Paused and visible until somebody mends the credential and releases the delivery.',
    },
  },
  {
    cpf: '10000000876',
    behaviour: 'limits_once',
    does: {
      'pt-BR': 'Responde 429 com Retry-After: 2 sem guardar nada; depois aceita.',
      en: 'Answers 429 with Retry-After: 2 and stores nothing; then accepts.',
    },
    endsAs: 'DELIVERED',
    ends: { 'pt-BR': 'Entregue no segundo envio.', en: 'Delivered by the second send.' },
  },
  {
    cpf: '10000000957',
    behaviour: 'stores_then_shows_a_page',
    does: { 'pt-BR': 'Guarda e responde 200 com uma página HTML.', en: 'Stores it and answers 200 with an HTML page.' },
    endsAs: 'DELIVERED',
    ends: { 'pt-BR': 'Entregue por consulta, com um só envio.', en: 'Delivered by asking, with one send.' },
  },
  {
    cpf: '10000004006',
    behaviour: 'accepts_and_tells_twice',
    does: {
      'pt-BR': 'Aceita e envia cada aviso duas vezes.',
      en: 'Accepts the signature and posts each of its notices twice.',
    },
    endsAs: 'DELIVERED',
    ends: {
      'pt-BR': 'Entregue no primeiro envio; cada aviso conta uma vez.',
      en: 'Delivered by the first send; each notice counts once.',
    },
  },
  {
    cpf: '10000004197',
    behaviour: 'accepts_and_tells_late',
    does: {
      'pt-BR': 'Aceita e envia os avisos segundos depois, o último primeiro.',
      en: 'Accepts the signature and posts its notices seconds later, the last one first.',
    },
    endsAs: 'DELIVERED',
    ends: {
      'pt-BR': 'Entregue no primeiro envio; a ordem dos avisos não importa.',
      en: 'Delivered by the first send; the order of the notices does not matter.',
    },
  },
  {
    cpf: '10000004278',
    behaviour: 'refuses_underscore',
    does: {
      'pt-BR': 'Responde LEG000069 enquanto o campo type for data_signature, sem guardar nada; aceita data-signature.',
      en: 'Answers LEG000069 and stores nothing while the field type is data_signature; takes data-signature.',
    },
    endsAs: 'REJECTED',
    ends: {
      'pt-BR': 'Recusada; entregue depois que dois administradores concordam em outra grafia.',
      en: 'Rejected; delivered once two admins have agreed on another spelling.',
    },
  },
  ...sandboxAnswerRows,
];

/** What the sandbox lender does for this signer's document (digits only); everybody without a row is accepted. */
export function sandboxBehaviourOf(document: string): SandboxBehaviour {
  return sandboxLenderRows.find((row) => row.cpf === document)?.behaviour ?? 'accepts';
}
