import type { PerStaffLanguage } from './language.ts';

type CertificateProblem =
  | 'reason_missing'
  | 'reason_too_long'
  | 'reason_characters'
  | 'forbidden'
  | 'signing_session_not_found';

type CertificateCopy = {
  title: string;
  back: string;
  read: string;
  download: string;
  openCourt: string;
  whatCourt: string;
  reason: string;
  reasonHint: string;
  readCourt: string;
  downloadCourt: string;
  /** Of the court's version, where nobody has just said why. */
  locked: string;
  problems: Record<CertificateProblem, string>;
};

/** What staff read around a session's certificate. */
export const certificateCopy: PerStaffLanguage<CertificateCopy> = {
  'pt-BR': {
    title: 'Relatório da assinatura',
    back: 'Voltar à sessão',
    read: 'Ler o relatório (versão para compartilhar)',
    download: 'Baixar o relatório (.pdf)',
    openCourt: 'Versão para juízo',
    whatCourt:
      'Mostra os dados pessoais por inteiro. Depois do motivo, a página fica aberta para você por dez minutos.',
    reason: 'Motivo',
    reasonHint: 'Fica guardado com a sessão, com o seu nome e a hora.',
    readCourt: 'Ler a versão para juízo',
    downloadCourt: 'Baixar a versão para juízo (.pdf)',
    locked: 'A versão para juízo só aparece depois que você escreve o motivo.',
    problems: {
      reason_missing: 'Escreva o motivo. Nada foi mostrado.',
      reason_too_long: 'O motivo passa de 500 caracteres. Encurte o texto; nada foi mostrado.',
      reason_characters: 'O motivo tem caracteres que não podem ser guardados. Escreva de novo; nada foi mostrado.',
      forbidden: 'Seu perfil não permite ver o relatório.',
      signing_session_not_found: 'Esta sessão não existe neste espaço.',
    },
  },
  en: {
    title: 'Certificate of the signature',
    back: 'Back to the session',
    read: 'Read the certificate (version for sharing)',
    download: 'Download the certificate (.pdf)',
    openCourt: 'Version for court',
    whatCourt: 'Shows personal data in full. After you give the reason the page stays open to you for ten minutes.',
    reason: 'Reason',
    reasonHint: 'Kept with the session, with your name and the time.',
    readCourt: 'Read the version for court',
    downloadCourt: 'Download the version for court (.pdf)',
    locked: 'The version for court is shown only after you write the reason.',
    problems: {
      reason_missing: 'Write the reason. Nothing was shown.',
      reason_too_long: 'The reason has more than 500 characters. Shorten it; nothing was shown.',
      reason_characters: 'The reason has characters that cannot be kept. Write it again; nothing was shown.',
      forbidden: 'Your role does not allow you to see the certificate.',
      signing_session_not_found: 'This session does not exist in this workspace.',
    },
  },
};
