import type { AccessedFile } from '#lib/domain/custody.ts';
import type { PerStaffLanguage, StaffLanguage } from './language.ts';

type AccessWords = {
  title: string;
  what: string;
  none: string;
  older: string;
  columns: { at: string; who: string; did: string; reason: string };
  /** Of somebody who is no member any more. */
  former: string;
  key: string;
  /** `{count}` and `{time}` are filled in. */
  repeated: string;
  takers: { merchant: string; signer: string; link_holder: string };
  acts: Record<AccessedFile | 'session' | 'export', string>;
};

/** What the page of a session says about who has seen or taken it. */
export const accessCopy: PerStaffLanguage<AccessWords> = {
  'pt-BR': {
    title: 'Lista de acessos',
    what: 'Quem viu ou retirou algo desta sessão, do mais novo ao mais antigo. Cada abertura pela equipe é uma linha; o que sai pela API ou por quem assinou, uma linha por arquivo e dia (UTC). A lista fica guardada por pelo menos cinco anos.',
    none: 'Ninguém viu nem retirou nada ainda.',
    older: 'Acessos mais antigos',
    columns: { at: 'Quando', who: 'Quem', did: 'O quê', reason: 'Motivo' },
    former: 'saiu da equipe',
    key: 'chave {name}',
    repeated: '{count} vezes no dia, a última em {time}',
    takers: { merchant: 'Loja, pela API', signer: 'Quem assinou', link_holder: 'Quem tinha um endereço assinado' },
    acts: {
      session: 'Página da sessão',
      evidence: 'Evidências',
      dossier: 'Dossiê',
      export: 'Exportação dos dados da pessoa',
      document: 'Contrato com certificado',
      certificate: 'Certificado para compartilhar',
      court_certificate: 'Certificado para o juízo',
    },
  },
  en: {
    title: 'Access inventory',
    what: 'Who saw or took something of this session, newest first. Each look by staff is a line; what leaves by the API or by the signer is one line per file and day (UTC). The list is kept for at least five years.',
    none: 'Nobody has seen or taken anything yet.',
    older: 'Older accesses',
    columns: { at: 'When', who: 'Who', did: 'What', reason: 'Reason' },
    former: 'no longer staff',
    key: 'key {name}',
    repeated: '{count} times that day, last at {time}',
    takers: { merchant: 'Merchant, through the API', signer: 'Signer', link_holder: 'Holder of a signed address' },
    acts: {
      session: 'Page of the session',
      evidence: 'Evidence',
      dossier: 'Dossier',
      export: "Export of the person's data",
      document: 'Contract with certificate',
      certificate: 'Certificate for sharing',
      court_certificate: 'Certificate for the court',
    },
  },
};

/** What was seen or taken; a word of a newer version is shown as it is. */
export function accessAct(language: StaffLanguage, what: string): string {
  const acts: Record<string, string> = accessCopy[language].acts;
  return acts[what] ?? what;
}
