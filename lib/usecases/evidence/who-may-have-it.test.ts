import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StaffRole } from '#lib/domain/roles.ts';
import { acceptedSession, createdSession, deliverToRest, openedBy } from '#lib/testing/journey.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { unzipped } from '#lib/testing/unzipped.ts';
import { readEvidence } from '../merchant/read-evidence.ts';
import { readOwnDossier } from '../signer/read-own-dossier.ts';
import { downloadDossier } from '../staff/download-dossier.ts';
import { placeHold } from '../staff/hold-session.ts';
import { readStaffSession } from '../staff/read-session.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
  await portal.asOwner(
    `INSERT INTO staff_user (id, name, email, "createdAt", "updatedAt") VALUES ('u1', 'Ana', 'ana@example.com', aceite_now(), aceite_now())`,
  );
});
afterAll(() => portal.end());

const staff = (role: StaffRole, workspaceId = portal.merchant.workspaceId) => ({
  userId: 'u1',
  workspaceId,
  role,
  request: requestFrom(),
});

const accesses = (sessionId: string) =>
  portal.asOwner<{ what: string; reason_sealed: Buffer }>(
    `SELECT what, reason_sealed FROM staff_accesses WHERE session_id = $1 AND what = 'dossier'`,
    [sessionId],
  );

test('the browser that accepted has the dossier, another holder of the link has not, nor anybody before the end', async () => {
  const { session, signer } = await acceptedSession(portal);
  expect(await readOwnDossier(portal.ctx, signer)).toMatchObject({ ok: true, state: 'interim' });
  const other = await openedBy(portal.ctx, session.token);
  expect(await readOwnDossier(portal.ctx, other)).toEqual({ ok: false, code: 'session_closed' });
  const open = await createdSession(portal);
  const early = await openedBy(portal.ctx, open.token);
  expect(await readOwnDossier(portal.ctx, early)).toEqual({ ok: false, code: 'session_closed' });
});

test('staff with the right role take it with a reason, which is kept sealed before anything leaves', async () => {
  const { session } = await acceptedSession(portal);
  const id = session.signingSessionId;
  for (const role of ['operator', 'auditor', 'admin'] as const)
    expect(await downloadDossier(portal.ctx, staff(role), id, 'Pedido de Maria, processo 1')).toMatchObject({
      ok: true,
    });
  const kept = await accesses(id);
  expect(kept).toHaveLength(3);
  expect(kept.map(({ reason_sealed }) => reason_sealed.includes('Maria'))).toEqual([false, false, false]);
});

test('staff without the role, without a reason or of another workspace take nothing, and nothing is noted', async () => {
  const { session } = await acceptedSession(portal);
  const id = session.signingSessionId;
  const { ctx, stranger } = portal;
  expect(await downloadDossier(ctx, staff('viewer'), id, 'x')).toEqual({ ok: false, code: 'forbidden' });
  expect(await downloadDossier(ctx, staff('admin'), id, '  ')).toEqual({ ok: false, code: 'reason_missing' });
  expect(await downloadDossier(ctx, staff('admin', stranger.workspaceId), id, 'x')).toEqual({
    ok: false,
    code: 'signing_session_not_found',
  });
  expect(await accesses(id)).toEqual([]);
});

test('why staff hold a session, and who of them, is not in the dossier that its signer gets; that it is held, is', async () => {
  const { session, signer } = await acceptedSession(portal);
  await deliverToRest(portal, session.signingSessionId);
  const held = await placeHold(portal.ctx, staff('admin'), session.signingSessionId, 'Fraude? Processo 77');
  expect(held).toMatchObject({ ok: true });
  const dossier = await readOwnDossier(portal.ctx, signer);
  const text = dossier.ok ? Buffer.from(dossier.bytes).toString('utf8') : '';
  expect(text).toContain('"legalHold":{"source":"staff","value":"');
  expect(text).not.toContain('Processo 77');
  expect(text).not.toContain('"by":"u1"');
});

test('a dossier tells who had looked until its last event, and is the same however many look later', async () => {
  const { session, signer } = await acceptedSession(portal);
  const id = session.signingSessionId;
  await readEvidence(portal.ctx, portal.merchant, id);
  await deliverToRest(portal, id);
  const before = await readOwnDossier(portal.ctx, signer);
  await readEvidence(portal.ctx, portal.merchant, id);
  await downloadDossier(portal.ctx, staff('operator'), id, 'Processo 1');
  const after = await readOwnDossier(portal.ctx, signer);
  if (!before.ok || !after.ok) throw new Error('no dossier');
  expect(Buffer.from(after.bytes).equals(before.bytes)).toBe(true);
  const { keeping } = JSON.parse(String(unzipped(Buffer.from(after.bytes)).get('evidence.json')));
  expect(keeping.accesses.value).toEqual([
    { by: 'merchant', what: 'evidence', entries: 1, firstAt: expect.any(String) },
  ]);
  expect(keeping.accesses.source).toBe('server');
  expect(Date.parse(keeping.accesses.value[0].firstAt)).toBeLessThanOrEqual(Date.parse(keeping.accessesUntil.value));
  expect(keeping.accessesSince).toEqual({ status: 'not_captured', reason: 'kept_in_the_inventory' });
});

test('evidence that is read now tells of every look until now, this one too', async () => {
  const { session, signer } = await acceptedSession(portal);
  const id = session.signingSessionId;
  const accesses = async () => {
    const read = await readEvidence(portal.ctx, portal.merchant, id);
    return read.ok ? read.evidence.keeping.accesses : undefined;
  };
  expect(await accesses()).toMatchObject({ value: [{ by: 'merchant', what: 'evidence', entries: 1, count: 1 }] });
  await readOwnDossier(portal.ctx, signer);
  await downloadDossier(portal.ctx, staff('operator'), id, 'Processo 1');
  expect(await accesses()).toMatchObject({
    source: 'server',
    value: [
      { by: 'merchant', what: 'evidence', count: 2 },
      { by: 'signer', what: 'dossier', count: 1 },
      { by: 'staff', what: 'dossier', count: 1 },
    ],
  });
});

test.each([
  ['operator', false],
  ['auditor', true],
  ['admin', true],
] as const)('a %s is told in the evidence who has looked: %s', async (role, may) => {
  const { session } = await acceptedSession(portal);
  await readEvidence(portal.ctx, portal.merchant, session.signingSessionId);
  const read = await readStaffSession(portal.ctx, staff(role), session.signingSessionId);
  const accesses = read.ok ? read.session.evidence?.keeping.accesses : undefined;
  if (may)
    expect(accesses).toMatchObject({ value: expect.arrayContaining([expect.objectContaining({ by: 'merchant' })]) });
  else expect(accesses).toEqual({ status: 'not_captured', reason: 'not_for_this_role' });
});
