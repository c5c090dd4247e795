import type { EventType } from '#lib/domain/event-type.ts';
import type { PerStaffLanguage, StaffLanguage } from './language.ts';

/** What each kind of entry in a session's story is called: events, and the calls to the lender. */
const eventNames: PerStaffLanguage<Record<EventType | 'lender_sent' | 'lender_asked', string>> = {
  'pt-BR': {
    created: 'Sessão criada',
    link_opened: 'Link aberto',
    downloaded: 'Texto do contrato baixado',
    started: 'Começou a assinatura',
    details_submitted: 'Dados informados',
    accepted: 'Contrato aceito',
    declined: 'Recusou assinar',
    cancelled: 'Sessão cancelada',
    expired: 'Prazo encerrado',
    late_act: 'Tentativa depois do encerramento; nada foi assinado',
    withdrawal_requested: 'Pediu para desistir do contrato',
    disputed: 'Avisou que não foi quem assinou',
    lender_sent: 'Enviada ao credor',
    lender_asked: 'Perguntado ao credor',
    lender_attempt: 'Chamada ao credor registrada',
    lender_received: 'Credor confirmou o recebimento',
    lender_rejected: 'Credor recusou',
    delivery_retry: 'Nova tentativa de envio marcada',
    delivery_ambiguous: 'Sem resposta clara do credor',
    delivery_paused: 'Entrega pausada',
    delivery_needs_attention: 'Entrega precisa de ação',
    hold_placed: 'Guarda prorrogada por ordem ou litígio',
    hold_lifted: 'Prorrogação da guarda retirada',
    erasure_requested: 'Pedido de eliminação respondido',
    erased: 'Dados eliminados',
  },
  en: {
    created: 'Session created',
    link_opened: 'Link opened',
    downloaded: 'Contract text downloaded',
    started: 'Signing begun',
    details_submitted: 'Details given',
    accepted: 'Contract accepted',
    declined: 'Declined to sign',
    cancelled: 'Session cancelled',
    expired: 'Time ran out',
    late_act: 'An act after the end; nothing was signed',
    withdrawal_requested: 'Asked to withdraw from the contract',
    disputed: 'Said that it was not them',
    lender_sent: 'Sent to the lender',
    lender_asked: 'Asked the lender',
    lender_attempt: 'Call to the lender recorded',
    lender_received: 'The lender confirmed receipt',
    lender_rejected: 'The lender refused',
    delivery_retry: 'Another attempt was planned',
    delivery_ambiguous: 'No clear answer from the lender',
    delivery_paused: 'Delivery paused',
    delivery_needs_attention: 'Delivery needs action',
    hold_placed: 'Legal hold placed',
    hold_lifted: 'Legal hold lifted',
    erasure_requested: 'Request for erasure answered',
    erased: 'Data erased',
  },
};

export const evidenceGroups = [
  'transaction',
  'document',
  'presentation',
  'signer',
  'act',
  'network',
  'authentication',
  'delivery',
  'integrity',
  'keeping',
] as const;
export type EvidenceGroupName = (typeof evidenceGroups)[number];

/** What each group of the evidence answers. */
export const evidenceGroupNames: PerStaffLanguage<Record<EvidenceGroupName, string>> = {
  'pt-BR': {
    transaction: 'Quem com quem, sobre o quê',
    document: 'O texto exato',
    presentation: 'O que foi mostrado',
    signer: 'Quem assinou',
    act: 'O ato de aceitar',
    network: 'De onde veio',
    authentication: 'Como chegou até aqui',
    delivery: 'Entrega ao credor',
    integrity: 'Integridade do registro',
    keeping: 'Guarda',
  },
  en: {
    transaction: 'Who with whom, about what',
    document: 'The exact text',
    presentation: 'What was shown',
    signer: 'Who signed',
    act: 'The act of accepting',
    network: 'Where it came from',
    authentication: 'How the person got here',
    delivery: 'Delivery to the lender',
    integrity: 'Integrity of the record',
    keeping: 'Keeping',
  },
};

/** The name of an event for people; one of a newer version, read by an older page, is shown by its own word. */
export function eventName(language: StaffLanguage, type: string): string {
  const names: Record<string, string> = eventNames[language];
  return names[type] ?? type;
}

/** Who says so. The keys are those of the evidence itself. */
const sourceNames: PerStaffLanguage<Record<string, string>> = {
  'pt-BR': {
    merchant: 'loja',
    signer: 'quem assina',
    server: 'portal',
    browser: 'navegador',
    lender: 'credor',
    staff: 'equipe',
    tsa: 'carimbo do tempo',
  },
  en: {
    merchant: 'merchant',
    signer: 'signer',
    server: 'portal',
    browser: 'browser',
    lender: 'lender',
    staff: 'staff',
    tsa: 'time stamp',
  },
};

/** Why a piece of evidence is missing. */
const missingReasons: PerStaffLanguage<Record<string, string>> = {
  'pt-BR': {
    not_given: 'não informado',
    not_asked: 'não pedido',
    not_counted: 'o portal não conta isso',
    not_downloaded: 'não foi baixado',
    not_fetched: 'não é buscado',
    not_recorded: 'não foi registrado',
    tls_ends_before_portal: 'o TLS termina antes do portal',
    no_complaint: 'o credor não reclamou de nada',
    lender_did_not_answer: 'o credor não respondeu',
    reply_not_readable: 'a resposta do credor não é legível',
    not_in_reply: 'a resposta do credor não diz',
    lender_did_not_tell: 'o credor foi consultado e não disse',
    page_of_another_build: 'a página era de outra versão do programa',
    development_server: 'um servidor de desenvolvimento não tem versão',
    no_build_manifest: 'ninguém anotou de que esta versão foi feita',
    no_repository: 'não havia repositório ao construir',
    sources_differ_from_commit: 'as fontes não eram as do último commit',
    not_built: 'ainda não existe no portal',
    not_measured: 'o portal não mede isso',
    not_estimated: 'o portal não estima isso',
    waiting_for_log: 'esperando o registro público',
    none_yet: 'ainda nenhum',
    none_pending: 'nenhum pendente',
    not_opened: 'link ainda não aberto',
    not_started: 'assinatura ainda não começou',
    not_accepted: 'contrato ainda não aceito',
    not_delivered: 'ainda não entregue',
    still_open: 'sessão ainda aberta',
    no_legal_hold: 'nenhuma',
    not_for_this_role: 'só para auditoria e administração',
    erased: 'eliminado',
    delivery_unfinished: 'a entrega ao credor ainda não terminou',
    header_absent: 'o navegador não enviou',
    browser_did_not_report: 'o navegador não informou',
    proxy_did_not_pass_it: 'o proxy não repassou',
    socket_unknown: 'conexão desconhecida',
    address_unknown: 'endereço desconhecido',
  },
  en: {
    not_given: 'not given',
    not_asked: 'not asked for',
    not_counted: 'the portal does not count it',
    not_downloaded: 'not downloaded',
    not_fetched: 'not fetched',
    not_recorded: 'not recorded',
    tls_ends_before_portal: 'TLS ends in front of the portal',
    no_complaint: 'the lender complained of nothing',
    lender_did_not_answer: 'the lender did not answer',
    reply_not_readable: "the lender's answer cannot be read",
    not_in_reply: "the lender's answer does not say",
    lender_did_not_tell: 'the lender was asked and did not tell',
    page_of_another_build: 'the page was of another build',
    development_server: 'a development server has no build',
    no_build_manifest: 'nobody has written down what this build was made of',
    no_repository: 'there was no repository when it was built',
    sources_differ_from_commit: 'the sources were not those of the commit',
    not_built: 'not in the portal yet',
    not_measured: 'the portal does not measure it',
    not_estimated: 'the portal does not estimate it',
    waiting_for_log: 'waiting for the public log',
    none_yet: 'none yet',
    none_pending: 'none is to come',
    not_opened: 'link not opened yet',
    not_started: 'signing not begun yet',
    not_accepted: 'contract not accepted yet',
    not_delivered: 'not delivered yet',
    still_open: 'session still open',
    no_legal_hold: 'none',
    not_for_this_role: 'for auditors and administrators only',
    erased: 'erased',
    delivery_unfinished: 'the delivery to the lender is not finished',
    header_absent: 'the browser did not send it',
    browser_did_not_report: 'the browser did not report it',
    proxy_did_not_pass_it: 'the proxy did not pass it on',
    socket_unknown: 'unknown connection',
    address_unknown: 'unknown address',
  },
};

/** Who says so, for people. */
export function sourceName(language: StaffLanguage, source: string): string {
  return sourceNames[language][source] ?? source;
}

/** Why something is missing, for people; a reason that is new here is shown by its own word. */
export function missingReason(language: StaffLanguage, reason: string): string {
  return missingReasons[language][reason] ?? reason;
}
