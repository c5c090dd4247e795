import { fill, type PerStaffLanguage, type StaffLanguage } from './language.ts';

/** Facts of a story that people read; the others (hashes, ids) stand in the evidence. */
const factNames: PerStaffLanguage<Record<string, string>> = {
  'pt-BR': {
    outcome: 'resultado',
    reason: 'motivo',
    lenderCode: 'código do credor',
    alarm: 'alarme',
    httpStatus: 'HTTP',
    changed: 'campos',
    act: 'ato',
    from: 'dito por',
    counted: 'resposta ainda esperada',
    isLastKept: 'as próximas não são guardadas',
    class: 'classe',
    rule: 'regra',
  },
  en: {
    outcome: 'outcome',
    reason: 'reason',
    lenderCode: "lender's code",
    alarm: 'alarm',
    httpStatus: 'HTTP',
    changed: 'fields',
    act: 'act',
    from: 'said by',
    counted: 'answer still awaited',
    isLastKept: 'later ones are not kept',
    class: 'class',
    rule: 'rule',
  },
};

const words: PerStaffLanguage<Record<string, string>> = {
  'pt-BR': {
    true: 'sim',
    false: 'não',
    name: 'nome',
    identity: 'CPF ou CNPJ',
    email: 'e-mail',
    phone: 'celular',
    begin: 'começar',
    details: 'informar dados',
    accept: 'aceitar',
    decline: 'recusar',
    withdraw: 'desistir',
    dispute: 'avisar que não foi quem assinou',
    accepter: 'navegador que assinou',
    other_holder: 'outro navegador com o link',
    delivered: 'recebida',
    rejected: 'recusada',
    paused: 'credencial não aceita',
    retry: 'tentar de novo',
    ambiguous: 'sem resposta clara',
    signed: 'já está assinada no credor',
    unknown: 'não deu para saber',
    waiting_signature: 'o credor ainda espera a assinatura',
    signature_received: 'o credor confirmou a assinatura',
    already_signed: 'o credor diz que a dívida já foi assinada',
    undelivered: 'não chegou a tempo ao credor',
    wrong_debt: 'o credor falou de outra dívida',
    certificate: 'certificado do credor inválido',
    credential: 'credencial recusada pelo credor',
    kept_body: 'conteúdo guardado alterado',
    debt_cancelled: 'a dívida foi cancelada no credor',
    debt_not_found: 'o credor não conhece esta dívida',
    credential_refused: 'o credor não aceitou a nossa credencial',
    redirected: 'o credor respondeu com outro endereço',
    kept_body_altered: 'o conteúdo guardado não confere; nada foi enviado',
    connection_refused: 'o credor não aceitou a conexão',
    connection_reset: 'a conexão caiu',
    connection_failed: 'a conexão falhou',
    connect_timeout: 'o credor não atendeu a tempo',
    first_byte_timeout: 'o credor não respondeu a tempo',
    total_timeout: 'a resposta demorou demais',
    dns_failed: 'o endereço do credor não foi encontrado',
    tls_failed: 'a conexão segura falhou',
    tls_timeout: 'a conexão segura demorou demais',
    certificate_invalid: 'o certificado do credor não é válido',
    reply_not_json: 'a resposta do credor não é legível',
    reply_malformed: 'a resposta do credor não é legível',
    reply_compressed: 'a resposta do credor veio comprimida',
    reply_cut_short: 'a resposta do credor veio pela metade',
    reply_too_large: 'a resposta do credor é grande demais',
    reply_not_signed: 'a resposta do credor não tem assinatura válida',
    reply_key_missing: 'a resposta não diz de que dívida fala',
    reply_key_mismatch: 'a resposta fala de outra dívida',
    reply_status_unexpected: 'a resposta não confirma a assinatura',
    reply_state_missing: 'a resposta não diz como está a dívida',
    reply_state_unknown: 'a resposta traz uma situação desconhecida',
    status: 'o credor respondeu HTTP {status}',
    kept: 'guardados',
    term_over: 'prazo terminado',
    requested: 'pedido do titular',
    held: '{reason}; esperando a situação da dívida',
  },
  en: {
    true: 'yes',
    false: 'no',
    name: 'name',
    identity: 'CPF or CNPJ',
    email: 'e-mail',
    phone: 'mobile phone',
    begin: 'begin',
    details: 'give details',
    accept: 'accept',
    decline: 'decline',
    withdraw: 'withdraw',
    dispute: 'say that it was not them',
    accepter: 'the browser that signed',
    other_holder: 'another browser with the link',
    delivered: 'received',
    rejected: 'refused',
    paused: 'credential not accepted',
    retry: 'try again',
    ambiguous: 'no clear answer',
    signed: 'the lender has the signature already',
    unknown: 'could not be known',
    waiting_signature: 'the lender still waits for the signature',
    signature_received: 'the lender confirmed the signature',
    already_signed: 'the lender says that the debt is signed already',
    undelivered: 'did not reach the lender in time',
    wrong_debt: 'the lender spoke of another debt',
    certificate: "the lender's certificate is not valid",
    credential: 'the lender refused the credential',
    kept_body: 'what was kept was altered',
    debt_cancelled: 'the lender has cancelled the debt',
    debt_not_found: 'the lender does not know this debt',
    credential_refused: 'the lender did not accept our credential',
    redirected: 'the lender pointed to another address',
    kept_body_altered: 'what was kept no longer matches; nothing was sent',
    connection_refused: 'the lender refused the connection',
    connection_reset: 'the connection broke off',
    connection_failed: 'the connection failed',
    connect_timeout: 'the lender did not pick up in time',
    first_byte_timeout: 'the lender did not answer in time',
    total_timeout: 'the answer took too long',
    dns_failed: "the lender's address was not found",
    tls_failed: 'the secure connection failed',
    tls_timeout: 'the secure connection took too long',
    certificate_invalid: "the lender's certificate is not valid",
    reply_not_json: "the lender's answer cannot be read",
    reply_malformed: "the lender's answer cannot be read",
    reply_compressed: "the lender's answer came compressed",
    reply_cut_short: "the lender's answer came cut short",
    reply_too_large: "the lender's answer is too large",
    reply_not_signed: "the lender's answer has no valid signature",
    reply_key_missing: 'the answer does not say which debt it speaks of',
    reply_key_mismatch: 'the answer speaks of another debt',
    reply_status_unexpected: 'the answer does not confirm the signature',
    reply_state_missing: 'the answer does not say how the debt stands',
    reply_state_unknown: 'the answer holds a state that is not known',
    status: 'the lender answered HTTP {status}',
    kept: 'kept',
    term_over: 'term over',
    requested: 'asked for',
    held: "{reason}; waiting for the debt's state",
  },
};

/** What a code of a delivery or a story means; one without words yet is shown as it is. */
export function factWords(language: StaffLanguage, code: string): string {
  const known = words[language];
  const status = /^status_(\d{3})$/.exec(code)?.[1];
  if (status !== undefined) return fill(known.status ?? code, { status });
  const held = /^refused_(.+)$/.exec(code)?.[1];
  if (held !== undefined) return fill(known.held ?? code, { reason: factWords(language, held) });
  return (Object.hasOwn(known, code) && known[code]) || code;
}

/** The facts of one entry as short lines, `name: value`. What an earlier line says is not said again. */
export function factLines(
  language: StaffLanguage,
  facts: Readonly<Record<string, string | number | boolean>>,
): string[] {
  const told = new Set<string>();
  return Object.entries(facts).flatMap(([name, value]) => {
    const label = Object.hasOwn(factNames[language], name) ? factNames[language][name] : undefined;
    if (label === undefined || told.has(String(value))) return [];
    told.add(String(value));
    // A reason of the form status_500 has told the number too.
    if (name === 'reason') told.add(String(value).replace('status_', ''));
    const said = name === 'changed' ? String(value).split(' ') : [String(value)];
    return [`${label}: ${said.map((one) => factWords(language, one)).join(', ')}`];
  });
}
