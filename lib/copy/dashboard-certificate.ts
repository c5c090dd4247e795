import type { StaffReasonRefusal } from '#lib/domain/staff-reason.ts';
import type { PerStaffLanguage } from './language.ts';
import { reasonProblems } from './reason-problems.ts';

type CertificateProblem = StaffReasonRefusal | 'forbidden' | 'signing_session_not_found';

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
      ...reasonProblems('pt-BR', 'nada foi mostrado'),
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
      ...reasonProblems('en', 'nothing was shown'),
      forbidden: 'Your role does not allow you to see the certificate.',
      signing_session_not_found: 'This session does not exist in this workspace.',
    },
  },
};
