import type { StaffReasonRefusal } from '#lib/domain/staff-reason.ts';
import type { PerStaffLanguage } from './language.ts';
import { reasonProblems } from './reason-problems.ts';

type HoldProblem = StaffReasonRefusal | 'forbidden' | 'hold_not_found' | 'signing_session_not_found';

export type KeepingCopy = {
  title: string;
  what: string;
  until: string;
  notYet: string;
  because: string;
  erased: string;
  erasedUnder: string;
  holds: string;
  held: string;
  holdSince: string;
  liftedAt: string;
  place: string;
  placeWhat: string;
  placeAct: string;
  lift: string;
  liftWhat: string;
  liftAct: string;
  reason: string;
  reasonHint: string;
  problems: Record<HoldProblem, string>;
};

/** What the page of a session says about its keeping. */
export const keepingCopy: PerStaffLanguage<KeepingCopy> = {
  'pt-BR': {
    title: 'Guarda',
    what: 'O que é guardado',
    until: 'Pelo menos até',
    notYet: 'ainda sem data',
    because: 'Contagem',
    erased: 'Dados eliminados',
    erasedUnder: '(regra {rule})',
    holds: 'Prorrogações',
    held: 'Guarda prorrogada: nada é eliminado enquanto durar.',
    holdSince: 'desde',
    liftedAt: 'retirada em',
    place: 'Prorrogar a guarda',
    placeWhat:
      'Por ordem judicial, processo ou litígio. Nada desta sessão é eliminado, seja qual for a data, até a prorrogação ser retirada.',
    placeAct: 'Prorrogar a guarda',
    lift: 'Retirar esta prorrogação',
    liftWhat: 'O que já tiver passado da data é eliminado no dia seguinte, sem volta.',
    liftAct: 'Retirar a prorrogação',
    reason: 'Motivo',
    reasonHint: 'Por exemplo, o número do processo. Fica guardado com a sessão.',
    problems: {
      ...reasonProblems('pt-BR', 'nada mudou'),
      forbidden: 'Seu perfil não permite prorrogar a guarda. Nada mudou.',
      hold_not_found: 'Esta prorrogação já foi retirada.',
      signing_session_not_found: 'Esta sessão não existe neste espaço, ou seus dados já foram eliminados.',
    },
  },
  en: {
    title: 'Keeping',
    what: 'What is kept',
    until: 'At least until',
    notYet: 'no date yet',
    because: 'Counted',
    erased: 'Data erased',
    erasedUnder: '(rule {rule})',
    holds: 'Legal holds',
    held: 'A legal hold stands: nothing is erased while it does.',
    holdSince: 'since',
    liftedAt: 'lifted',
    place: 'Place a legal hold',
    placeWhat:
      'For a court order, proceedings or a dispute. Nothing of this session is erased, whatever the date, until the hold is lifted.',
    placeAct: 'Place the hold',
    lift: 'Lift this hold',
    liftWhat: 'Whatever is past its date by then is erased the next day, for good.',
    liftAct: 'Lift the hold',
    reason: 'Reason',
    reasonHint: 'For example the number of the case. It is kept with the session.',
    problems: {
      ...reasonProblems('en', 'nothing has changed'),
      forbidden: 'Your role may not place or lift holds. Nothing has changed.',
      hold_not_found: 'This hold has been lifted already.',
      signing_session_not_found: 'There is no such session in this workspace, or its data were erased.',
    },
  },
};
