import { type CopyLanguage, fill, type PerLanguage } from './language.ts';

/**
 * The promises that a signer makes, one box each, and the notice beside them. These words are evidence: a change of one character is
 * a new version with a new id, never an edit, and old versions stay readable in what was recorded. Source: `evidence-and-law` 9.
 */
export const consentBoxes = ['agreeContract', 'agreeMethod'] as const;
export type ConsentBox = (typeof consentBoxes)[number];

export type Consent = { id: string; version: string; language: CopyLanguage; box: ConsentBox; text: string };
export type Notice = { id: string; version: string; language: CopyLanguage; text: string };

/** What stands in the texts. `sha256` is the contract's, in hex; its first eight digits are shown. */
export type ConsentSubject = { title: string; merchant: string; lender: string; sha256: string };

type Versioned = { version: string; text: string };

/** The consents to show and to record, rendered, in the order of their boxes. */
export function consentsFor(language: CopyLanguage, subject: ConsentSubject): Consent[] {
  const { sha256, ...names } = subject;
  return consentBoxes.map((box) => {
    const { version, text } = consentTexts[language][box];
    const rendered = fill(text, { ...names, hash8: sha256.slice(0, 8) });
    return { id: idOf(idStems[box], language, version), version, language, box, text: rendered };
  });
}

/** The button that signs. The method's consent quotes it, so both change together. */
export function buttonLabel(language: CopyLanguage): string {
  return buttonLabels[language];
}

/** What is recorded when a person signs. A notice, not a box: its ground is duty and contract, not consent. */
export function noticeFor(language: CopyLanguage): Notice {
  const { version, text } = notices[language];
  return { id: idOf('notice-recording', language, version), version, language, text };
}

/** Every text that can be shown now, with its blanks unfilled: what the installation says in public that it asks people to agree to. */
export function currentTexts(): { id: string; text: string }[] {
  return (Object.keys(consentTexts) as CopyLanguage[]).flatMap((language) => [
    ...consentBoxes.map((box) => {
      const { version, text } = consentTexts[language][box];
      return { id: idOf(idStems[box], language, version), text };
    }),
    { id: noticeFor(language).id, text: noticeFor(language).text },
  ]);
}

const idOf = (stem: string, language: CopyLanguage, version: string): string => `${stem}-${language}@${version}`;

const idStems = {
  agreeContract: 'consent-contract',
  agreeMethod: 'consent-method',
} as const satisfies Record<ConsentBox, string>;

const consentTexts: PerLanguage<Record<ConsentBox, Versioned>> = {
  'pt-BR': {
    agreeContract: {
      version: '1',
      text: 'Li o contrato "{title}" mostrado acima e aceito todas as suas cláusulas. O texto aceito é exatamente o que está nesta página (código SHA-256: {hash8}…).',
    },
    agreeMethod: {
      version: '1',
      text: 'Concordo em assinar por meio eletrônico, marcando esta opção e tocando em "Assinar contrato", e reconheço esse meio como válido entre mim, {merchant} e {lender} (MP 2.200-2/2001, art. 10, § 2º).',
    },
  },
  en: {
    agreeContract: {
      version: '1',
      text: 'I have read the contract "{title}" shown above and I accept all of its terms. The text I accept is exactly the text on this page (SHA-256 code: {hash8}…).',
    },
    agreeMethod: {
      version: '1',
      text: 'I agree to sign electronically by ticking this box and pressing "Sign contract", and I accept this method as valid between me, {merchant} and {lender}.',
    },
  },
  es: {
    agreeContract: {
      version: '1',
      text: 'He leído el contrato «{title}» que aparece arriba y acepto todas sus cláusulas. El texto que acepto es exactamente el de esta página (código SHA-256: {hash8}…).',
    },
    agreeMethod: {
      version: '1',
      text: 'Acepto firmar por medios electrónicos al marcar esta casilla y pulsar «Firmar contrato», y reconozco este medio como válido entre {merchant}, {lender} y yo.',
    },
  },
  sv: {
    agreeContract: {
      version: '1',
      text: 'Jag har läst avtalet ”{title}” som visas ovan och godkänner alla villkor i det. Texten jag godkänner är exakt den som står på den här sidan (SHA-256-kod: {hash8}…).',
    },
    agreeMethod: {
      version: '1',
      text: 'Jag går med på att skriva under elektroniskt genom att kryssa i rutan och trycka på ”Skriv under avtalet”, och jag godtar att det gäller mellan mig, {merchant} och {lender}.',
    },
  },
};

const buttonLabels: PerLanguage<string> = {
  'pt-BR': 'Assinar contrato',
  en: 'Sign contract',
  es: 'Firmar contrato',
  sv: 'Skriv under avtalet',
};

const notices: PerLanguage<Versioned> = {
  'pt-BR': {
    version: '1',
    text: 'Ao assinar, registramos a data e a hora, o seu endereço IP e a porta, o navegador, os dados informados e o texto do contrato. Guardamos esse registro por pelo menos 5 anos para provar a assinatura. Você recebe uma cópia agora.',
  },
  en: {
    version: '1',
    text: 'When you sign we record the date and time, your IP address and port, your browser, the details you gave and the contract text. We keep this record for at least 5 years to prove the signature. You get a copy straight away.',
  },
  es: {
    version: '1',
    text: 'Al firmar registramos la fecha y la hora, su dirección IP y el puerto, el navegador, los datos que indicó y el texto del contrato. Guardamos este registro al menos 5 años para probar la firma. Recibirá una copia en el momento.',
  },
  sv: {
    version: '1',
    text: 'När du skriver under sparar vi datum och tid, din IP-adress och port, webbläsare, uppgifterna du lämnat och avtalstexten. Vi sparar detta i minst 5 år för att kunna visa att du skrev under. Du får en kopia direkt.',
  },
};
