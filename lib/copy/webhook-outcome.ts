import { type WebhookFailure, webhookFailures } from '#lib/domain/webhook-failure.ts';
import { fill, type PerStaffLanguage, type StaffLanguage } from './language.ts';

type OutcomeWords = Record<WebhookFailure, string> & Record<'received' | 'redirected' | 'gone' | 'refused', string>;

/** What came of an attempt at a merchant's receiver, for whoever has to say to the merchant what to mend. */
const words: PerStaffLanguage<OutcomeWords> = {
  'pt-BR': {
    received: 'recebida, resposta {status}',
    redirected: 'resposta {status}: um redirecionamento, que nunca é seguido; cadastre o endereço final',
    gone: 'resposta 410: o receptor não existe mais',
    refused: 'recusada, resposta {status}',
    address_not_allowed: 'não foi chamado: o endereço leva a uma rede interna ou não é permitido',
    dns_failed: 'o nome do endereço não foi encontrado',
    timeout: 'nenhuma resposta completa a tempo',
    connection_refused: 'ninguém atende nesse endereço e porta',
    connection_reset: 'o receptor derrubou a conexão antes de responder',
    connection_failed: 'não houve conexão com o receptor',
    certificate_invalid: 'o certificado do receptor não vale para esse nome, venceu ou vem de autoridade desconhecida',
    tls_failed: 'o receptor não fala TLS como deveria',
    reply_cut_short: 'a resposta parou no meio',
    reply_malformed: 'a resposta não é HTTP',
    reply_headers_too_large: 'os cabeçalhos da resposta são grandes demais',
    secret_unreadable: 'não foi enviada: o segredo não abre com o arquivo de chaves deste portal',
  },
  en: {
    received: 'received, answer {status}',
    redirected: 'answer {status}: a redirect, which is never followed; give the final address instead',
    gone: 'answer 410: the receiver is gone',
    refused: 'refused, answer {status}',
    address_not_allowed: 'not called: the address leads into a private network or is not allowed',
    dns_failed: 'the name in the address was not found',
    timeout: 'no whole answer in time',
    connection_refused: 'nobody answers at that address and port',
    connection_reset: 'the receiver broke the connection off before it answered',
    connection_failed: 'there was no connection to the receiver',
    certificate_invalid:
      "the receiver's certificate is for another name, has expired or comes from an unknown authority",
    tls_failed: 'the receiver does not speak TLS as it should',
    reply_cut_short: 'the answer stopped in the middle',
    reply_malformed: 'the answer is not HTTP',
    reply_headers_too_large: 'the headers of the answer are too large',
    secret_unreadable: 'not sent: the secret does not open with the key file of this portal',
  },
};

/** One outcome in plain words; a word that this build does not know is shown as it is. */
export function webhookOutcomeWords(language: StaffLanguage, outcome: string): string {
  const copy = words[language];
  const status = Number(/^http_(\d{3})$/.exec(outcome)?.[1]);
  if (status) return fill(copy[answerKind(status)], { status });
  const failure = webhookFailures.find((known) => known === outcome);
  return failure ? copy[failure] : outcome;
}

function answerKind(status: number): 'received' | 'redirected' | 'gone' | 'refused' {
  if (status === 410) return 'gone';
  if (status >= 300 && status < 400) return 'redirected';
  return status >= 200 && status < 300 ? 'received' : 'refused';
}
