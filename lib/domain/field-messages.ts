import type { RefusedKind } from './refused-characters.ts';
import type { ReturnAddressRefusal } from './return-address.ts';
import { webhookAddressMessages } from './webhook-address-messages.ts';

/** The languages in which the API speaks to a person. */
export const apiLanguages = ['pt-BR', 'en'] as const;
export type ApiLanguage = (typeof apiLanguages)[number];
export type Bilingual = Record<ApiLanguage, string>;

export type RefusalDetails = Record<string, string | number>;

/** `contract_text_` and the kind of character, or `contract_text_empty`. */
export type ContractTextCode = `contract_text_${RefusedKind | 'empty'}`;
export type FieldCode = keyof typeof fieldMessages;

/** The sentence for one wrong field, with its numbers put in. An unknown name in the template is a bug of the table. */
export function fieldMessage(code: FieldCode, language: ApiLanguage, details: RefusalDetails = {}): string {
  return fieldMessages[code][language].replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '?'));
}

/** True for a code that has a message; a use case's code is checked by the tests against the same table. */
export function isFieldCode(code: string): code is FieldCode {
  return Object.hasOwn(fieldMessages, code);
}

const shape = {
  required: { 'pt-BR': 'Este campo é obrigatório.', en: 'This field is required.' },
  unknown_field: { 'pt-BR': 'Este campo não existe. Confira o nome.', en: 'There is no such field. Check its name.' },
  wrong_type: { 'pt-BR': 'O tipo deve ser {expected}.', en: 'The type must be {expected}.' },
  null_not_allowed: {
    'pt-BR': 'null não é um valor. Deixe o campo de fora.',
    en: 'null is not a value. Leave the field out.',
  },
  not_one_of: { 'pt-BR': 'Valores possíveis: {allowed}.', en: 'Possible values: {allowed}.' },
  not_available: {
    'pt-BR': 'Este valor ainda não está disponível. Disponíveis: {available}.',
    en: 'This value is not available yet. Available: {available}.',
  },
  wrong_format: { 'pt-BR': 'O formato não é o documentado.', en: 'The format is not the documented one.' },
  wrong_value: { 'pt-BR': 'O valor não é aceito.', en: 'The value is not accepted.' },
  given_twice: { 'pt-BR': 'Informe este parâmetro uma só vez.', en: 'Give this parameter only once.' },
  name_not_allowed: {
    'pt-BR': 'Este nome não é aceito: use de 1 a 40 caracteres, sem caracteres de controle.',
    en: 'This name is not accepted: use 1 to 40 characters, without control characters.',
  },
  too_many: { 'pt-BR': 'No máximo {max} itens.', en: 'At most {max} items.' },
  too_few: { 'pt-BR': 'No mínimo {min} itens.', en: 'At least {min} items.' },
  number_too_big: { 'pt-BR': 'No máximo {max}.', en: 'At most {max}.' },
  number_too_small: { 'pt-BR': 'No mínimo {min}.', en: 'At least {min}.' },
  empty: { 'pt-BR': 'O texto está vazio.', en: 'The text is empty.' },
  too_short: { 'pt-BR': 'No mínimo {min} caracteres.', en: 'At least {min} characters.' },
  too_long: { 'pt-BR': 'No máximo {max} caracteres.', en: 'At most {max} characters.' },
  duplicate_name: {
    'pt-BR': 'Este nome aparece duas vezes no mesmo objeto.',
    en: 'This name stands twice in the same object.',
  },
  too_deep: { 'pt-BR': 'Mais de {max} níveis.', en: 'More than {max} levels.' },
  cursor_invalid: {
    'pt-BR': 'Este cursor não é desta lista. Recomece sem cursor.',
    en: 'This cursor is not of this list. Start again without one.',
  },
} as const satisfies Record<string, Bilingual>;

const strings = {
  string_lone_surrogate: {
    'pt-BR': 'O texto tem meio caractere ({codePoint}): gere o JSON de novo a partir do texto original.',
    en: 'The text holds half a character ({codePoint}): make the JSON again from the original text.',
  },
  string_nul: { 'pt-BR': 'O texto contém NUL (U+0000). Remova-o.', en: 'The text holds NUL (U+0000). Remove it.' },
  string_control_character: {
    'pt-BR': 'O texto contém um caractere de controle ({codePoint}). Remova-o.',
    en: 'The text holds a control character ({codePoint}). Remove it.',
  },
} as const satisfies Record<string, Bilingual>;

const signer = {
  identity_length: {
    'pt-BR': 'Um CPF tem 11 dígitos e um CNPJ tem 14 caracteres; vieram {characterCount}.',
    en: 'A CPF has 11 digits and a CNPJ 14 characters; {characterCount} came.',
  },
  cpf_length: { 'pt-BR': 'Um CPF tem 11 dígitos; vieram {digitCount}.', en: 'A CPF has 11 digits; {digitCount} came.' },
  cpf_check_digit: {
    'pt-BR': 'Não é um CPF válido: os dígitos verificadores não batem.',
    en: 'Not a valid CPF: the check digits do not match.',
  },
  cnpj_length: {
    'pt-BR': 'Um CNPJ tem 14 caracteres; vieram {characterCount}.',
    en: 'A CNPJ has 14 characters; {characterCount} came.',
  },
  cnpj_character: {
    'pt-BR': 'Um CNPJ tem letras e dígitos nas 12 primeiras posições e dígitos nas duas últimas.',
    en: 'A CNPJ has letters and digits in its first 12 places and digits in the last two.',
  },
  cnpj_check_digit: {
    'pt-BR': 'Não é um CNPJ válido: os dígitos verificadores não batem.',
    en: 'Not a valid CNPJ: the check digits do not match.',
  },
  phone_not_e164: {
    'pt-BR': 'Informe o telefone em E.164, por exemplo +5511912345678.',
    en: 'Give the phone in E.164, for example +5511912345678.',
  },
  phone_characters: { 'pt-BR': 'O telefone só tem dígitos.', en: 'A phone number has digits only.' },
  phone_country: { 'pt-BR': 'Só telefones do Brasil (+55).', en: 'Brazilian phones only (+55).' },
  phone_area_code_missing: { 'pt-BR': 'Falta o DDD.', en: 'The area code (DDD) is missing.' },
  phone_area_code_unknown: { 'pt-BR': 'Este DDD não existe.', en: 'There is no such area code (DDD).' },
  phone_length: {
    'pt-BR': 'Depois do DDD, um celular tem 9 dígitos e começa com 9; um fixo tem 8.',
    en: 'After the area code a mobile has 9 digits from 9 on; a landline has 8.',
  },
  email_format: { 'pt-BR': 'Não é um endereço de e-mail.', en: 'Not an e-mail address.' },
  email_length: { 'pt-BR': 'O endereço de e-mail é longo demais.', en: 'The e-mail address is too long.' },
  name_empty: { 'pt-BR': 'O nome está vazio.', en: 'The name is empty.' },
  name_length: { 'pt-BR': 'O nome tem no máximo 200 caracteres.', en: 'A name has at most 200 characters.' },
  name_characters: {
    'pt-BR': 'O nome tem caracteres que ninguém vê, ou nenhuma letra.',
    en: 'The name holds characters that nobody sees, or no letter.',
  },
} as const satisfies Record<string, Bilingual>;

const times = {
  too_soon: {
    'pt-BR': 'Deve estar ao menos {minutes} minutos à frente.',
    en: 'Must be at least {minutes} minutes ahead.',
  },
  too_late: { 'pt-BR': 'Deve estar no máximo {days} dias à frente.', en: 'Must be at most {days} days ahead.' },
} as const satisfies Record<string, Bilingual>;

const addresses = {
  return_url_not_address: {
    'pt-BR': 'Não é um endereço absoluto, por exemplo https://loja.example/volta.',
    en: 'Not an absolute address, for example https://shop.example/back.',
  },
  return_url_scheme: {
    'pt-BR': 'O endereço deve ser https (http só para o próprio computador, no sandbox).',
    en: 'The address must be https (http only to the same machine, in the sandbox).',
  },
  return_url_userinfo: {
    'pt-BR': 'O endereço não pode trazer usuário nem senha.',
    en: 'The address must not hold a user or a password.',
  },
  return_url_origin: {
    'pt-BR': 'A origem deste endereço não está entre as permitidas para a chave.',
    en: 'The origin of this address is not among those that the key allows.',
  },
} as const satisfies Record<ReturnAddressRefusal, Bilingual>;

/** One sentence for all: what differs is the name of the character, which the answer carries beside it. */
function refusedCharacter(pt: string, en: string): Bilingual {
  return {
    'pt-BR': `${pt} ({codePoint}), linha {line}, coluna {column}.`,
    en: `${en} ({codePoint}), line {line}, column {column}.`,
  };
}

const contractText = {
  contract_text_empty: { 'pt-BR': 'O texto do contrato está vazio.', en: 'The contract text is empty.' },
  contract_text_too_large: {
    'pt-BR': 'O texto do contrato tem no máximo 1 MiB em UTF-8; vieram {bytes} bytes.',
    en: 'The contract text is at most 1 MiB of UTF-8; {bytes} bytes came.',
  },
  contract_hash_mismatch: {
    'pt-BR': 'O SHA-256 do texto recebido é {actual}.',
    en: 'The SHA-256 of the text that came is {actual}.',
  },
  contract_text_nul: refusedCharacter('O texto contém NUL', 'The text holds NUL'),
  contract_text_control: refusedCharacter(
    'O texto contém um caractere de controle',
    'The text holds a control character',
  ),
  contract_text_lone_carriage_return: refusedCharacter(
    'Retorno de carro sem quebra de linha: o navegador mostraria um espaço',
    'A carriage return without a line feed: browsers would show a space',
  ),
  contract_text_lone_surrogate: refusedCharacter('Meio caractere, sem o seu par', 'Half a character, without its pair'),
  contract_text_byte_order_mark: refusedCharacter('Marca de ordem de bytes', 'A byte order mark'),
  contract_text_bidi_control: refusedCharacter(
    'Controle de direção de escrita: o texto visto não seria o texto guardado',
    'A text direction control: what is seen would not be what is kept',
  ),
  contract_text_zero_width_space: refusedCharacter('Espaço invisível', 'An invisible space'),
  contract_text_soft_hyphen: refusedCharacter('Hífen invisível', 'A soft hyphen'),
  contract_text_word_joiner: refusedCharacter('Juntor de palavras invisível', 'A word joiner'),
  contract_text_tag_character: refusedCharacter('Caractere de etiqueta, invisível', 'A tag character, invisible'),
  contract_text_noncharacter: refusedCharacter('Código que não é um caractere', 'A code that is no character'),
  contract_text_invisible: refusedCharacter('Caractere que ninguém vê', 'A character that nobody sees'),
  contract_text_misplaced_joiner: refusedCharacter('Juntor fora de lugar', 'A joiner out of place'),
  contract_text_misplaced_variation_selector: refusedCharacter(
    'Seletor de variação fora de lugar',
    'A variation selector out of place',
  ),
  contract_text_stacked_marks: refusedCharacter('Acentos demais sobre uma letra', 'Too many marks on one letter'),
} as const satisfies Record<ContractTextCode | 'contract_text_too_large' | 'contract_hash_mismatch', Bilingual>;

const fieldMessages = {
  ...shape,
  ...strings,
  ...signer,
  ...times,
  ...addresses,
  ...webhookAddressMessages,
  ...contractText,
};
