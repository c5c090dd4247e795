import type { PerLanguage } from './language.ts';

export type ReceiptWords = {
  /** By what the browser may see: all, a part, or only that and when it was signed. */
  leads: Record<'full' | 'masked' | 'bare', string>;
  code: string;
  acceptedAt: string;
  contract: string;
  hash: string;
  details: string;
  download: string;
  dossier: string;
  dossierIs: string;
  keep: string;
  nextTitle: string;
  next: (lender: string) => string;
  notYouTitle: string;
  notYou: (merchant: string) => string;
};

export const receiptWords: PerLanguage<ReceiptWords> = {
  'pt-BR': {
    leads: {
      full: 'Sua assinatura foi registrada. Guarde este comprovante e uma cópia do contrato.',
      masked: 'Este contrato já foi assinado. Neste aparelho, os dados de quem assinou aparecem só em parte.',
      bare: 'Este contrato já foi assinado. O comprovante completo fica com quem assinou.',
    },
    code: 'Código do comprovante',
    acceptedAt: 'Assinado em',
    contract: 'Contrato',
    hash: 'Código SHA-256 do texto',
    details: 'Quem assinou',
    download: 'Baixar o contrato (.txt)',
    dossier: 'Baixar as provas da assinatura (.zip)',
    dossierIs:
      'As provas trazem o texto, o seu aceite e como conferir tudo sem depender deste portal. A confirmação independente da hora chega em cerca de um minuto; baixe de novo depois para tê-la.',
    keep: 'Você também pode imprimir esta página ou salvá-la em PDF pelo menu do navegador.',
    nextTitle: 'O que acontece agora',
    next: (lender) =>
      `A assinatura segue para ${lender}. Se o envio falhar, tentamos de novo: você não precisa fazer nada.`,
    notYouTitle: 'Não foi você?',
    notYou: (merchant) => `Avise ${merchant} e informe o código do comprovante.`,
  },
  en: {
    leads: {
      full: 'Your signature is recorded. Keep this receipt and a copy of the contract.',
      masked:
        'This contract has been signed. On this device the details of the person who signed are shown only in part.',
      bare: 'This contract has been signed. The person who signed has the whole receipt.',
    },
    code: 'Receipt code',
    acceptedAt: 'Signed on',
    contract: 'Contract',
    hash: 'SHA-256 code of the text',
    details: 'Who signed',
    download: 'Download the contract (.txt)',
    dossier: 'Download the proof of your signature (.zip)',
    dossierIs:
      'The proof holds the text, your acceptance, and how to check it all without this portal. The independent confirmation of the time comes in about a minute; download it again later to have it.',
    keep: 'You can also print this page or save it as a PDF from the browser menu.',
    nextTitle: 'What happens now',
    next: (lender) =>
      `The signature now goes to ${lender}. If sending fails we try again: there is nothing for you to do.`,
    notYouTitle: 'Was it not you?',
    notYou: (merchant) => `Tell ${merchant} and give the receipt code.`,
  },
  es: {
    leads: {
      full: 'Su firma quedó registrada. Guarde este comprobante y una copia del contrato.',
      masked: 'Este contrato ya está firmado. En este dispositivo, los datos de quien firmó se muestran solo en parte.',
      bare: 'Este contrato ya está firmado. El comprobante completo lo tiene quien firmó.',
    },
    code: 'Código del comprobante',
    acceptedAt: 'Firmado el',
    contract: 'Contrato',
    hash: 'Código SHA-256 del texto',
    details: 'Quién firmó',
    download: 'Descargar el contrato (.txt)',
    dossier: 'Descargar las pruebas de la firma (.zip)',
    dossierIs:
      'Las pruebas contienen el texto, su aceptación y cómo comprobarlo todo sin depender de este portal. La confirmación independiente de la hora llega en un minuto más o menos; descárguelas otra vez después para tenerla.',
    keep: 'También puede imprimir esta página o guardarla en PDF desde el menú del navegador.',
    nextTitle: 'Qué pasa ahora',
    next: (lender) =>
      `La firma se envía ahora a ${lender}. Si el envío falla, lo intentamos de nuevo: usted no tiene que hacer nada.`,
    notYouTitle: '¿No fue usted?',
    notYou: (merchant) => `Avise a ${merchant} e indique el código del comprobante.`,
  },
  sv: {
    leads: {
      full: 'Din underskrift är registrerad. Spara kvittot och en kopia av avtalet.',
      masked: 'Avtalet är redan underskrivet. På den här enheten visas uppgifterna om den som skrev under bara delvis.',
      bare: 'Avtalet är redan underskrivet. Den som skrev under har hela kvittot.',
    },
    code: 'Kvittokod',
    acceptedAt: 'Underskrivet',
    contract: 'Avtal',
    hash: 'Textens SHA-256-kod',
    details: 'Vem som skrev under',
    download: 'Ladda ner avtalet (.txt)',
    dossier: 'Ladda ner bevisen för underskriften (.zip)',
    dossierIs:
      'Bevisen innehåller texten, ditt godkännande och hur allt kan kontrolleras utan den här portalen. Den oberoende bekräftelsen av tiden kommer inom ungefär en minut; ladda ner igen senare för att få med den.',
    keep: 'Du kan också skriva ut sidan eller spara den som PDF i webbläsarens meny.',
    nextTitle: 'Vad händer nu',
    next: (lender) =>
      `Underskriften skickas nu till ${lender}. Om det misslyckas försöker vi igen: du behöver inte göra något.`,
    notYouTitle: 'Var det inte du?',
    notYou: (merchant) => `Meddela ${merchant} och uppge kvittokoden.`,
  },
};
