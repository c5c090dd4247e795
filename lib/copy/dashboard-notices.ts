import type { NoticeEffect } from '#lib/domain/lender-notice.ts';
import type { PerStaffLanguage } from './language.ts';

export type NoticeCopy = {
  title: string;
  what: string;
  columns: { at: string; state: string; lenderTime: string; worked: string };
  /** Kept, and the worker has not come to it. */
  waiting: string;
  effects: Record<NoticeEffect, string>;
  /** The list is cut. */
  older: string;
};

/** What the page of a session says of the lender's own notices about its debt. */
export const noticeCopy: PerStaffLanguage<NoticeCopy> = {
  'pt-BR': {
    title: 'Avisos do credor',
    what: 'O que o credor avisou por conta própria sobre a dívida, o mais recente primeiro. Assinaturas não se presumem por aviso: o credor é perguntado.',
    columns: {
      at: 'Recebido',
      state: 'Estado da dívida',
      lenderTime: 'Hora do credor, sem fuso',
      worked: 'O que se fez',
    },
    waiting: 'Ainda não tratado',
    effects: {
      session_cancelled: 'Sessão cancelada em nome do credor',
      lender_asked: 'O credor é perguntado agora',
      asks_before_sending: 'Entrega pausada; o credor será perguntado antes de qualquer envio',
      nothing_new: 'Nada a mudar',
      needs_a_look: 'Contradiz o que está registrado aqui: verifique com o credor',
      state_unknown: 'Estado desconhecido; guardado, sem efeito',
    },
    older: 'Só os 50 mais recentes aparecem aqui.',
  },
  en: {
    title: "The lender's notices",
    what: 'What the lender said of the debt by itself, the newest first. No signature is presumed from a notice: the lender is asked.',
    columns: {
      at: 'Received',
      state: 'State of the debt',
      lenderTime: "Lender's time, no zone",
      worked: 'What was done',
    },
    waiting: 'Not worked on yet',
    effects: {
      session_cancelled: "Session cancelled in the lender's name",
      lender_asked: 'The lender is asked now',
      asks_before_sending: 'Delivery paused; the lender will be asked before anything is sent',
      nothing_new: 'Nothing to change',
      needs_a_look: 'Contradicts what is recorded here: ask the lender',
      state_unknown: 'Unknown state; kept, without effect',
    },
    older: 'Only the newest 50 are shown here.',
  },
};
