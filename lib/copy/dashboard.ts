import type { DeliveryStatus } from '#lib/domain/delivery-state.ts';
import type { StaffRole } from '#lib/domain/roles.ts';
import type { Actor, SessionStatus } from '#lib/domain/session-state.ts';
import { type SessionPageCopy, sessionPageCopy } from './dashboard-session.ts';
import type { PerStaffLanguage } from './language.ts';

/** Every sentence of the dashboard, but for the names of events and evidence (`dashboard-terms.ts`) and of facts (`dashboard-facts.ts`). */
export type DashboardCopy = SessionPageCopy & {
  product: string;
  skip: string;
  /** Names the links that lead around. */
  areas: string;
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
  /** What is wrong with the public log, and what to do about it. */
  log: Record<LogTroubleCode, string> & { act: Record<LogTroubleCode, string> };
  notFound: string;
};

type LogTroubleCode = 'late' | 'log_rollback_detected' | 'log_rewritten';

export type SignInProblem = 'credentials_wrong' | 'too_many_failures';
export const dashboardCopy: PerStaffLanguage<DashboardCopy> = {
  'pt-BR': {
    ...sessionPageCopy['pt-BR'],
    product: 'Aceite · painel',
    skip: 'Ir para o conteúdo',
    areas: 'Áreas do painel',
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
    log: {
      late: 'Há {minutes} minutos há eventos à espera da assinatura do registro público. Nada do que foi assinado se perdeu: tudo está gravado e as sessões seguem; só os dossiês novos ficam provisórios.',
      log_rollback_detected:
        'Desde {time} o assinante do registro público se recusa a assinar (log_rollback_detected): o banco de dados tem menos entradas do que já foi assinado, como depois da restauração de um backup antigo. Os dossiês já entregues continuam válidos; o que aconteceu depois desse backup pode faltar aqui. Os dossiês novos ficam provisórios.',
      log_rewritten:
        'Desde {time} o assinante do registro público se recusa a assinar (log_rewritten): o registro no banco de dados não começa mais com o que já foi assinado. Os dossiês já entregues continuam válidos; os novos ficam provisórios.',
      act: {
        late: 'Avise quem opera o portal: os processos worker e log-signer devem estar em execução, e seus logs dizem o que os impede.',
        log_rollback_detected:
          'Avise já quem opera o portal: é preciso restaurar o backup mais novo. Não apague nada até lá.',
        log_rewritten:
          'Avise já quem opera o portal: o comando audit mostra o que mudou, e o backup mais novo traz o registro de volta. Não apague nada até lá.',
      },
    },
    notFound: 'Esta sessão não existe neste espaço.',
  },
  en: {
    ...sessionPageCopy.en,
    product: 'Aceite · dashboard',
    skip: 'Skip to the content',
    areas: 'Areas of the dashboard',
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
    log: {
      late: 'For {minutes} minutes events have been waiting for the signature of the public log. Nothing that was signed is lost: all of it is recorded and sessions go on; only new dossiers stay interim.',
      log_rollback_detected:
        'Since {time} the signer of the public log has refused to sign (log_rollback_detected): the database holds fewer entries than were signed before, as after restoring an old backup. Dossiers that were handed out stay valid; what happened after that backup may be missing here. New dossiers stay interim.',
      log_rewritten:
        'Since {time} the signer of the public log has refused to sign (log_rewritten): the log in the database no longer begins with what was signed before. Dossiers that were handed out stay valid; new ones stay interim.',
      act: {
        late: 'Tell whoever operates the portal: the processes worker and log-signer must be running, and their logs say what stops them.',
        log_rollback_detected:
          'Tell whoever operates the portal at once: the newest backup must be restored. Delete nothing until then.',
        log_rewritten:
          'Tell whoever operates the portal at once: the command audit shows what was changed, and the newest backup brings the log back. Delete nothing until then.',
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
