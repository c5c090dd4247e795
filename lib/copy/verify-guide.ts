/** The parts of `VERIFY.md`, in the order in which they are walked. */
export type GuideStep =
  | 'keys'
  | 'files'
  | 'seal'
  | 'receipt'
  | 'event'
  | 'inclusion'
  | 'checkpoint'
  | 'time'
  | 'certificate';

type Words = { heading: string; words: readonly string[] };

/**
 * What `VERIFY.md` says around its commands. In Portuguese, for the courts that will read it, and in English, for experts from anywhere;
 * both in one file, so that a dossier is the same whoever asks for it.
 */
export const guideWords = {
  opening: `# Como conferir este dossiê · How to check this dossier

Tudo aqui se confere sem internet e sem confiar em quem opera o portal. O caminho curto é o verificador que acompanha o dossiê:
\`python3 verify.py <dossiê.zip> --trust trust.json\`. O caminho abaixo usa só \`sha256sum\` e \`openssl\` 3, dentro da pasta em que o ZIP foi aberto.

Everything here can be checked without a network and without trusting whoever runs the portal. The short way is the verifier in the dossier:
\`python3 verify.py <dossier.zip> --trust trust.json\`. The way below uses \`sha256sum\` and \`openssl\` 3 alone, in the folder where the ZIP was opened.

**Um dossiê forjado traria um verificador forjado.** O verificador e esta página vieram no dossiê: se não confia em quem o entregou, use o \`verify.py\` e os
comandos de outra fonte (a versão publicada do sistema, ou um dossiê mais antigo), e não abra nem execute mais nada que veio nele.

**A forged dossier would bring a forged verifier.** The verifier and this page came in the dossier: unless you trust whoever handed it to you, use the
\`verify.py\` and the commands of another source (the published release of the system, or an older dossier), and run nothing else that came in it.

**As chaves não vêm do dossiê.** Tire-as de um arquivo de confiança que você recebeu por outro caminho, de preferência antes (\`trust.json\`):
O passo 1 as lê dele.

**The keys do not come from the dossier.** Take them from a trust file that reached you by another way, best of all earlier (\`trust.json\`):
Step 1 reads them from it.`,
  steps: {
    keys: {
      heading: 'As chaves · The keys',
      words: [
        'Ponha esse `trust.json` nesta pasta. `SEAL_KEY` é um valor de `seal` (se há vários, o da época da assinatura: o segundo com `sed -n 2p` em vez de `sed -n 1p`, e assim por diante); `LOG_KEY`, o que vem depois do nome e dos oito dígitos em um valor de `logs` com o nome da primeira linha de `proofs/checkpoint`; `TIME_STAMP_ROOTS`, um arquivo com os certificados de `timeStampRoots`. A última linha mostra as chaves; nada depois de um nome diz que o arquivo não a tem.',
        'Put that `trust.json` into this folder. `SEAL_KEY` is a value of `seal` (where there are several, that of the time of signing: the second with `sed -n 2p` instead of `sed -n 1p`, and so on); `LOG_KEY` what follows the name and the eight digits in a value of `logs` with the name in the first line of `proofs/checkpoint`; `TIME_STAMP_ROOTS` a file with the certificates of `timeStampRoots`. The last line shows the keys; nothing after a name says that the file has none.',
      ],
    },
    files: {
      heading: 'Os arquivos · The files',
      words: [
        'Cada arquivo ainda tem os bytes da lista no fim desta página (o aviso sobre linhas sem formato é normal).',
        'Every file still has the bytes of the list at the end of this page (the warning about lines is normal).',
      ],
    },
    seal: {
      heading: 'O selo da instalação · The seal of the installation',
      words: [
        'O manifesto foi selado com a chave da instalação, e esta página está nele (a última linha mostra 1).',
        "The manifest was sealed with the installation's key, and this page is in it (the last line shows 1).",
      ],
    },
    receipt: {
      heading: 'O comprovante · The receipt',
      words: [
        'O comprovante que o signatário recebeu na hora traz o mesmo selo.',
        'The receipt that the signer got at once bears the same seal.',
      ],
    },
    event: {
      heading: 'O ato · The act',
      words: [
        'Do que o evento diz até o seu código na cadeia da sessão. Cada linha com `sha256sum` deve mostrar o valor depois de `#`; a última também.',
        'From what the event says to its hash in the chain of the session. Each line with `sha256sum` must show the value after `#`; so must the last.',
      ],
    },
    inclusion: {
      heading: 'O registro público · The public log',
      words: [
        'Do evento até a raiz da árvore que o registro público assinou (RFC 6962). A última linha mostra OK. Os números das folhas, em `evidence.json` e nos arquivos de `proofs`, são contados a partir de 0.',
        'From the event up to the root of the tree that the public log has signed (RFC 6962). The last line shows OK. The numbers of leaves, in `evidence.json` and in the files of `proofs`, are counted from 0.',
      ],
    },
    checkpoint: {
      heading: 'A assinatura do registro · The signature of the log',
      words: [
        'O registro assinou esta raiz. Quem guarda uma cópia mais antiga do registro pode provar que nada foi reescrito.',
        'The log has signed this root. Whoever keeps an older copy of the log can prove that nothing was rewritten.',
      ],
    },
    time: {
      heading: 'A hora, por terceiros · The time, from strangers',
      words: [
        'Autoridades de carimbo do tempo (RFC 3161) viram esta raiz a estas horas.',
        'Time-stamp authorities (RFC 3161) have seen this root at these times.',
      ],
    },
    certificate: {
      heading: 'O relatório da assinatura · The certificate of completion',
      words: [
        'O PDF é uma leitura das provas, não a prova. O seu selo pode ser visto com:',
        'The PDF is a reading of the evidence, not the evidence. Its seal can be seen with:',
      ],
    },
  } satisfies Record<GuideStep, Words>,
  closing: `## O que nada disto prova · What none of this proves

Que a pessoa diante da tela era quem disse ser; que os dados digitados são verdadeiros; que ela entendeu o que leu. Prova-se o texto, o ato, a hora e
que nada mudou desde então.

That the person at the screen was who they said; that what was typed is true; that it was understood. What is proved is the text, the act, the time, and
that nothing has changed since.

## Códigos dos arquivos · Hashes of the files (SHA-256)`,
} as const;
