import { expect, test } from 'vitest';
import { checkOptIn } from './opt-in-check.ts';

test('the documented body is in order, in either spelling of its type', () => {
  for (const type of ['data_signature', 'data-signature'])
    expect(checkOptIn(changed(['type'], type))).toMatchObject({ ok: true });
  expect(checkOptIn(changed(['signatures', '0', 'signer', 'document_number'], '12ABC34501DE35'))).toMatchObject({
    ok: true,
  });
  expect(checkOptIn(changed(['signatures', '0', 'authenticity', 'geolocation'], { latitude: 1 }))).toMatchObject({
    ok: true,
  });
  expect(checkOptIn(changed(['signatures', '0', 'authenticity', 'ip_address'], '2001:db8::1'))).toMatchObject({
    ok: true,
  });
});

const inSignature = (path: string) => ['signatures', '0', ...path.split('.')];

test.each([
  [['type'], 'pdf-signature'],
  [['signatures'], []],
  [['surprise'], 1],
  [inSignature('authentication_type'), 'zip'],
  [inSignature('signed_object.raw_text'), ''],
  [inSignature('signed_object.raw_text'), 1],
  [inSignature('signed_object.document_key'), 'x'],
  [inSignature('authenticity.timestamp'), '2026-01-01T00:00:00Z'],
  [inSignature('authenticity.timestamp'), '01-02-2026 00:00:00'],
  [inSignature('authenticity.timestamp'), '2026-02-30 00:00:00'],
  [inSignature('authenticity.ip_address'), 'localhost'],
  [inSignature('authenticity.ip_address'), undefined],
  [inSignature('authenticity.session_id'), 'session-1'],
  [inSignature('signer.name'), ' '],
  [inSignature('signer.email'), 'ana'],
  [inSignature('signer.phone'), '+5511987654321'],
  [inSignature('signer.phone.country_code'), '55'],
  [inSignature('signer.phone.area_code'), '011'],
  [inSignature('signer.phone.number'), '98765-4321'],
  [inSignature('signer.document_number'), '111.444.777-35'],
  [inSignature('signer.document_number'), '11144477734'],
  [inSignature('signer.document_number'), '12ABC34501DE36'],
])('%j as %j is refused, and the refusal names the place', (path, value) => {
  const check = checkOptIn(changed(path, value));
  expect(check.ok).toBe(false);
  const named = check.ok ? '' : Object.entries(check.faults).flat().join(' ');
  expect(named).toContain(path.at(-1));
});

test('no JSON object at all is refused', () => {
  for (const value of [undefined, null, [], 'x', 1]) expect(checkOptIn(value)).toMatchObject({ ok: false });
});

/** A body in order, with one place changed. */
function changed(path: string[], value: unknown): unknown {
  const body = {
    type: 'data_signature',
    signatures: [
      {
        signed_object: { raw_text: 'Contrato' },
        authenticity: {
          timestamp: '2026-01-01 00:00:01',
          ip_address: '192.0.2.1',
          session_id: 'ddb1d063-4fdf-4330-af9c-3316e9142ff3',
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
  };
  const holder = path.slice(0, -1).reduce<object>((at, name) => Reflect.get(at, name), body);
  Reflect.set(holder, path.at(-1) ?? '', value);
  return JSON.parse(JSON.stringify(body));
}
