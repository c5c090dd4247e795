import type { PerLanguage } from './language.ts';

/** What a signer's page says of a session whose data need not be kept any longer. `moment` names its zone. */
export const erasedWords: PerLanguage<(moment: string) => string> = {
  'pt-BR': (moment) =>
    `Os dados pessoais e o texto deste contrato foram eliminados em ${moment}, porque não precisavam mais ser guardados.`,
  en: (moment) =>
    `The personal data and the text of this contract were erased on ${moment}, because they no longer had to be kept.`,
  es: (moment) =>
    `Los datos personales y el texto de este contrato se eliminaron el ${moment}, porque ya no era necesario conservarlos.`,
  sv: (moment) =>
    `Personuppgifterna och texten i det här avtalet raderades ${moment}, eftersom de inte längre behövde sparas.`,
};
