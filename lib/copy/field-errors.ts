import { type CopyLanguage, fill, type PerLanguage } from './language.ts';

/** What is wrong with a field and how to mend it; no blame, and never only "invalid". Counts stand in braces. */
const ptBR = {
  name_empty: 'Digite seu nome completo',
  name_length: 'O nome pode ter no máximo 200 letras. Digite uma forma mais curta',
  name_characters: 'Digite o nome só com letras, espaços, hífen e apóstrofo',
  email_empty: 'Digite seu e-mail',
  email_format: 'Digite um e-mail no formato nome@exemplo.com.br',
  email_length: 'Este e-mail é longo demais. Confira ou use outro',
  identity_empty: 'Digite seu CPF ou CNPJ',
  identity_length: 'O CPF tem 11 números e o CNPJ tem 14 letras ou números. Você digitou {characterCount}',
  cpf_length: 'O CPF tem 11 números. Você digitou {digitCount}',
  cpf_check_digit: 'Confira o CPF: algum número não bate',
  cnpj_length: 'O CNPJ tem 14 letras ou números. Você digitou {characterCount}',
  cnpj_character: 'O CNPJ só tem letras e números, e os dois últimos são números',
  cnpj_check_digit: 'Confira o CNPJ: alguma letra ou número não bate',
  phone_empty: 'Digite seu telefone com DDD. Exemplo: (11) 91234-5678',
  phone_characters: 'Digite o telefone só com números. Exemplo: (11) 91234-5678',
  phone_country: 'Digite um telefone do Brasil, com DDD. Exemplo: (11) 91234-5678',
  phone_area_code_missing: 'Inclua o DDD. Exemplo: (11) 91234-5678',
  phone_area_code_unknown: 'Confira o DDD: este não existe. Exemplo: (11) 91234-5678',
  phone_length: 'Confira o telefone. Depois do DDD, o celular tem 9 números e começa com 9; o fixo tem 8',
  changed_too_often: 'Estes dados já mudaram muitas vezes aqui e não podem mais mudar. Fale com a loja',
  agreeContract_not_ticked: 'Para assinar, marque que leu e aceita o contrato',
  agreeMethod_not_ticked: 'Para assinar, marque que concorda com a assinatura eletrônica',
} as const;

export type FieldErrorCode = keyof typeof ptBR;

const fieldErrors: PerLanguage<Record<FieldErrorCode, string>> = {
  'pt-BR': ptBR,
  en: {
    name_empty: 'Enter your full name',
    name_length: 'A name can have at most 200 letters. Enter a shorter form',
    name_characters: 'Enter the name with letters, spaces, hyphens and apostrophes only',
    email_empty: 'Enter your e-mail',
    email_format: 'Enter an e-mail like name@example.com',
    email_length: 'This e-mail is too long. Check it or use another one',
    identity_empty: 'Enter your CPF or CNPJ',
    identity_length: 'A CPF has 11 digits and a CNPJ 14 letters or digits. You entered {characterCount}',
    cpf_length: 'A CPF has 11 digits. You entered {digitCount}',
    cpf_check_digit: 'Check the CPF: one of the digits does not match',
    cnpj_length: 'A CNPJ has 14 letters or digits. You entered {characterCount}',
    cnpj_character: 'A CNPJ has letters and digits only, and its last two are digits',
    cnpj_check_digit: 'Check the CNPJ: one of the letters or digits does not match',
    phone_empty: 'Enter your phone with its area code. Example: (11) 91234-5678',
    phone_characters: 'Enter the phone with digits only. Example: (11) 91234-5678',
    phone_country: 'Enter a Brazilian phone with its area code. Example: (11) 91234-5678',
    phone_area_code_missing: 'Include the area code. Example: (11) 91234-5678',
    phone_area_code_unknown: 'Check the area code: this one does not exist. Example: (11) 91234-5678',
    phone_length: 'Check the phone. After the area code a mobile has 9 digits and starts with 9; a landline has 8',
    changed_too_often: 'These details have changed many times here and cannot change any more. Talk to the store',
    agreeContract_not_ticked: 'To sign, tick that you have read and accept the contract',
    agreeMethod_not_ticked: 'To sign, tick that you agree to sign electronically',
  },
  es: {
    name_empty: 'Escriba su nombre completo',
    name_length: 'El nombre puede tener 200 letras como máximo. Escriba una forma más corta',
    name_characters: 'Escriba el nombre solo con letras, espacios, guiones y apóstrofos',
    email_empty: 'Escriba su correo electrónico',
    email_format: 'Escriba un correo electrónico con el formato nombre@ejemplo.com',
    email_length: 'Este correo electrónico es demasiado largo. Revíselo o use otro',
    identity_empty: 'Escriba su CPF o CNPJ',
    identity_length: 'El CPF tiene 11 dígitos y el CNPJ tiene 14 letras o dígitos. Usted escribió {characterCount}',
    cpf_length: 'El CPF tiene 11 dígitos. Usted escribió {digitCount}',
    cpf_check_digit: 'Revise el CPF: uno de los dígitos no coincide',
    cnpj_length: 'El CNPJ tiene 14 letras o dígitos. Usted escribió {characterCount}',
    cnpj_character: 'El CNPJ solo tiene letras y dígitos, y los dos últimos son dígitos',
    cnpj_check_digit: 'Revise el CNPJ: una de las letras o uno de los dígitos no coincide',
    phone_empty: 'Escriba su teléfono con el código de área (DDD). Ejemplo: (11) 91234-5678',
    phone_characters: 'Escriba el teléfono solo con números. Ejemplo: (11) 91234-5678',
    phone_country: 'Escriba un teléfono de Brasil con el código de área (DDD). Ejemplo: (11) 91234-5678',
    phone_area_code_missing: 'Incluya el código de área (DDD). Ejemplo: (11) 91234-5678',
    phone_area_code_unknown: 'Revise el código de área (DDD): este no existe. Ejemplo: (11) 91234-5678',
    phone_length:
      'Revise el teléfono. Después del código de área, un celular tiene 9 dígitos y empieza con 9; uno fijo tiene 8',
    changed_too_often: 'Estos datos ya cambiaron muchas veces aquí y no pueden cambiar más. Hable con la tienda',
    agreeContract_not_ticked: 'Para firmar, marque que leyó y acepta el contrato',
    agreeMethod_not_ticked: 'Para firmar, marque que acepta firmar por medios electrónicos',
  },
  sv: {
    name_empty: 'Skriv ditt fullständiga namn',
    name_length: 'Namnet får ha högst 200 bokstäver. Skriv en kortare form',
    name_characters: 'Skriv namnet med bara bokstäver, mellanslag, bindestreck och apostrof',
    email_empty: 'Skriv din e-postadress',
    email_format: 'Skriv en e-postadress i formen namn@exempel.se',
    email_length: 'E-postadressen är för lång. Kontrollera den eller använd en annan',
    identity_empty: 'Skriv ditt CPF eller CNPJ',
    identity_length: 'Ett CPF har 11 siffror och ett CNPJ har 14 bokstäver eller siffror. Du skrev {characterCount}',
    cpf_length: 'Ett CPF har 11 siffror. Du skrev {digitCount}',
    cpf_check_digit: 'Kontrollera CPF: någon siffra stämmer inte',
    cnpj_length: 'Ett CNPJ har 14 bokstäver eller siffror. Du skrev {characterCount}',
    cnpj_character: 'Ett CNPJ har bara bokstäver och siffror, och de två sista är siffror',
    cnpj_check_digit: 'Kontrollera CNPJ: någon bokstav eller siffra stämmer inte',
    phone_empty: 'Skriv ditt telefonnummer med riktnummer. Exempel: (11) 91234-5678',
    phone_characters: 'Skriv telefonnumret med bara siffror. Exempel: (11) 91234-5678',
    phone_country: 'Skriv ett brasilianskt telefonnummer med riktnummer. Exempel: (11) 91234-5678',
    phone_area_code_missing: 'Ta med riktnumret. Exempel: (11) 91234-5678',
    phone_area_code_unknown: 'Kontrollera riktnumret: det finns inte. Exempel: (11) 91234-5678',
    phone_length:
      'Kontrollera telefonnumret. Efter riktnumret har ett mobilnummer 9 siffror och börjar med 9; ett fast nummer har 8',
    changed_too_often: 'Uppgifterna har ändrats många gånger här och kan inte ändras mer. Kontakta butiken',
    agreeContract_not_ticked: 'Kryssa i att du har läst och godkänner avtalet för att skriva under',
    agreeMethod_not_ticked: 'Kryssa i att du går med på att skriva under elektroniskt för att skriva under',
  },
};

export type FieldError = { code: string; details?: Readonly<Record<string, string | number>> };

/** The sentence for one wrong field. A code without one, as an older program may have kept, asks to check the field. */
export function fieldErrorText(language: CopyLanguage, { code, details = {} }: FieldError): string {
  return isFieldErrorCode(code) ? fill(fieldErrors[language][code], details) : unknownError[language];
}

/** The sentences themselves, counts still in braces, for the codes that a form can meet: the browser says the same as the server. */
export function fieldErrorTemplates(language: CopyLanguage, stems: readonly string[]): Record<string, string> {
  const isAsked = ([code]: [string, string]) => stems.some((stem) => code.startsWith(`${stem}_`));
  return Object.fromEntries(Object.entries(fieldErrors[language]).filter(isAsked));
}

const unknownError: PerLanguage<string> = {
  'pt-BR': 'Confira este campo',
  en: 'Check this field',
  es: 'Revise este campo',
  sv: 'Kontrollera fältet',
};

function isFieldErrorCode(code: string): code is FieldErrorCode {
  return Object.hasOwn(ptBR, code);
}
