import type { PerLanguage } from './language.ts';

export type ReceiptWords = {
  /** By what the browser may see: all, a part, or only that and when it was signed. */
  leads: Record<'full' | 'masked' | 'bare', string>;
  code: string;
  acceptedAt: string;
  contract: string;
  hash: string;
  details: string;
  copies: string;
  notYetProved: string;
  proved: string;
  document: string;
  certificate: string;
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
    copies: 'Suas cópias',
    notYetProved:
      'Comprovante provisório: a assinatura já vale, e a confirmação independente da hora chega em poucos minutos. Para ter as cópias finais, abra esta página de novo depois.',
    proved: 'Comprovante final: o registro público e as autoridades de tempo confirmaram a assinatura.',
    document: 'Baixar o contrato assinado (.pdf)',
    certificate: 'Ler o relatório da assinatura',
    download: 'Baixar só o texto do contrato (.txt)',
    dossier: 'Baixar as provas da assinatura (.zip)',
    dossierIs: 'As provas trazem o texto, o seu aceite e como conferir tudo sem depender deste portal.',
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
    copies: 'Your copies',
    notYetProved:
      'Interim receipt: your signature counts already, and the independent confirmation of its time comes within a few minutes. For the final copies open this page again later.',
    proved: 'Final receipt: the public log and the time authorities have confirmed the signature.',
    document: 'Download the signed contract (.pdf)',
    certificate: 'Read the certificate of the signature',
    download: 'Download only the text of the contract (.txt)',
    dossier: 'Download the proof of your signature (.zip)',
    dossierIs: 'The proof holds the text, your acceptance, and how to check it all without this portal.',
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
    copies: 'Sus copias',
    notYetProved:
      'Comprobante provisional: la firma ya vale, y la confirmación independiente de la hora llega en unos minutos. Para tener las copias finales, abra esta página otra vez más tarde.',
    proved: 'Comprobante final: el registro público y las autoridades de tiempo confirmaron la firma.',
    document: 'Descargar el contrato firmado (.pdf)',
    certificate: 'Leer el informe de la firma',
    download: 'Descargar solo el texto del contrato (.txt)',
    dossier: 'Descargar las pruebas de la firma (.zip)',
    dossierIs: 'Las pruebas contienen el texto, su aceptación y cómo comprobarlo todo sin depender de este portal.',
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
    copies: 'Dina kopior',
    notYetProved:
      'Preliminärt kvitto: underskriften gäller redan, och den oberoende bekräftelsen av tiden kommer inom några minuter. Öppna sidan igen senare för de slutliga kopiorna.',
    proved: 'Slutligt kvitto: den offentliga loggen och tidsmyndigheterna har bekräftat underskriften.',
    document: 'Ladda ner det underskrivna avtalet (.pdf)',
    certificate: 'Läs intyget om underskriften',
    download: 'Ladda ner bara avtalets text (.txt)',
    dossier: 'Ladda ner bevisen för underskriften (.zip)',
    dossierIs: 'Bevisen innehåller texten, ditt godkännande och hur allt kan kontrolleras utan den här portalen.',
    keep: 'Du kan också skriva ut sidan eller spara den som PDF i webbläsarens meny.',
    nextTitle: 'Vad händer nu',
    next: (lender) =>
      `Underskriften skickas nu till ${lender}. Om det misslyckas försöker vi igen: du behöver inte göra något.`,
    notYouTitle: 'Var det inte du?',
    notYou: (merchant) => `Meddela ${merchant} och uppge kvittokoden.`,
  },
};
