import { afterAll, beforeAll, expect, test } from 'vitest';
import { createdSession, openedBy } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readEvidence } from '../merchant/read-evidence.ts';
import { beginSigning } from './begin-signing.ts';
import { saveDetails } from './save-details.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

test('what was really typed is kept, but no more of it than any detail has', async () => {
  const session = await createdSession(portal, { signerDetails: {} });
  const signer = await openedBy(portal.ctx, session.token);
  await beginSigning(portal.ctx, signer);
  const typed = {
    name: ' José   da Silva ',
    email: 'jose@exemplo.com.br',
    identity: '529.982.247-25',
    phone: `(11)${' '.repeat(50_000)}91234-5678`,
  };
  expect(await saveDetails(portal.ctx, signer, typed)).toEqual({ kind: 'go', page: 'review' });
  const read = await readEvidence(portal.ctx, portal.merchant, session.signingSessionId);
  if (!read.ok) throw new Error(read.code);
  const { name, phone } = read.evidence.signer;
  expect(name).toMatchObject({ value: { value: 'José da Silva', typed: typed.name } });
  expect(phone).toMatchObject({ value: { value: '+5511912345678', typed: typed.phone.slice(0, 500) } });
});
