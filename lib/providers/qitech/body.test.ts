import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LenderAcceptance } from '#lib/providers/lender.ts';
import { contractTextOf, encodeOptIn } from './body.ts';
import { wallTimeIn } from './wall-time.ts';

const acceptance: LenderAcceptance = {
  signingSessionId: '3f1d2c4b-5a69-4788-9a0b-1c2d3e4f5a6b',
  debtKey: 'debt-1',
  contractText: 'Cédula nº 1\n',
  acceptedAt: new Date('2026-01-01T02:30:59.999Z'),
  clientIp: '2001:db8::1',
  signer: { name: 'Ana Souza', email: 'ana@example.com', document: '111.444.777-35', phone: '+5511987654321' },
};
const utc = { signatureType: 'data_signature', wallTime: wallTimeIn('UTC') } as const;

test('the body has the documented shape and nothing else', () => {
  expect(parsed(encodeOptIn(acceptance, utc))).toEqual({
    type: 'data_signature',
    signatures: [
      {
        signed_object: { raw_text: 'Cédula nº 1\n' },
        authenticity: {
          timestamp: '2026-01-01 02:30:59',
          ip_address: '2001:db8::1',
          session_id: '3f1d2c4b-5a69-4788-9a0b-1c2d3e4f5a6b',
        },
        signer: {
          name: 'Ana Souza',
          email: 'ana@example.com',
          phone: { country_code: '055', area_code: '11', number: '987654321' },
          document_number: '11144477735',
        },
        authentication_type: 'opt-in',
      },
    ],
  });
});

test('the same acceptance gives the same bytes', () => {
  expect(encodeOptIn(structuredClone(acceptance), utc)).toEqual(encodeOptIn(acceptance, utc));
});

test('the zone moves the wall time, over the year if it must', () => {
  const zoned = { ...utc, wallTime: wallTimeIn('America/Sao_Paulo') };
  expect(parsed(encodeOptIn(acceptance, zoned))).toMatchObject({
    signatures: [{ authenticity: { timestamp: '2025-12-31 23:30:59' } }],
  });
  expect(wallTimeIn('UTC')(new Date('2026-06-01T00:00:00Z'))).toBe('2026-06-01 00:00:00');
  expect(() => wallTimeIn('America/Nowhere')).toThrow(RangeError);
});

test('the other spelling of the type is a switch', () => {
  expect(parsed(encodeOptIn(acceptance, { ...utc, signatureType: 'data-signature' }))).toMatchObject({
    type: 'data-signature',
  });
});

describe('the contract text comes back exactly', () => {
  test.each([
    '',
    '\nleading',
    'trailing \t ',
    'a\r\nb',
    'e\u0301 é',
    '😀',
    '</script>',
    '"\\u0041"',
    '\u2028\u2029',
    '\uFEFFx',
  ])('for %j', (contractText) => {
    expect(contractTextOf(encodeOptIn({ ...acceptance, contractText }, utc))).toBe(contractText);
  });

  test('for any well-formed text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (contractText) => {
        expect(contractTextOf(encodeOptIn({ ...acceptance, contractText }, utc))).toBe(contractText);
      }),
    );
  });
});

test('eight digits are a landline, and every other phone is a bug that never reaches the lender', () => {
  const withPhone = (phone: string) => encodeOptIn({ ...acceptance, signer: { ...acceptance.signer, phone } }, utc);
  expect(parsed(withPhone('+551133334444'))).toMatchObject({
    signatures: [{ signer: { phone: { number: '33334444' } } }],
  });
  for (const phone of ['+55119876543210', '+55113333444', '11987654321', '+351912345678']) {
    expect(() => withPhone(phone), phone).toThrow(/phone/);
  }
});

test('a lone surrogate and foreign bytes are bugs, not bodies', () => {
  expect(() => encodeOptIn({ ...acceptance, contractText: 'a\uD800' }, utc)).toThrow(/lone surrogate/);
  for (const bytes of ['{}', '[]', 'null', '{"signatures":[{}]}', 'x']) {
    expect(() => contractTextOf(Buffer.from(bytes))).toThrow();
  }
});

function parsed(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString('utf8'));
}
