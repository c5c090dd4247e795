import type { EventType } from '#lib/domain/event-type.ts';
import type { PerStaffLanguage, StaffLanguage } from './language.ts';
import { missingReasons } from './missing-reasons.ts';

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
    delivery_resumed: 'Tentar de novo, por decisão da equipe',
    delivery_hurried: 'Próxima tentativa adiantada pela equipe',
    delivery_reencode_proposed: 'Outra grafia do pedido ao credor proposta',
    delivery_reencode_approved: 'Outra grafia do pedido ao credor aprovada',
    delivery_reencode_declined: 'Outra grafia do pedido ao credor recusada',
    delivery_reencode_withdrawn: 'Proposta de outra grafia retirada',
    delivery_alarm: 'Alarme da entrega',
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
    delivery_resumed: 'Tried again by decision of staff',
    delivery_hurried: 'Next attempt brought forward by staff',
    delivery_reencode_proposed: 'Another spelling of the request to the lender proposed',
    delivery_reencode_approved: 'Another spelling of the request to the lender approved',
    delivery_reencode_declined: 'Another spelling of the request to the lender declined',
    delivery_reencode_withdrawn: 'Proposal of another spelling withdrawn',
    delivery_alarm: 'Alarm about the delivery',
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

/** Who says so, for people. */
export function sourceName(language: StaffLanguage, source: string): string {
  return sourceNames[language][source] ?? source;
}

/** Why something is missing, for people; a reason that is new here is shown by its own word. */
export function missingReason(language: StaffLanguage, reason: string): string {
  const reasons: Record<string, string> = missingReasons[language];
  return reasons[reason] ?? reason;
}
