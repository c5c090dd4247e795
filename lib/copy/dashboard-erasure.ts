import type { AnsweredClass, AnswerReason, ErasureAnswer } from '#lib/domain/erasure-answer.ts';
import type { KeepingClass } from '#lib/domain/retention.ts';
import { fill, type PerStaffLanguage, type StaffLanguage } from './language.ts';

/** What each class holds, for staff and for the person who asks. */
export const keepingClassNames: PerStaffLanguage<Record<KeepingClass, string>> = {
  'pt-BR': {
    E1: 'provas do contrato assinado',
    E2: 'dados de uma sessão aberta e não assinada',
    E3: 'dados informados pela loja sobre quem não abriu o link',
    E4: 'registros de conexão (endereço IP, porta, data e hora, navegador)',
    E5: 'registros de operação do portal',
    E6: 'lista de quem da equipe consultou a sessão',
    E7: 'marketing e análise de comportamento',
  },
  en: {
    E1: 'evidence of the signed contract',
    E2: 'data of a session that was opened and not signed',
    E3: 'what the merchant said of somebody who never opened the link',
    E4: 'connection records (IP address, port, date and time, browser)',
    E5: "logs of the portal's operation",
    E6: 'list of the staff who looked at the session',
    E7: 'marketing and analytics',
  },
};

/** Why something is kept, is still kept, or went. */
const keepingReasons: PerStaffLanguage<Record<AnswerReason, string>> = {
  'pt-BR': {
    legal_duty: 'cumprimento de obrigação legal ou regulatória (LGPD, art. 16, I)',
    exercise_of_rights:
      'exercício regular de direitos em processo (LGPD, art. 7º, VI; Código Civil, art. 206, § 5º, I)',
    contract: 'execução do contrato (LGPD, art. 7º, V)',
    access_logs_duty: 'guarda dos registros de acesso por seis meses (Marco Civil da Internet, art. 15)',
    dispute_window: 'prazo para contestação',
    accountability: 'prestação de contas e inventário de acessos (Decreto 8.771/2016, art. 13)',
    security: 'segurança',
    still_open: 'a sessão ainda está aberta; o prazo começa quando ela terminar',
    delivery_unfinished: 'a entrega ao credor ainda não terminou; o prazo corre depois dela',
    signed: 'prazo contado da assinatura',
    lender_answered: 'prazo contado da resposta do credor',
    final_due_date: 'prazo contado do último vencimento do contrato',
    closed_unsigned: 'prazo contado do fim da sessão',
    last_connection: 'prazo contado do último acesso',
    never_opened: 'prazo contado do fim da sessão',
    last_staff_access: 'prazo contado do último acesso da equipe',
    legal_hold: 'guarda prorrogada por ordem judicial ou litígio',
    term_over: 'o prazo de guarda terminou',
    requested: 'atendendo ao pedido do titular',
  },
  en: {
    legal_duty: 'a legal or regulatory duty (LGPD, art. 16, I)',
    exercise_of_rights: 'the exercise of rights in proceedings (LGPD, art. 7, VI; Código Civil, art. 206 § 5 I)',
    contract: 'the performance of the contract (LGPD, art. 7, V)',
    access_logs_duty: 'access records are kept for six months (Marco Civil, art. 15)',
    dispute_window: 'the time in which it may be disputed',
    accountability: 'accountability and the inventory of accesses (Decreto 8.771/2016, art. 13)',
    security: 'security',
    still_open: 'the session is still open; the term begins at its end',
    delivery_unfinished: 'the delivery to the lender is not finished; the term runs after it',
    signed: 'counted from the signature',
    lender_answered: "counted from the lender's answer",
    final_due_date: "counted from the contract's last due day",
    closed_unsigned: 'counted from the end of the session',
    last_connection: 'counted from the last connection',
    never_opened: 'counted from the end of the session',
    last_staff_access: "counted from the staff's last access",
    legal_hold: 'a legal hold stands',
    term_over: 'its term was over',
    requested: 'as the person asked',
  },
};

/** A reason in words; one that is new here is shown by its own word. */
export function keepingReason(language: StaffLanguage, reason: string): string {
  const known: Record<string, string> = keepingReasons[language];
  return (Object.hasOwn(known, reason) && known[reason]) || reason;
}

const sentences: PerStaffLanguage<
  Record<AnsweredClass['outcome'] | 'keptOpen' | 'session' | 'draft' | 'none' | 'always', string>
> = {
  'pt-BR': {
    session: 'Sessão {id}:',
    kept: '{what}: sob guarda até {date}, porque: {why}.',
    keptOpen: '{what}: sob guarda por enquanto, porque: {why}.',
    erased: '{what}: eliminados; {why}.',
    nothing_held: '{what}: nada é guardado sobre o titular.',
    draft: 'O que estava digitado e não enviado foi eliminado.',
    none: 'Não há nada guardado com este documento.',
    always: 'Em qualquer caso:',
  },
  en: {
    session: 'Session {id}:',
    kept: '{what}: kept until {date}, because: {why}.',
    keptOpen: '{what}: kept for the time being, because: {why}.',
    erased: '{what}: erased; {why}.',
    nothing_held: '{what}: nothing is held about the person.',
    draft: 'What had been typed and not sent was erased.',
    none: 'Nothing is held under this document.',
    always: 'In any case:',
  },
};

/** The answer to a request for erasure as a letter can carry it, a line per class. `writeDate` writes an instant for its reader. */
export function erasureAnswerLines(
  language: StaffLanguage,
  { sessions, always }: ErasureAnswer,
  writeDate: (instant: string) => string,
): string[] {
  const words = sentences[language];
  const line = (entry: AnsweredClass) => `  ${classSentence(language, entry, writeDate)}`;
  const perSession = sessions.flatMap(({ signingSessionId, classes, isDraftDeleted }) => [
    fill(words.session, { id: signingSessionId }),
    ...classes.map(line),
    ...(isDraftDeleted ? [`  ${words.draft}`] : []),
  ]);
  return [...(sessions.length > 0 ? perSession : [words.none]), words.always, ...always.map(line)];
}

function classSentence(
  language: StaffLanguage,
  { class: name, outcome, keepUntil, because }: AnsweredClass,
  writeDate: (instant: string) => string,
): string {
  const what = keepingClassNames[language][name];
  const why = because.map((reason) => keepingReasons[language][reason]).join('; ');
  if (outcome !== 'kept') return fill(sentences[language][outcome], { what, why });
  return keepUntil === undefined
    ? fill(sentences[language].keptOpen, { what, why })
    : fill(sentences[language].kept, { what, why, date: writeDate(keepUntil) });
}
