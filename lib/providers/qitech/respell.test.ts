import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BodyForm, bodyForms } from '#lib/domain/body-form.ts';
import type { LenderAcceptance } from '#lib/providers/lender.ts';
import { contractTextOf, encodeOptIn } from './body.ts';
import { formOf, respell } from './respell.ts';
import { wallTimeIn } from './wall-time.ts';

const acceptance: LenderAcceptance = {
  signingSessionId: '3f1d2c4b-5a69-4788-9a0b-1c2d3e4f5a6b',
  debtKey: 'debt-1',
  contractText: 'Cédula nº 1, em 2026-01-01 02:30:59, data_signature, 055\n',
  acceptedAt: new Date('2026-01-31T02:30:59.999Z'),
  clientIp: '2001:db8::1',
  signer: { name: '055 data_signature', email: 'ana@example.com', document: '111.444.777-35', phone: '+5555987654321' },
};
const encoded = (contractText = acceptance.contractText, signatureType: BodyForm['type'] = 'data_signature') =>
  encodeOptIn({ ...acceptance, contractText }, { signatureType, wallTime: wallTimeIn('UTC') });
const forms = bodyForms.type.flatMap((type) =>
  bodyForms.timestamp.flatMap((timestamp) =>
    bodyForms.countryCode.map((countryCode) => ({ type, timestamp, countryCode })),
  ),
);

describe.each(forms)('as $type, $timestamp, $countryCode', (form) => {
  test('the body has that form, and nothing of it is another but the form', () => {
    const body = JSON.parse(Buffer.from(encoded()).toString());
    const respelled = respell(encoded(), form);
    expect(formOf(respelled)).toEqual(form);
    body.type = form.type;
    const [signature] = body.signatures;
    signature.authenticity.timestamp = form.timestamp.startsWith('Y') ? '2026-01-31 02:30:59' : '31-01-2026 02:30:59';
    signature.signer.phone.country_code = form.countryCode;
    expect(Buffer.from(respelled).toString()).toBe(JSON.stringify(body));
  });

  test('the way back gives the very bytes, whatever the contract says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const first = encoded(text);
        const respelled = respell(first, form);
        expect(contractTextOf(respelled)).toBe(text);
        expect(respell(respelled, formOf(first))).toEqual(Buffer.from(first));
      }),
      { numRuns: 25 },
    );
  });
});

test('a body that was made with the other spelling of the type has that form', () => {
  expect(formOf(encoded(undefined, 'data-signature'))).toEqual({ ...forms[0], type: 'data-signature' });
});

test.each([
  ['nothing', ''],
  ['no object', '[]'],
  ['no signature', '{"type":"data_signature","signatures":[]}'],
  ['another type', Buffer.from(encoded()).toString().replace('data_signature', 'pdf-signature')],
  ['a time that nobody spells so', Buffer.from(encoded()).toString().replace('2026-01-31 02', '2026-01-31T02')],
  ['another country', Buffer.from(encoded()).toString().replace('"055"', '"351"')],
])('%s is no body of ours', (_what, text) => {
  expect(() => formOf(Buffer.from(text))).toThrow();
  expect(() => respell(Buffer.from(text), formOf(encoded()))).toThrow();
});

test('bytes that would not come back are not spelled otherwise', () => {
  const spaced = JSON.stringify(JSON.parse(Buffer.from(encoded()).toString()), null, 1);
  expect(() => respell(Buffer.from(spaced), formOf(encoded()))).toThrow(/come back/);
});
