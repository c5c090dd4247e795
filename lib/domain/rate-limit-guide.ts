import type { ErrorGuide } from './error-guide.ts';
import type { ApiLanguage } from './field-messages.ts';
import { type RateLimitName, rateLimits, sandboxFactor } from './rate-limits.ts';

/** The page of `rate_limited`, its figures from the table that the limiter obeys. */
export const rateLimitGuide: ErrorGuide = {
  when: {
    'pt-BR': `A chave gastou as chamadas que tem de uma vez (${figures('pt-BR', 'api_read', 'de leitura')}; ${figures('pt-BR', 'api_write', 'de escrita')}), ou vieram chamadas demais do mesmo endereço: sem chave válida, ${figures('pt-BR', 'api_refused')}; por endereços assinados, ${figures('pt-BR', 'api_signature')}; aos arquivos do log público, ${figures('pt-BR', 'log')}. No sandbox é tudo ${sandboxFactor} vezes maior. RateLimit-Policy e RateLimit dizem o limite e o que resta.`,
    en: `The key has used up the calls that it has at once (${figures('en', 'api_read', 'that read')}; ${figures('en', 'api_write', 'that write')}), or too many calls came from one address: without a good key, ${figures('en', 'api_refused')}; by signed addresses, ${figures('en', 'api_signature')}; for files of the public log, ${figures('en', 'log')}. In the sandbox all of it is ${sandboxFactor} times as much. RateLimit-Policy and RateLimit say the limit and what is left.`,
  },
  fix: {
    'pt-BR':
      'Espere os segundos de Retry-After e repita. Em vez de perguntar em laço, aumente o intervalo entre as perguntas.',
    en: 'Wait for the seconds of Retry-After and repeat. Instead of asking in a loop, ask at longer intervals.',
  },
};

function figures(language: ApiLanguage, name: RateLimitName, doing?: string): string {
  const { burst, perSecond } = rateLimits[name];
  const [burstSpelt, back] = [burst, perSecond].map((count) => count.toLocaleString(language));
  const atOnce = doing === undefined ? burstSpelt : `${burstSpelt} ${doing}`;
  return { 'pt-BR': `${atOnce}, voltando ${back} por segundo`, en: `${atOnce}, coming back at ${back} a second` }[
    language
  ];
}
