import type { RequestFacts } from '#lib/domain/request-facts.ts';
import type { StaffReasonRefusal } from '#lib/domain/staff-reason.ts';
import type { PerStaffLanguage } from './language.ts';
import { reasonProblems } from './reason-problems.ts';

/** The sentences of the page of one session. */
export type SessionPageCopy = {
  session: {
    back: string;
    title: string;
    facts: string;
    timeline: string;
    zone: string;
    delivery: string;
    contract: string;
    evidence: string;
    evidenceNames: string;
    evidenceHidden: string;
    noDelivery: string;
    attempts: string;
    lastAttempt: string;
    nextAttempt: string;
    delivered: string;
    lenderSays: string;
    lenderCode: string;
    reason: string;
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
  story: {
    repeats: string;
    address: string;
    noAddress: string;
    port: string;
    ipTrust: Record<RequestFacts['ipTrust'], string>;
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
  dossier: {
    open: string;
    what: string;
    reason: string;
    reasonHint: string;
    act: string;
    problems: Record<DossierProblem, string>;
  };
};

export type DossierProblem = StaffReasonRefusal | 'forbidden' | 'signing_session_not_found';

export type CancelProblem =
  | StaffReasonRefusal
  | 'session_completed'
  | 'session_not_cancellable'
  | 'forbidden'
  | 'signing_session_not_found';

export const sessionPageCopy: PerStaffLanguage<SessionPageCopy> = {
  'pt-BR': {
    session: {
      back: 'Todas as sessões',
      title: 'Sessão',
      facts: 'Dados',
      timeline: 'Linha do tempo',
      zone: 'Horário de Brasília, com a diferença para UTC.',
      delivery: 'Entrega ao credor',
      contract: 'Contrato',
      evidence: 'Provas',
      evidenceNames: 'Os nomes são os da resposta de GET /api/v1/signing/{id}/evidence; cada valor diz de onde veio.',
      evidenceHidden: 'Provas e contrato: peça a alguém com perfil de operação, auditoria ou administração.',
      noDelivery: 'Nada a entregar: ainda não foi assinada.',
      attempts: 'Envios',
      lastAttempt: 'Última tentativa',
      nextAttempt: 'Próxima tentativa',
      delivered: 'Recebida pelo credor',
      lenderSays: 'O credor diz',
      lenderCode: 'Código do credor',
      reason: 'Motivo',
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
    story: {
      repeats: '{count} vezes, a última em',
      address: 'de {ip}',
      noAddress: 'endereço desconhecido',
      port: 'porta {port}',
      ipTrust: {
        direct: 'conexão direta',
        trusted_proxy: 'informado por proxy de confiança',
        untrusted: 'origem não confirmada',
      },
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
        ...reasonProblems('pt-BR', 'nada foi cancelado'),
        reason_missing: 'Escreva o motivo do cancelamento. Nada foi cancelado.',
        session_completed: 'A sessão já foi assinada e não pode mais ser cancelada.',
        session_not_cancellable: 'A sessão já estava encerrada.',
        forbidden: 'Seu perfil não permite cancelar sessões. Nada foi cancelado.',
        signing_session_not_found: 'Esta sessão não existe neste espaço.',
      },
    },
    dossier: {
      open: 'Baixar o dossiê',
      what: 'Um ZIP com tudo o que é preciso para conferir as provas sem o portal: texto, aceite, eventos, prova no registro público, carimbos do tempo, pedido e resposta do credor. Contém os dados pessoais por inteiro.',
      reason: 'Motivo',
      reasonHint: 'Fica guardado com a sessão, com o seu nome e a hora.',
      act: 'Baixar o dossiê (.zip)',
      problems: {
        ...reasonProblems('pt-BR', 'nada foi baixado'),
        forbidden: 'Seu perfil não permite baixar dossiês.',
        signing_session_not_found: 'Esta sessão não existe neste espaço.',
      },
    },
  },
  en: {
    session: {
      back: 'All sessions',
      title: 'Session',
      facts: 'Facts',
      timeline: 'Timeline',
      zone: 'Brasília time, with the difference from UTC.',
      delivery: 'Delivery to the lender',
      contract: 'Contract',
      evidence: 'Evidence',
      evidenceNames: 'The names are those of GET /api/v1/signing/{id}/evidence; each value says where it came from.',
      evidenceHidden: 'Evidence and contract: ask somebody with the role operator, auditor or admin.',
      noDelivery: 'Nothing to deliver: not signed yet.',
      attempts: 'Times sent',
      lastAttempt: 'Last attempt',
      nextAttempt: 'Next attempt',
      delivered: 'Received by the lender',
      lenderSays: 'The lender says',
      lenderCode: "Lender's code",
      reason: 'Reason',
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
    story: {
      repeats: '{count} times, the last at',
      address: 'from {ip}',
      noAddress: 'unknown address',
      port: 'port {port}',
      ipTrust: {
        direct: 'direct connection',
        trusted_proxy: 'told by a trusted proxy',
        untrusted: 'origin not confirmed',
      },
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
        ...reasonProblems('en', 'nothing was cancelled'),
        reason_missing: 'Write the reason for cancelling. Nothing was cancelled.',
        session_completed: 'The session has been signed and can no longer be cancelled.',
        session_not_cancellable: 'The session was closed already.',
        forbidden: 'Your role may not cancel sessions. Nothing was cancelled.',
        signing_session_not_found: 'There is no such session in this workspace.',
      },
    },
    dossier: {
      open: 'Download the dossier',
      what: 'A ZIP with all that is needed to check the evidence without the portal: text, acceptance, events, proof in the public log, time stamps, the request to the lender and its answer. It holds personal data in full.',
      reason: 'Reason',
      reasonHint: 'Kept with the session, with your name and the time.',
      act: 'Download the dossier (.zip)',
      problems: {
        ...reasonProblems('en', 'nothing was downloaded'),
        forbidden: 'Your role does not allow you to download dossiers.',
        signing_session_not_found: 'This session does not exist in this workspace.',
      },
    },
  },
};
