import type { ErrorCode } from './error-catalogue.ts';
import type { Bilingual } from './field-messages.ts';
import { rateLimitGuide } from './rate-limit-guide.ts';

/** The page of one error: when it happens, the way out, and a line or two that show it. */
export type ErrorGuide = { when: Bilingual; fix: Bilingual; example?: string };

export const errorGuide: Record<ErrorCode, ErrorGuide> = {
  malformed_json: {
    when: {
      'pt-BR':
        'O corpo não é JSON, não é UTF-8, começa com uma marca de ordem de bytes, repete um nome no mesmo objeto ou passa de 20 níveis.',
      en: 'The body is no JSON, no UTF-8, begins with a byte order mark, repeats a name in one object, or is deeper than 20 levels.',
    },
    fix: {
      'pt-BR': 'Gere o corpo com a biblioteca de JSON da sua linguagem, em UTF-8, e não por concatenação de textos.',
      en: "Make the body with your language's JSON library, in UTF-8, and never by joining strings.",
    },
    example: '{ "orderId": "1", "orderId": "2" }   // duplicate_name at /orderId',
  },
  idempotency_key_invalid: {
    when: {
      'pt-BR':
        'X-Idempotency-Key (ou Idempotency-Key) está vazio, passa de 256 caracteres, tem espaços ou caracteres fora do ASCII, ou os dois cabeçalhos diferem.',
      en: 'X-Idempotency-Key (or Idempotency-Key) is empty, over 256 characters, holds spaces or characters outside ASCII, or the two headers differ.',
    },
    fix: {
      'pt-BR': 'Use um UUID por operação. Sem chave, não envie o cabeçalho.',
      en: 'Use one UUID per operation. Without a key, leave the header out.',
    },
    example: 'X-Idempotency-Key: 2f1c8a34-4a8e-4a0e-8f60-6f0f3c1d2b7a',
  },
  unauthorized: {
    when: {
      'pt-BR':
        'Falta X-API-Key; a chave não existe, foi revogada, chegou ao fim ou não vale no endereço de onde veio a chamada; ou a assinatura de um documentUrl venceu.',
      en: 'X-API-Key is missing; the key does not exist, was revoked, has come to its end or may not be used from the address that the call came from; or the signature of a documentUrl has run out.',
    },
    fix: {
      'pt-BR':
        'Confira a chave e, com quem opera o portal, até quando e em que endereços ela vale. Para um documentUrl vencido, leia a sessão de novo: cada leitura traz um novo, válido por 10 minutos.',
      en: 'Check the key and, with whoever runs the portal, when it ends and from which addresses it may be used. For a documentUrl that has run out read the session again: each read brings a new one, good for 10 minutes.',
    },
    example: 'curl -H "X-API-Key: $ACEITE_API_KEY" …/api/v1/signing/providers',
  },
  forbidden: {
    when: {
      'pt-BR':
        'A chave existe, mas não tem o escopo que missingScope nomeia: sessions:read para ler, sessions:write para criar e cancelar, evidence:read para a evidência.',
      en: 'The key exists but lacks the scope that missingScope names: sessions:read to read, sessions:write to create and cancel, evidence:read for the evidence.',
    },
    fix: {
      'pt-BR': 'Peça a quem opera o portal uma chave com o escopo.',
      en: 'Ask whoever runs the portal for a key with the scope.',
    },
    example: 'npm run aceite -- api-key create --scope sessions:write',
  },
  not_found: {
    when: { 'pt-BR': 'Não há chamada neste endereço.', en: 'There is no call at this address.' },
    fix: {
      'pt-BR': 'Confira o endereço e a versão: todas começam com /api/v1.',
      en: 'Check the address and the version: all begin with /api/v1.',
    },
  },
  signing_session_not_found: {
    when: {
      'pt-BR': 'O id não existe, está malformado ou é de outro workspace; os três casos são iguais de propósito.',
      en: 'The id is unknown, malformed or of another workspace; the three look alike on purpose.',
    },
    fix: {
      'pt-BR': 'Use o signingSessionId da resposta de criação, com a chave do mesmo workspace.',
      en: 'Use the signingSessionId from the answer to create, with a key of the same workspace.',
    },
  },
  document_not_available: {
    when: { 'pt-BR': 'A sessão ainda não é COMPLETED.', en: 'The session is not COMPLETED.' },
    fix: {
      'pt-BR': 'Espere até status COMPLETED; documentUrl aparece na sessão nesse momento.',
      en: 'Wait for status COMPLETED; documentUrl appears in the session then.',
    },
  },
  method_not_allowed: {
    when: { 'pt-BR': 'O endereço existe, o método não.', en: 'The address exists, the method does not.' },
    fix: { 'pt-BR': 'Use um dos métodos do cabeçalho Allow.', en: 'Use one of the methods in the Allow header.' },
  },
  session_already_open: {
    when: {
      'pt-BR': 'Há uma sessão PENDING ou IN_PROGRESS para o mesmo debtKey. Uma sessão vencida não conta.',
      en: 'There is a PENDING or IN_PROGRESS session for the same debtKey. One whose time has run out does not count.',
    },
    fix: {
      'pt-BR':
        'Leia a sessão de signingSessionId e use o redirectUrl dela, ou cancele-a e crie outra. Sem signingSessionId, ela está em outro workspace desta instalação.',
      en: 'Read the session in signingSessionId and use its redirectUrl, or cancel it and create another. Without signingSessionId it is in another workspace of this installation.',
    },
    example: 'curl -X DELETE -H "X-API-Key: $ACEITE_API_KEY" …/api/v1/signing/<signingSessionId>',
  },
  debt_already_signed: {
    when: {
      'pt-BR': 'O debtKey tem uma sessão COMPLETED cuja entrega não foi recusada pelo credor.',
      en: 'The debtKey has a COMPLETED session whose delivery the lender has not rejected.',
    },
    fix: {
      'pt-BR':
        'Não peça outra assinatura: acompanhe delivery na sessão de signingSessionId. Sem signingSessionId, ela está em outro workspace desta instalação.',
      en: 'Do not ask for another signature: watch delivery in the session in signingSessionId. Without signingSessionId it is in another workspace of this installation.',
    },
  },
  session_completed: {
    when: { 'pt-BR': 'Cancelamento de uma sessão já assinada.', en: 'A cancel of a session that has been signed.' },
    fix: {
      'pt-BR': 'O aceite vale e não se desfaz aqui. Trate o arrependimento com o credor.',
      en: 'The acceptance stands and is not undone here. Take a withdrawal to the lender.',
    },
  },
  session_not_cancellable: {
    when: {
      'pt-BR': 'Cancelamento de uma sessão FAILED ou EXPIRED.',
      en: 'A cancel of a session that is FAILED or EXPIRED.',
    },
    fix: {
      'pt-BR': 'Nada a fazer: o link já não vale. Crie outra sessão se precisar.',
      en: 'Nothing to do: its link is dead. Create another session if you need one.',
    },
  },
  idempotency_key_reused: {
    when: {
      'pt-BR': 'A mesma chave veio com outro corpo, outro endereço ou outro método em menos de 24 horas.',
      en: 'The same key came with another body, address or method within 24 hours.',
    },
    fix: {
      'pt-BR':
        'Uma operação, uma chave. Para repetir, envie exatamente a mesma requisição; para outra, gere outra chave. firstUsedAt diz quando a chave foi usada.',
      en: 'One operation, one key. To repeat, send exactly the same request; for another, make another key. firstUsedAt says when the key was used.',
    },
  },
  idempotency_in_progress: {
    when: {
      'pt-BR': 'A primeira requisição com esta chave ainda não terminou.',
      en: 'The first request with this key has not finished.',
    },
    fix: {
      'pt-BR': 'Repita depois de Retry-After; a resposta será a da primeira.',
      en: 'Repeat after Retry-After; the answer will be that of the first.',
    },
  },
  payload_too_large: {
    when: {
      'pt-BR':
        'O corpo passa de 4 MiB na criação (1 MiB nas outras chamadas), ou contract.text passa de 1 MiB em UTF-8.',
      en: 'The body is over 4 MiB on create (1 MiB elsewhere), or contract.text is over 1 MiB of UTF-8.',
    },
    fix: {
      'pt-BR': 'Envie só o texto do contrato, sem imagens nem marcação.',
      en: 'Send the plain text of the contract, without images or markup.',
    },
  },
  unsupported_media_type: {
    when: {
      'pt-BR': 'Content-Type não é application/json, o charset não é utf-8, ou há Content-Encoding.',
      en: 'Content-Type is not application/json, the charset is not utf-8, or there is a Content-Encoding.',
    },
    fix: {
      'pt-BR': 'Envie o corpo sem compressão, com o cabeçalho abaixo.',
      en: 'Send the body uncompressed, with the header below.',
    },
    example: 'Content-Type: application/json',
  },
  validation_failed: {
    when: {
      'pt-BR':
        'Um campo falta, é desconhecido, tem valor errado, ou um valor que ainda não está disponível (not_available).',
      en: 'A field is missing, unknown, wrong, or has a value that is not available yet (not_available).',
    },
    fix: {
      'pt-BR':
        'Todos os campos a corrigir vêm de uma vez em errors: pointer diz onde (RFC 6901), code a regra, message a saída.',
      en: 'All fields to correct come at once in errors: pointer says where (RFC 6901), code the rule, message the way out.',
    },
    example: '"errors": [{ "pointer": "/signerDetails/identity", "code": "cpf_check_digit", "message": "…" }]',
  },
  contract_text_invalid: {
    when: {
      'pt-BR':
        'contract.text está vazio ou tem um caractere que ninguém vê ou que muda o que se vê: controles, CR sozinho, marca de ordem de bytes, controle de direção, espaço ou hífen invisível, meio caractere.',
      en: 'contract.text is empty or holds a character that nobody sees or that changes what is seen: controls, a lone CR, a byte order mark, text direction controls, invisible spaces or hyphens, half a character.',
    },
    fix: {
      'pt-BR':
        'errors traz o primeiro caractere (codePoint), onde está (offset em caracteres, byteOffset, line, column) e o tipo. Limpe o texto na origem, antes de calcular o seu hash; o portal nunca o altera. Em JavaScript:',
      en: 'errors brings the first such character (codePoint), where it stands (offset in characters, byteOffset, line, column) and its kind. Clean the text at its source, before you hash it; the portal never changes it. In JavaScript:',
    },
    example: [
      "text = text.replace(/\\r(?!\\n)/g, '\\n');",
      "text = text.replace(/[\\u00ad\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]/g, '');",
      "text = text.replace(/(?![\\t\\n\\r])[\\p{Cc}\\p{Cs}\\u{e0000}-\\u{e007f}]/gu, '');",
    ].join('\n'),
  },
  contract_hash_mismatch: {
    when: {
      'pt-BR': 'Foi enviado contract.sha256, e ele não é o SHA-256 dos bytes UTF-8 de contract.text.',
      en: 'contract.sha256 was sent and is not the SHA-256 of the UTF-8 bytes of contract.text.',
    },
    fix: {
      'pt-BR':
        'Calcule o hash do mesmo texto que envia: mesmas quebras de linha, mesma forma Unicode, sem aspas nem escapes de JSON. errors traz o hash do que chegou.',
      en: 'Hash the very text that you send: same line ends, same Unicode form, without JSON quotes or escapes. errors brings the hash of what came.',
    },
    example: "createHash('sha256').update(text, 'utf8').digest('hex')",
  },
  return_url_not_allowed: {
    when: {
      'pt-BR':
        'returnUrl não é um endereço https absoluto, traz usuário e senha, ou a origem não está entre as da chave. No sandbox a chave impressa no início aceita qualquer origem https e também http do próprio computador.',
      en: "returnUrl is no absolute https address, holds a user and password, or its origin is not among the key's. In the sandbox the key that is printed at the start takes any https origin, and http of the same machine.",
    },
    fix: {
      'pt-BR':
        'Peça uma chave com a origem, pois as de uma chave não mudam, ou deixe returnUrl de fora: o portal tem a sua própria página de chegada.',
      en: 'Ask for a key with the origin, for those of a key do not change, or leave returnUrl out: the portal has a landing page of its own.',
    },
    example: 'npm run aceite -- api-key create --return-origin https://loja.example',
  },
  internal_error: {
    when: { 'pt-BR': 'Uma falha nossa.', en: 'A fault of ours.' },
    fix: {
      'pt-BR':
        'Repita com a mesma chave de idempotência: nada se faz duas vezes. Se persistir, cite o requestId a quem opera o portal.',
      en: 'Repeat with the same idempotency key: nothing happens twice. If it stays, quote the requestId to whoever runs the portal.',
    },
  },
  lender_signature_invalid: {
    when: {
      'pt-BR':
        'Um aviso em /api/webhooks/lender não traz a assinatura ES512 do credor, foi alterado, é antigo, é de outra integração ou foi feito para outro caminho.',
      en: "A post to /api/webhooks/lender lacks the lender's ES512 signature, was altered, is old, is another integration's, or was made for another path.",
    },
    fix: {
      'pt-BR':
        'Confira se QITECH_PUBLIC_KEY_FILE e QITECH_API_CLIENT_KEY são os da integração, se o relógio está certo e se nenhum proxy muda o corpo ou o caminho.',
      en: "Check that QITECH_PUBLIC_KEY_FILE and QITECH_API_CLIENT_KEY are the integration's, that the clock is right, and that no proxy changes body or path.",
    },
  },
  lender_webhooks_closed: {
    when: {
      'pt-BR': 'Chegou um aviso do credor, e não há chave pública do credor para conferi-lo.',
      en: "A notice of the lender came in, and there is no public key of the lender's to check it with.",
    },
    fix: {
      'pt-BR': 'Ponha em QITECH_PUBLIC_KEY_FILE a chave pública que o credor mostra no seu console, e reinicie.',
      en: "Put the public key that the lender's console shows into QITECH_PUBLIC_KEY_FILE, and restart.",
    },
    example: 'QITECH_PUBLIC_KEY_FILE=/etc/aceite/lender-public-key.pem',
  },
  client_address_untrusted: {
    when: {
      'pt-BR':
        'Em produção, um aceite chegou de um endereço local, privado ou desconhecido: em geral, TRUSTED_PROXIES não nomeia o proxy. É uma página, não uma resposta da API.',
      en: 'In production an acceptance came from a loopback, private or unknown address: usually TRUSTED_PROXIES does not name the proxy. It is a page, no answer of the API.',
    },
    fix: {
      'pt-BR':
        'Ponha em TRUSTED_PROXIES as redes dos seus proxies, ou ALLOW_PRIVATE_CLIENTS=true numa intranet. O link do cliente continua valendo.',
      en: "Put your proxies' networks into TRUSTED_PROXIES, or ALLOW_PRIVATE_CLIENTS=true in an intranet. The customer's link is still good.",
    },
    example: 'TRUSTED_PROXIES=10.0.0.0/8',
  },
  rate_limited: rateLimitGuide,
  temporarily_unavailable: {
    when: { 'pt-BR': 'O banco de dados não respondeu a tempo.', en: 'The database did not answer in time.' },
    fix: {
      'pt-BR': 'Repita depois de Retry-After com a mesma chave de idempotência. /health/ready diz quando voltou.',
      en: 'Repeat after Retry-After with the same idempotency key. /health/ready says when it is back.',
    },
  },
};
