import type { PerLanguage } from './language.ts';

/**
 * When a page could not be made. It knows nothing of the session, so it says only what is true in any state; it stands alone in its file
 * because its words travel with every page.
 */
export const failureWords: PerLanguage<{ title: string; text: string; again: string }> = {
  'pt-BR': {
    title: 'Não conseguimos mostrar esta página',
    text: 'O problema é nosso. Se você já tocou em assinar, abra o link de novo: tentar outra vez não assina duas vezes.',
    again: 'Tentar de novo',
  },
  en: {
    title: 'We could not show this page',
    text: 'The problem is ours. If you already pressed sign, open the link again: trying again will not sign twice.',
    again: 'Try again',
  },
  es: {
    title: 'No pudimos mostrar esta página',
    text: 'El problema es nuestro. Si ya pulsó firmar, abra el enlace de nuevo: intentarlo otra vez no firma dos veces.',
    again: 'Intentar de nuevo',
  },
  sv: {
    title: 'Vi kunde inte visa sidan',
    text: 'Felet är vårt. Om du redan har tryckt på att skriva under, öppna länken igen: ett nytt försök skriver inte under två gånger.',
    again: 'Försök igen',
  },
};
