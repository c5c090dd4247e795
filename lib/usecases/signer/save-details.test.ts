import { afterAll, beforeAll, expect, test } from 'vitest';
import { detailsVersionsMax } from '#lib/domain/signer-detail.ts';
import { atReview, createdSession, fullForm, openedBy } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readDossier } from '../merchant/read-dossier.ts';
import { readEvidence } from '../merchant/read-evidence.ts';
import { acceptContract } from './accept-contract.ts';
import { beginSigning } from './begin-signing.ts';
import { readJourney } from './read-journey.ts';
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

test('details that are changed on and on stop changing, say why, and leave a session that can be signed and proved', async () => {
  const session = await createdSession(portal);
  const signer = await openedBy(portal.ctx, session.token);
  await beginSigning(portal.ctx, signer);
  const typed = (n: number) => ({ email: `pessoa${n}@exemplo.com.br`, phone: '(11) 91234-5678' });
  for (let n = 2; n <= detailsVersionsMax; n += 1)
    expect(await saveDetails(portal.ctx, signer, typed(n))).toEqual({ kind: 'go', page: 'review' });
  expect(await saveDetails(portal.ctx, signer, typed(0))).toEqual({ kind: 'go', page: 'details' });
  const shown = await readJourney(portal.ctx, signer, 'details');
  const errors = shown.kind === 'open' ? shown.view.details.map(({ field, error }) => [field, error?.code]) : [];
  expect(Object.fromEntries(errors)).toEqual({ email: 'changed_too_often' });
  // What stands may be confirmed.
  expect(await saveDetails(portal.ctx, signer, typed(detailsVersionsMax))).toEqual({ kind: 'go', page: 'review' });
  expect(await acceptContract(portal.ctx, signer, fullForm(await atReview(portal.ctx, signer)))).toMatchObject({
    page: 'receipt',
  });
  expect(await readDossier(portal.ctx, portal.merchant, session.signingSessionId)).toMatchObject({ ok: true });
});
