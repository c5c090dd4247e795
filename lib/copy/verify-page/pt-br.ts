import type { VerifyWords } from '../verify-page.ts';

export const verifyWordsPt: VerifyWords = {
  title: 'Conferir um dossiê',
  lead: 'Escolha o dossiê de uma assinatura (um arquivo .zip). A conferência é feita aqui, no seu navegador: o arquivo não é enviado a lugar nenhum.',
  choose: 'Arquivo do dossiê',
  drop: 'Você também pode soltar o arquivo aqui.',
  checking: 'Conferindo…',
  cannot:
    'Este navegador não consegue conferir estas assinaturas: é antigo demais, ou esta página não veio por https. Use um navegador mais novo ou confira sem internet, como explicado abaixo.',
  tooLarge: 'Este arquivo é maior do que um dossiê pode ser (64 MiB).',
  resultOf: 'Resultado de {file}',
  verdicts: {
    VALID: { title: 'Válido', text: 'Tudo foi conferido e está certo.' },
    VALID_INTERIM: {
      title: 'Válido até agora',
      text: 'Tudo o que já pode ser conferido está certo. A sessão, ou a prova dela no registro público, ainda não está completa; peça o dossiê final.',
    },
    TAMPERED: {
      title: 'Adulterado',
      text: 'Partes deste dossiê se contradizem. Ele foi alterado depois de feito, ou nunca esteve inteiro.',
    },
    INVALID: {
      title: 'Sem confiança',
      text: 'Uma assinatura ou um carimbo do tempo está errado, ou é de alguém que este portal não indica. O dossiê pode ser de outro portal.',
    },
    INCOMPLETE: { title: 'Incompleto', text: 'Nada está errado, mas falta algo necessário.' },
    INPUT_ERROR: { title: 'Não é um dossiê', text: 'Este arquivo não pode ser lido como dossiê.' },
  },
  checksTitle: 'O que foi conferido',
  results: { ok: 'Certo', failed: 'Errado', missing: 'Falta', skipped: 'Não conferido' },
  claims: {
    zip: 'O arquivo é um pacote simples, que todo leitor vê do mesmo modo.',
    manifest: 'A lista do conteúdo existe e está bem formada.',
    files: 'Cada arquivo tem o tamanho e o SHA-256 que a lista indica.',
    json: 'Cada registro tem um único sentido.',
    required: 'Todos os arquivos de que uma sessão assim precisa estão aqui.',
    chain: 'Os eventos estão inteiros, em ordem e sem alteração.',
    commits: 'Contrato, dados, aceite e envios ao credor são os mesmos com que os eventos se comprometeram.',
    cross: 'Evidências, aceite, consentimentos, comprovante e mensagem ao credor dizem o mesmo.',
    state: 'O dossiê é final exatamente quando a sessão terminou.',
    proofs: 'Os eventos constam do registro público.',
    log: 'Um registro de confiança assinou o seu estado.',
    seal: 'O portal selou a lista do conteúdo.',
    receipt: 'O portal assinou o comprovante.',
    time: 'As autoridades de carimbo do tempo exigidas, se houver, viram o estado do registro nos horários indicados.',
    witness: 'As testemunhas exigidas, se houver, viram que o registro só cresceu.',
  },
  trustedFor: 'Em quem você confia para isto',
  trust: {
    nobody: 'em ninguém, é calculado a partir do arquivo',
    log: 'nas chaves do registro',
    seal: 'nas chaves de selo do portal',
    time: 'nas autoridades de carimbo do tempo',
    witness: 'nas testemunhas',
  },
  notProved:
    'Nada disto prova que a pessoa indicada foi quem assinou. Prova o que foi registrado, quando, e que nada mudou desde então.',
  whom: {
    title: 'Em quem você confia ao usar esta página',
    text: 'Esta página e as chaves que ela usa vêm do operador deste portal. Quem não pode depender do operador confere sem internet, com um arquivo de confiança recebido antes e por outro caminho.',
    offline: 'Sem internet, na pasta em que está o dossiê:',
    withPython: 'com verify.py (Python 3 e openssl 3), mas não o que veio no próprio dossiê de que você duvida',
    withAceite: 'ou com este programa, em um computador seu',
  },
  withoutScript: 'Conferir no navegador exige JavaScript. Sem ele, os comandos abaixo fazem o mesmo.',
};
