import { fieldErrorText } from '#lib/copy/field-errors.ts';
import { expect, test } from './people.ts';
import { type Details, maria, mariaOnFile, Signer } from './signer.ts';

type Wrong = { typed: Details; codes: Partial<Record<keyof Details, string>>; details?: Record<string, number> };

/** What people type, and what is said. Each leaves everything else as it was typed. */
const wrongs: Record<string, Wrong> = {
  'nothing at all': {
    typed: { name: '', email: '', identity: '', phone: '' },
    codes: { name: 'name_empty', email: 'email_empty', identity: 'identity_empty', phone: 'phone_empty' },
  },
  'a CPF with a slip of the finger': { typed: { identity: '529.982.247-26' }, codes: { identity: 'cpf_check_digit' } },
  'a CPF with a digit missing': {
    typed: { identity: '529.982.247-2' },
    codes: { identity: 'cpf_length' },
    details: { digitCount: 10 },
  },
  'a CNPJ with letters that does not match': {
    typed: { identity: '12.ABC.345/01DE-36' },
    codes: { identity: 'cnpj_check_digit' },
  },
  'a phone without its area code': { typed: { phone: '91234-5678' }, codes: { phone: 'phone_area_code_missing' } },
  'a phone with an area code that does not exist': {
    typed: { phone: '(20) 91234-5678' },
    codes: { phone: 'phone_area_code_unknown' },
  },
  'a phone of another country': { typed: { phone: '+1 212 555 0100' }, codes: { phone: 'phone_country' } },
  'an e-mail without its second half': { typed: { email: 'maria@' }, codes: { email: 'email_format' } },
  'a name without a letter': { typed: { name: '123' }, codes: { name: 'name_characters' } },
};

for (const language of ['pt-BR', 'en'] as const) {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`in ${language}, scripts ${javaScriptEnabled ? 'on' : 'off'}`, () => {
      test.use({ javaScriptEnabled, locale: language });

      test('every wrong detail is named, with the way out, and nothing typed is lost', async ({ merchant, page }) => {
        const signer = new Signer(page, language);
        const session = await merchant.createsSession({ language });
        await signer.reaches('details', session);
        for (const [name, { typed, codes, details }] of Object.entries(wrongs)) {
          await test.step(name, async () => {
            const form = { ...maria, ...typed };
            await signer.types(form);
            await signer.continues();
            await signer.isTold(
              Object.fromEntries(
                Object.entries(codes).map(([field, code]) => [
                  field,
                  fieldErrorText(language, { code, ...(details && { details }) }),
                ]),
              ),
            );
            for (const [field, value] of Object.entries(form)) {
              await expect(signer.field(field as keyof typeof maria)).toHaveValue(value);
            }
          });
        }
        await signer.givesDetails();
        await signer.isOn('review');
      });

      test('signing with a box left empty says which one, and no box is ever ticked by the portal', async ({
        merchant,
        page,
      }) => {
        const signer = new Signer(page, language);
        const session = await merchant.createsSession({ language, signerDetails: mariaOnFile });
        await signer.reaches('review', session);
        const tick = () => signer.boxes().first().check();
        await (javaScriptEnabled ? signer.touchesForm(tick) : tick());
        await signer.signs();
        await signer.isTold({ agreeMethod: fieldErrorText(language, { code: 'agreeMethod_not_ticked' }) });
        // Without scripts the page is a new one, and a new page never comes with a tick.
        await expect(signer.boxes().first()).toBeChecked({ checked: javaScriptEnabled });
        expect(await merchant.reads(session.signingSessionId)).toMatchObject({ status: 'IN_PROGRESS' });
        await signer.agrees();
        await signer.signs();
        await page.waitForURL(/\/receipt$/);
      });
    });
  }
}

const waysToType: Record<keyof Details, string[]> = {
  phone: [
    '(11) 91234-5678',
    '11912345678',
    '11 9 1234 5678',
    '011 91234-5678',
    '+55 11 91234-5678',
    '55 (11) 91234.5678',
    '0055 11 91234 5678',
    '(11) 3123-4567',
  ],
  identity: ['529.982.247-25', '52998224725', '529 982 247 25', '12.ABC.345/01DE-35', '12abc34501de35'],
  name: ["Maria d'Ávila", 'José-Luís Ñandú', '  Maria   Exemplo '],
  email: ['maria@exemplo.com.br', 'MARIA@EXEMPLO.COM.BR', ' maria+loja@exemplo.com.br '],
};

for (const [field, ways] of Object.entries(waysToType)) {
  test(`every usual way of typing the ${field} is understood`, async ({ merchant, signer, page }) => {
    const session = await merchant.createsSession();
    await signer.reaches('details', session);
    for (const way of ways) {
      await test.step(way, async () => {
        await page.goto(`/sign/${session.signingSessionId}/details`);
        await signer.givesDetails({ ...maria, [field]: way });
        await signer.isOn('review');
      });
    }
  });
}
