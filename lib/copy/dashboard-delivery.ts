import type { StaffReasonRefusal } from '#lib/domain/staff-reason.ts';
import type { PerStaffLanguage } from './language.ts';
import { reasonProblems } from './reason-problems.ts';

type RetryProblem =
  | StaffReasonRefusal
  | 'forbidden'
  | 'signing_session_not_found'
  | 'delivery_not_there'
  | 'delivery_under_way'
  | 'debt_held_elsewhere';

export type DeliveryActCopy = {
  alarm: string;
  concern: string;
  means: string;
  advice: string;
  retry: string;
  retryWhat: string;
  retryAct: string;
  sendNow: string;
  sendNowWhat: string;
  reason: string;
  reasonHint: string;
  problems: Record<RetryProblem, string>;
  calls: {
    link: string;
    title: string;
    back: string;
    none: string;
    columns: Record<'call' | 'began' | 'took' | 'outcome' | 'http' | 'bytes', string>;
    submit: string;
    query: string;
    uncounted: string;
    milliseconds: string;
    reveal: string;
    revealWhat: string;
    revealAct: string;
    hidden: string;
    sent: string;
    sentNow: string;
    answers: string;
    problems: Record<StaffReasonRefusal | 'forbidden' | 'signing_session_not_found', string>;
  };
};

/** What staff read about a delivery, and may do about it. */
export const deliveryCopy: PerStaffLanguage<DeliveryActCopy> = {
  'pt-BR': {
    alarm: 'Alarme',
    concern: 'Entregas que precisam de alguém',
    means: 'O que significa',
    advice: 'O que fazer',
    retry: 'Tentar de novo',
    retryWhat:
      'Envia ao credor os mesmos bytes, do começo do calendário. Se eles podem ter chegado antes, o portal pergunta primeiro. De uma entrega pausada: corrija antes a credencial.',
    retryAct: 'Tentar de novo',
    sendNow: 'Enviar agora',
    sendNowWhat: 'Adianta a próxima tentativa; nada mais muda.',
    reason: 'Motivo',
    reasonHint: 'Fica guardado com a sessão, com o seu nome e a hora.',
    problems: {
      ...reasonProblems('pt-BR', 'nada mudou'),
      forbidden: 'Seu perfil não permite mexer nas entregas. Nada mudou.',
      signing_session_not_found: 'Esta sessão não existe neste espaço, ou seus dados já foram eliminados.',
      delivery_not_there: 'A entrega já não está nesse ponto. Veja como ela está agora.',
      delivery_under_way: 'Um envio está em andamento agora mesmo. Veja o resultado em instantes.',
      debt_held_elsewhere:
        'A dívida já tem outra sessão, aberta ou assinada. Esta assinatura não pode mais ser enviada.',
    },
    calls: {
      link: 'Ver cada chamada ao credor',
      title: 'Chamadas ao credor',
      back: 'Voltar à sessão',
      none: 'Ainda não houve chamada.',
      columns: {
        call: 'Chamada',
        began: 'Começou',
        took: 'Durou',
        outcome: 'Resultado',
        http: 'HTTP',
        bytes: 'SHA-256 dos bytes enviados',
      },
      submit: 'envio',
      query: 'consulta',
      uncounted: 'sem efeito: outra tentativa já valia',
      milliseconds: '{count} ms',
      reveal: 'Ver os bytes enviados e as respostas',
      revealWhat: 'Têm os dados pessoais por inteiro. Depois do motivo, ficam abertos para você por dez minutos.',
      revealAct: 'Mostrar',
      hidden: 'Seu perfil não permite ver os bytes enviados nem as respostas.',
      sent: 'Os bytes enviados, os mesmos em cada envio',
      sentNow: 'Os bytes na grafia atual',
      answers: 'As respostas do credor',
      problems: {
        ...reasonProblems('pt-BR', 'nada foi mostrado'),
        forbidden: 'Seu perfil não permite ver as respostas.',
        signing_session_not_found: 'Esta sessão não existe neste espaço.',
      },
    },
  },
  en: {
    alarm: 'Alarm',
    concern: 'Deliveries that need somebody',
    means: 'What it means',
    advice: 'What to do',
    retry: 'Try again',
    retryWhat:
      'Sends the lender the same bytes, from the beginning of the schedule. If they may have arrived before, the portal asks first. If it is paused, mend the credential first.',
    retryAct: 'Try again',
    sendNow: 'Send now',
    sendNowWhat: 'Brings the next attempt forward; nothing else changes.',
    reason: 'Reason',
    reasonHint: 'It is kept with the session, with your name and the time.',
    problems: {
      ...reasonProblems('en', 'nothing has changed'),
      forbidden: 'Your role may not act on deliveries. Nothing has changed.',
      signing_session_not_found: 'There is no such session in this workspace, or its data were erased.',
      delivery_not_there: 'The delivery is past that point. See how it stands now.',
      delivery_under_way: 'It is being sent at this moment. See in a moment how that ended.',
      debt_held_elsewhere: 'The debt has another session, open or signed. This signature can no longer be sent.',
    },
    calls: {
      link: 'See every call to the lender',
      title: 'Calls to the lender',
      back: 'Back to the session',
      none: 'There was no call yet.',
      columns: {
        call: 'Call',
        began: 'Began',
        took: 'Took',
        outcome: 'Outcome',
        http: 'HTTP',
        bytes: 'SHA-256 of the bytes sent',
      },
      submit: 'send',
      query: 'question',
      uncounted: 'without effect: another attempt counted by then',
      milliseconds: '{count} ms',
      reveal: 'See the bytes sent and the answers',
      revealWhat: 'They hold the personal data in full. After the reason they stay open for you for ten minutes.',
      revealAct: 'Show',
      hidden: 'Your role may not see the bytes sent or the answers.',
      sent: 'The bytes sent, the same each time',
      sentNow: 'The bytes in the present spelling',
      answers: "The lender's answers",
      problems: {
        ...reasonProblems('en', 'nothing was shown'),
        forbidden: 'Your role may not see the answers.',
        signing_session_not_found: 'There is no such session in this workspace.',
      },
    },
  },
};
