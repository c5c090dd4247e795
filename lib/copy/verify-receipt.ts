import type { PerLanguage } from './language.ts';

/** `/verify/{receiptCode}`: what the public is told of a receipt. The code was looked up, and nothing else was checked. */
export type VerifyReceiptWords = {
  title: string;
  found: Record<'interim' | 'final' | 'erased', { title: string; text: string }>;
  notFound: { title: string; text: string };
  code: string;
  acceptedAt: string;
  contractHash: string;
  log: string;
  leaf: string;
  root: string;
  checkpointAt: string;
  timeStamp: string;
  whole: string;
  wholeLink: string;
  ask: { label: string; hint: string; act: string };
};

export const verifyReceiptWords: PerLanguage<VerifyReceiptWords> = {
  'pt-BR': {
    title: 'Conferir um comprovante',
    found: {
      final: {
        title: 'Este código existe neste portal, e o registro está completo',
        text: 'Este portal registrou uma assinatura com este código. A prova está no registro público e o credor respondeu: nada mais está pendente.',
      },
      interim: {
        title: 'Este código existe neste portal; o registro ainda é provisório',
        text: 'Este portal registrou uma assinatura com este código. A prova no registro público ou a resposta do credor ainda não chegou.',
      },
      erased: {
        title: 'Este código existe neste portal; os dados já foram apagados',
        text: 'Este portal registrou uma assinatura com este código. O prazo de guarda acabou e os dados foram apagados; quem guardou o dossiê ainda pode conferi-lo.',
      },
    },
    notFound: {
      title: 'Nenhum comprovante com este código',
      text: 'Confira o código letra por letra: são doze caracteres, sem 0, O, 1, I, L e U. Se estiver certo, este comprovante não foi dado por este portal.',
    },
    code: 'Código do comprovante',
    acceptedAt: 'Assinado em',
    contractHash: 'Código SHA-256 do texto',
    log: 'Registro público',
    leaf: 'Folha da árvore',
    root: 'Raiz da árvore',
    checkpointAt: 'Raiz assinada em',
    timeStamp: 'Carimbo do tempo',
    whole:
      'Esta página só procurou o código e repete o que o portal diz de si: compare o código SHA-256 com o do seu comprovante. Para conferir sem confiar no portal, use o dossiê.',
    wholeLink: 'Conferir um dossiê',
    ask: { label: 'Código do comprovante', hint: 'Por exemplo 7K3F-9QTM-XB2C.', act: 'Procurar' },
  },
  en: {
    title: 'Check a receipt',
    found: {
      final: {
        title: 'This portal has this code, and its record is complete',
        text: 'This portal recorded a signature under this code. Its proof is in the public log and the lender has answered: nothing more is to come.',
      },
      interim: {
        title: 'This portal has this code; its record is interim so far',
        text: 'This portal recorded a signature under this code. Its proof in the public log, or the answer of the lender, is still to come.',
      },
      erased: {
        title: 'This portal has this code; its data are erased',
        text: 'This portal recorded a signature under this code. The term of keeping is over and the data are erased; whoever kept the dossier can still check it.',
      },
    },
    notFound: {
      title: 'No receipt has this code',
      text: 'Compare the code character by character: there are twelve, and none is 0, O, 1, I, L or U. If it is right, this portal did not give this receipt.',
    },
    code: 'Receipt code',
    acceptedAt: 'Signed on',
    contractHash: 'SHA-256 code of the text',
    log: 'Public log',
    leaf: 'Leaf of the tree',
    root: 'Root of the tree',
    checkpointAt: 'Root signed on',
    timeStamp: 'Time stamp',
    whole:
      'This page only looked the code up and repeats what the portal says of itself: compare the SHA-256 code with the one on your receipt. To check without trusting the portal, use the dossier.',
    wholeLink: 'Check a dossier',
    ask: { label: 'Receipt code', hint: 'For example 7K3F-9QTM-XB2C.', act: 'Look it up' },
  },
  es: {
    title: 'Comprobar un comprobante',
    found: {
      final: {
        title: 'Este código existe en este portal, y el registro está completo',
        text: 'Este portal registró una firma con este código. La prueba está en el registro público y el acreedor respondió: no queda nada pendiente.',
      },
      interim: {
        title: 'Este código existe en este portal; el registro todavía es provisional',
        text: 'Este portal registró una firma con este código. La prueba en el registro público o la respuesta del acreedor todavía no llegó.',
      },
      erased: {
        title: 'Este código existe en este portal; los datos ya se borraron',
        text: 'Este portal registró una firma con este código. El plazo de conservación terminó y los datos se borraron; quien guardó el expediente todavía puede comprobarlo.',
      },
    },
    notFound: {
      title: 'Ningún comprobante tiene este código',
      text: 'Compare el código letra por letra: son doce caracteres, sin 0, O, 1, I, L ni U. Si está bien, este comprobante no lo dio este portal.',
    },
    code: 'Código del comprobante',
    acceptedAt: 'Firmado el',
    contractHash: 'Código SHA-256 del texto',
    log: 'Registro público',
    leaf: 'Hoja del árbol',
    root: 'Raíz del árbol',
    checkpointAt: 'Raíz firmada el',
    timeStamp: 'Sello de tiempo',
    whole:
      'Esta página solo buscó el código y repite lo que el portal dice de sí mismo: compare el código SHA-256 con el de su comprobante. Para comprobar sin confiar en el portal, use el expediente.',
    wholeLink: 'Comprobar un expediente',
    ask: { label: 'Código del comprobante', hint: 'Por ejemplo 7K3F-9QTM-XB2C.', act: 'Buscar' },
  },
  sv: {
    title: 'Kontrollera ett kvitto',
    found: {
      final: {
        title: 'Koden finns i portalen, och uppgifterna om den är fullständiga',
        text: 'Portalen har registrerat en underskrift med den här koden. Beviset finns i den offentliga loggen och långivaren har svarat: inget mer återstår.',
      },
      interim: {
        title: 'Koden finns i portalen; uppgifterna om den är ännu preliminära',
        text: 'Portalen har registrerat en underskrift med den här koden. Beviset i den offentliga loggen eller långivarens svar har inte kommit än.',
      },
      erased: {
        title: 'Koden finns i portalen; uppgifterna är raderade',
        text: 'Portalen har registrerat en underskrift med den här koden. Tiden för bevarande är slut och uppgifterna är raderade; den som har sparat bevispaketet kan fortfarande kontrollera det.',
      },
    },
    notFound: {
      title: 'Inget kvitto har den här koden',
      text: 'Jämför koden tecken för tecken: de är tolv, och inget är 0, O, 1, I, L eller U. Stämmer den har den här portalen inte gett ut kvittot.',
    },
    code: 'Kvittokod',
    acceptedAt: 'Underskrivet',
    contractHash: 'SHA-256-kod för texten',
    log: 'Offentlig logg',
    leaf: 'Löv i trädet',
    root: 'Trädets rot',
    checkpointAt: 'Roten undertecknad',
    timeStamp: 'Tidsstämpel',
    whole:
      'Sidan har bara sökt efter koden och upprepar vad portalen säger om sig själv: jämför SHA-256-koden med den på ditt kvitto. Använd bevispaketet för att kontrollera utan att lita på portalen.',
    wholeLink: 'Kontrollera ett bevispaket',
    ask: { label: 'Kvittokod', hint: 'Till exempel 7K3F-9QTM-XB2C.', act: 'Sök' },
  },
};
