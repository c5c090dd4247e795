import { describe, expect, test } from 'vitest';
import { createSessionBody } from './create-session.ts';
import { checked } from './field-refusals.ts';
import {
  builtGeolocations,
  builtVerifications,
  geolocations,
  interfaceLanguages,
  providers,
  verifications,
} from './session-terms.ts';

const contract = { title: 'Contrato', text: 'Texto.' };
const body = (changes: Record<string, unknown> = {}) => ({ orderId: 'o', debtKey: 'd', contract, ...changes });

/** `pointer code` of every refusal; empty when the body is taken. */
function refusals(changes: Record<string, unknown>): string[] {
  const result = checked(createSessionBody, body(changes));
  return result.ok ? [] : result.errors.map(({ pointer, code }) => `${pointer} ${code}`);
}

/** Every word that the schema knows, and those of them whose behaviour exists. */
const vocabularies = [
  { field: 'provider', words: providers, built: providers },
  { field: 'language', words: interfaceLanguages, built: interfaceLanguages },
  { field: 'verification', words: verifications, built: builtVerifications },
  { field: 'geolocation', words: geolocations, built: builtGeolocations },
] as const;

describe.each(vocabularies)('$field', ({ field, words, built }) => {
  test.each(words)('%s is taken when it is built, and refused as not available when it is not', (word) => {
    const isBuilt = (built as readonly string[]).includes(word);
    expect(refusals({ [field]: word })).toEqual(isBuilt ? [] : [`/${field} not_available`]);
  });

  test.each(['', 'PT-BR', 'unknown', 1, null, ['none']])('%j is no value of it', (value) => {
    expect(refusals({ [field]: value })).toHaveLength(1);
  });
});

describe('the create body', () => {
  test('takes the least and fills in what is usual', () => {
    const result = checked(createSessionBody, body());
    expect(result.ok && result.value).toMatchObject({ provider: 'opt-in', verification: 'none', geolocation: 'off' });
  });

  test('asks for what is missing, by name', () => {
    const result = checked(createSessionBody, {});
    expect(!result.ok && result.errors).toEqual(
      ['/orderId', '/debtKey', '/contract'].map((pointer) => ({ pointer, code: 'required' })),
    );
  });

  test.each([null, [], 'text', 1, true])('is an object, not %j', (value) => {
    expect(checked(createSessionBody, value)).toMatchObject({ ok: false, errors: [{ pointer: '' }] });
  });

  test.each<[Record<string, unknown>, string]>([
    [{ orderId: 'é'.repeat(129) }, '/orderId too_long'],
    [{ orderId: 'a\tb' }, '/orderId string_control_character'],
    [{ orderId: 'a\u0000' }, '/orderId string_nul'],
    [{ orderId: '\udc00' }, '/orderId string_lone_surrogate'],
    [{ orderId: 7 }, '/orderId wrong_type'],
    [{ orderId: null }, '/orderId null_not_allowed'],
    [{ debtKey: '' }, '/debtKey wrong_format'],
    [{ debtKey: 'a b' }, '/debtKey wrong_format'],
    [{ debtKey: 'a'.repeat(65) }, '/debtKey wrong_format'],
    [{ contract: { ...contract, text: '' } }, '/contract/text contract_text_empty'],
    [{ contract: { ...contract, text: 'a\rb' } }, '/contract/text contract_text_lone_carriage_return'],
    [{ contract: { ...contract, sha256: 'abc' } }, '/contract/sha256 wrong_format'],
    [{ contract: { ...contract, language: 'português' } }, '/contract/language wrong_format'],
    [{ contract: { ...contract, 'a/b': 1 } }, '/contract/a~1b unknown_field'],
    [{ summary: Array.from({ length: 21 }, () => ({ label: 'l', value: 'v' })) }, '/summary too_many'],
    [{ summary: [{ label: 'l', value: '' }] }, '/summary/0/value empty'],
    [{ signerDetails: { identity: '111.111.111-11' } }, '/signerDetails/identity cpf_check_digit'],
    [{ signerDetails: { identity: '123' } }, '/signerDetails/identity cpf_length'],
    [{ signerDetails: { phone: '11912345678' } }, '/signerDetails/phone phone_not_e164'],
    [{ signerDetails: { phone: '+14155550100' } }, '/signerDetails/phone phone_country'],
    [{ signerDetails: { phone: '+5520912345678' } }, '/signerDetails/phone phone_area_code_unknown'],
    [{ signerDetails: { email: 'maria' } }, '/signerDetails/email email_format'],
    [{ signerDetails: { name: '  ' } }, '/signerDetails/name name_empty'],
    [{ signerDetails: { name: 'Maria\rSilva' } }, '/signerDetails/name string_control_character'],
    [{ expiresAt: '2027-02-30T00:00:00Z' }, '/expiresAt wrong_format'],
    [{ expiresAt: '2027-02-20T00:00:00' }, '/expiresAt wrong_format'],
    [{ expiresAt: 1_800_000_000 }, '/expiresAt wrong_type'],
    [{ finalDueDate: '2027-13-01' }, '/finalDueDate wrong_format'],
    [{ metadata: { a: 1 } }, '/metadata/a wrong_type'],
    [{ metadata: { a: { b: 'c' } } }, '/metadata/a wrong_type'],
    [{ metadata: { a: 'x'.repeat(501) } }, '/metadata/a too_long'],
    [{ metadata: { ['n'.repeat(41)]: 'x' } }, `/metadata/${'n'.repeat(41)} name_not_allowed`],
    [{ metadata: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`n${i}`, ''])) }, '/metadata too_many'],
    [{ returnURL: 'https://loja.example' }, '/returnURL unknown_field'],
  ])('refuses %j', (changes, refusal) => {
    expect(refusals(changes)).toEqual([refusal]);
  });

  test.each<Record<string, unknown>>([
    { orderId: '😀'.repeat(128) },
    { debtKey: 'Ab_-9'.repeat(12) },
    { contract: { ...contract, text: '\nlinha\r\n\tfim \n', language: 'sv-SE', version: 'v1' } },
    { summary: [] },
    { signerDetails: {} },
    {
      signerDetails: {
        identity: '12.abc.345/01de-35',
        phone: '+551133334444',
        name: "Ana D'Ávila",
        email: 'A@B.com.br',
      },
    },
    { expiresAt: '2027-01-01T00:00:00-03:00', signingDeadline: '2027-01-01T00:00:00.5Z', finalDueDate: '2028-02-29' },
    { metadata: { constructor: 'x', nota: 'linha 1\nlinha 2', vazio: '' } },
  ])('takes %j', (changes) => {
    expect(refusals(changes)).toEqual([]);
  });

  test('hands on canonical values', () => {
    const signerDetails = { identity: '529.982.247-25', email: 'Maria@EXEMPLO.com', phone: '+5511912345678' };
    const result = checked(
      createSessionBody,
      body({ signerDetails, contract: { ...contract, sha256: 'AB'.repeat(32) } }),
    );
    expect(result.ok && result.value).toMatchObject({
      signerDetails: { identity: '52998224725', email: 'Maria@exemplo.com', phone: '+5511912345678' },
      contract: { sha256: 'ab'.repeat(32), text: 'Texto.' },
    });
  });

  test('names the first two hundred faults of a body that is made of faults', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => [`n${index}`, 0]);
    expect(refusals(Object.fromEntries(names))).toHaveLength(200);
    expect(refusals({ metadata: Object.fromEntries(names) })).toHaveLength(200);
  });

  test('repeats in no refusal what it refused', () => {
    const secret = '529.982.247-24';
    const result = checked(createSessionBody, body({ signerDetails: { identity: secret }, verification: secret }));
    expect(JSON.stringify(result)).not.toContain(secret);
  });
});
