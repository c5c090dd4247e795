import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import type { StaffRole } from '#lib/domain/roles.ts';
import type { Actor, SessionStatus } from '#lib/domain/session-state.ts';
import type { PerLanguage } from './language.ts';

/** Every sentence of the dashboard, but for the names of events and evidence fields (`dashboard-terms.ts`). */
export type DashboardCopy = {
  product: string;
  skip: string;
  signIn: { title: string; email: string; password: string; act: string; problems: Record<SignInProblem, string> };
  signOut: string;
  role: Record<StaffRole, string>;
  status: Record<SessionStatus, string>;
  delivery: Record<DeliveryStatus, string>;
  actor: Record<Actor, string>;
  list: {
    title: string;
    searchLabel: string;
    searchHint: string;
    search: string;
    all: string;
    filter: string;
    columns: Record<'status' | 'person' | 'order' | 'lender' | 'created' | 'ends', string>;
    older: string;
    first: string;
    none: string;
    noMatch: string;
    clear: string;
    asOf: string;
    stale: string;
    noPerson: string;
  };
  session: {
    back: string;
    title: string;
    facts: string;
    timeline: string;
    zone: string;
    delivery: string;
    contract: string;
    evidence: string;
    evidenceHidden: string;
    noDelivery: string;
    attempts: string;
    nextAttempt: string;
    lenderSays: string;
    lenderCode: string;
    reason: string;
    closingWords: string;
    id: string;
    debtKey: string;
    orderId: string;
    receiptCode: string;
    created: string;
    expires: string;
    closed: string;
    masked: string;
    notCaptured: string;
    source: string;
  };
  cancel: {
    open: string;
    title: string;
    warning: string;
    reason: string;
    reasonHint: string;
    act: string;
    keep: string;
    problems: Record<CancelProblem, string>;
  };
  notFound: string;
};

export type SignInProblem = 'credentials_wrong' | 'too_many_failures';
export type CancelProblem =
  | 'reason_missing'
  | 'session_completed'
  | 'session_not_cancellable'
  | 'forbidden'
  | 'signing_session_not_found';

export const dashboardCopy: PerLanguage<DashboardCopy> = {
  'pt-BR': {
    product: 'Aceite · painel',
    skip: 'Ir para o conteúdo',
    signIn: {
      title: 'Entrar no painel',
      email: 'E-mail',
      password: 'Senha',
      act: 'Entrar',
      problems: {
        credentials_wrong: 'E-mail e senha não conferem. Confira os dois e tente de novo.',
        too_many_failures: 'Muitas tentativas seguidas. Espere 15 minutos e tente de novo.',
      },
    },
    signOut: 'Sair',
    role: { viewer: 'leitura', operator: 'operação', auditor: 'auditoria', admin: 'administração' },
    status: {
      PENDING: 'Aguardando abrir',
      IN_PROGRESS: 'Em andamento',
      COMPLETED: 'Assinada',
      FAILED: 'Não concluída',
      EXPIRED: 'Expirada',
      CANCELLED: 'Cancelada',
    },
    delivery: {
      QUEUED: 'a enviar',
      SENDING: 'enviando',
      RETRY_WAIT: 'vai tentar de novo',
      AMBIGUOUS: 'sem resposta clara, perguntando',
      DELIVERED: 'recebida pelo credor',
      REJECTED: 'recusada pelo credor',
      PAUSED: 'pausada: credencial',
      NEEDS_ATTENTION: 'precisa de ação',
    },
    actor: { signer: 'quem assina', merchant: 'loja', staff: 'equipe', system: 'portal', lender: 'credor' },
    list: {
      title: 'Sessões de assinatura',
      searchLabel: 'Buscar',
      searchHint: 'Sessão, pedido, chave da dívida, comprovante, CPF ou CNPJ',
      search: 'Buscar',
      all: 'Todas',
      filter: 'Filtrar por situação',
      columns: {
        status: 'Situação',
        person: 'Pessoa',
        order: 'Pedido',
        lender: 'Credor',
        created: 'Criada',
        ends: 'Expira ou concluída',
      },
      older: 'Mais antigas',
      first: 'Mais recentes',
      none: 'Nenhuma sessão ainda. Crie a primeira com POST /api/v1/signing; a referência está em /docs.',
      noMatch: 'Nenhuma sessão com estes filtros.',
      clear: 'Limpar filtros',
      asOf: 'Dados de {time}',
      stale: 'Não foi possível atualizar; os dados são de {time}.',
      noPerson: 'ainda não informada',
    },
    session: {
      back: 'Todas as sessões',
      title: 'Sessão',
      facts: 'Dados',
      timeline: 'Linha do tempo',
      zone: 'Horários em America/Sao_Paulo, com a diferença para UTC.',
      delivery: 'Entrega ao credor',
      contract: 'Contrato',
      evidence: 'Provas',
      evidenceHidden: 'Provas e contrato: peça a alguém com perfil de operação, auditoria ou administração.',
      noDelivery: 'Nada a entregar: ainda não foi assinada.',
      attempts: 'Envios',
      nextAttempt: 'Próxima tentativa',
      lenderSays: 'O credor diz',
      lenderCode: 'Código do credor',
      reason: 'Motivo',
      closingWords: 'Motivo informado',
      id: 'Código da sessão',
      debtKey: 'Chave da dívida',
      orderId: 'Pedido',
      receiptCode: 'Comprovante',
      created: 'Criada',
      expires: 'Expira',
      closed: 'Encerrada',
      masked: 'Dados pessoais aparecem mascarados.',
      notCaptured: 'não registrado: {reason}',
      source: 'origem',
    },
    cancel: {
      open: 'Cancelar esta sessão',
      title: 'Cancelar a sessão?',
      warning: 'O link deixa de funcionar e não há como desfazer; para assinar depois será preciso criar outra sessão.',
      reason: 'Motivo',
      reasonHint: 'Fica guardado com a sessão.',
      act: 'Cancelar a sessão',
      keep: 'Voltar sem cancelar',
      problems: {
        reason_missing: 'Escreva o motivo do cancelamento. Nada foi cancelado.',
        session_completed: 'A sessão já foi assinada e não pode mais ser cancelada.',
        session_not_cancellable: 'A sessão já estava encerrada.',
        forbidden: 'Seu perfil não permite cancelar sessões. Nada foi cancelado.',
        signing_session_not_found: 'Esta sessão não existe neste espaço.',
      },
    },
    notFound: 'Esta sessão não existe neste espaço.',
  },
  en: {
    product: 'Aceite · dashboard',
    skip: 'Skip to the content',
    signIn: {
      title: 'Sign in to the dashboard',
      email: 'E-mail',
      password: 'Password',
      act: 'Sign in',
      problems: {
        credentials_wrong: 'E-mail and password do not match. Check both and try again.',
        too_many_failures: 'Too many attempts in a row. Wait 15 minutes and try again.',
      },
    },
    signOut: 'Sign out',
    role: { viewer: 'viewer', operator: 'operator', auditor: 'auditor', admin: 'admin' },
    status: {
      PENDING: 'Waiting',
      IN_PROGRESS: 'In progress',
      COMPLETED: 'Signed',
      FAILED: 'Failed',
      EXPIRED: 'Expired',
      CANCELLED: 'Cancelled',
    },
    delivery: {
      QUEUED: 'to be sent',
      SENDING: 'sending',
      RETRY_WAIT: 'will try again',
      AMBIGUOUS: 'no clear answer, asking',
      DELIVERED: 'received by the lender',
      REJECTED: 'refused by the lender',
      PAUSED: 'paused: credential',
      NEEDS_ATTENTION: 'needs action',
    },
    actor: { signer: 'signer', merchant: 'merchant', staff: 'staff', system: 'portal', lender: 'lender' },
    list: {
      title: 'Signing sessions',
      searchLabel: 'Search',
      searchHint: 'Session, order, debt key, receipt, CPF or CNPJ',
      search: 'Search',
      all: 'All',
      filter: 'Filter by status',
      columns: {
        status: 'Status',
        person: 'Person',
        order: 'Order',
        lender: 'Lender',
        created: 'Created',
        ends: 'Expires or closed',
      },
      older: 'Older',
      first: 'Newest',
      none: 'No session yet. Create the first with POST /api/v1/signing; the reference is at /docs.',
      noMatch: 'No session with these filters.',
      clear: 'Clear the filters',
      asOf: 'Data of {time}',
      stale: 'Could not refresh; the data are of {time}.',
      noPerson: 'not given yet',
    },
    session: {
      back: 'All sessions',
      title: 'Session',
      facts: 'Facts',
      timeline: 'Timeline',
      zone: 'Times in America/Sao_Paulo, with the difference from UTC.',
      delivery: 'Delivery to the lender',
      contract: 'Contract',
      evidence: 'Evidence',
      evidenceHidden: 'Evidence and contract: ask somebody with the role operator, auditor or admin.',
      noDelivery: 'Nothing to deliver: not signed yet.',
      attempts: 'Times sent',
      nextAttempt: 'Next attempt',
      lenderSays: 'The lender says',
      lenderCode: "Lender's code",
      reason: 'Reason',
      closingWords: 'Reason given',
      id: 'Session id',
      debtKey: 'Debt key',
      orderId: 'Order',
      receiptCode: 'Receipt',
      created: 'Created',
      expires: 'Expires',
      closed: 'Closed',
      masked: 'Personal data are shown masked.',
      notCaptured: 'not captured: {reason}',
      source: 'source',
    },
    cancel: {
      open: 'Cancel this session',
      title: 'Cancel the session?',
      warning: 'The link stops working and this cannot be undone; signing later needs a new session.',
      reason: 'Reason',
      reasonHint: 'It is kept with the session.',
      act: 'Cancel the session',
      keep: 'Back without cancelling',
      problems: {
        reason_missing: 'Write the reason for cancelling. Nothing was cancelled.',
        session_completed: 'The session has been signed and can no longer be cancelled.',
        session_not_cancellable: 'The session was closed already.',
        forbidden: 'Your role may not cancel sessions. Nothing was cancelled.',
        signing_session_not_found: 'There is no such session in this workspace.',
      },
    },
    notFound: 'There is no such session in this workspace.',
  },
};

/** The words for a code that came back in an address; anything unknown says nothing. */
export function problemWords<Code extends string>(
  words: Record<Code, string>,
  code: string | undefined,
): string | undefined {
  return code !== undefined && Object.hasOwn(words, code) ? words[code as Code] : undefined;
}
