import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import type { StaffRole } from '#lib/domain/roles.ts';
import type { Actor, SessionStatus } from '#lib/domain/session-state.ts';
import { type SessionPageCopy, sessionPageCopy } from './dashboard-session.ts';
import type { PerStaffLanguage } from './language.ts';

/** Every sentence of the dashboard, but for the names of events and evidence (`dashboard-terms.ts`) and of facts (`dashboard-facts.ts`). */
export type DashboardCopy = SessionPageCopy & {
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
    pages: string;
    newer: string;
    older: string;
    cut: string;
    none: string;
    noMatch: string;
    clear: string;
    asOf: string;
    stale: string;
    noPerson: string;
    erased: string;
  };
  /** The daily check of dossiers. */
  drill: { none: string; last: string; failed: string };
  notFound: string;
};

export type SignInProblem = 'credentials_wrong' | 'too_many_failures';
export const dashboardCopy: PerStaffLanguage<DashboardCopy> = {
  'pt-BR': {
    ...sessionPageCopy['pt-BR'],
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
      searchHint: 'Sessão, pedido, chave da dívida, comprovante, CPF ou CNPJ, e-mail, telefone ou palavras do nome',
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
      pages: 'Páginas da lista',
      newer: '← Mais recentes',
      older: 'Mais antigas →',
      cut: 'Mostrando só as {count} mais recentes. Busque por uma chave mais exata para ver as outras.',
      none: 'Nenhuma sessão ainda. Crie a primeira com POST /api/v1/signing; a referência está em /docs.',
      noMatch: 'Nenhuma sessão com estes filtros.',
      clear: 'Limpar filtros',
      asOf: 'Dados de {time}',
      stale: 'Não foi possível atualizar; os dados são de {time}.',
      noPerson: 'não informada',
      erased: 'dados eliminados',
    },
    drill: {
      none: 'Os dossiês de evidências são verificados uma vez por dia; ainda não houve nenhuma verificação.',
      last: 'Última verificação de dossiês: {time}. Verificados: {checked}. Com problema: {failed}.',
      failed: 'Avise quem opera o portal. Sessões deste espaço com problema:',
    },
    notFound: 'Esta sessão não existe neste espaço.',
  },
  en: {
    ...sessionPageCopy.en,
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
      searchHint: 'Session, order, debt key, receipt, CPF or CNPJ, e-mail, phone or words of the name',
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
      pages: 'Pages of the list',
      newer: '← Newer',
      older: 'Older →',
      cut: 'Only the newest {count} are shown. Search by a more exact key to see the others.',
      none: 'No session yet. Create the first with POST /api/v1/signing; the reference is at /docs.',
      noMatch: 'No session with these filters.',
      clear: 'Clear the filters',
      asOf: 'Data of {time}',
      stale: 'Could not refresh; the data are of {time}.',
      noPerson: 'not given',
      erased: 'data erased',
    },
    drill: {
      none: 'Dossiers of evidence are verified once a day; there has been no drill yet.',
      last: 'Last drill: {time}. Dossiers verified: {checked}. With findings: {failed}.',
      failed: 'Tell whoever operates the portal. Sessions of this workspace with findings:',
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
