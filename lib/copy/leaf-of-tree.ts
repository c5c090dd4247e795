import type { PerLanguage } from './language.ts';

/** Where a record stands in the public log. A log counts its leaves from 0, as no reader expects who is not told. */
export const leafOfTree: PerLanguage<string> = {
  'pt-BR': '{index}, contada a partir de 0, numa árvore de {size} folhas',
  en: '{index}, counted from 0, in a tree of {size} leaves',
  es: '{index}, contada desde 0, en un árbol de {size} hojas',
  sv: '{index}, räknat från 0, i ett träd med {size} löv',
};
