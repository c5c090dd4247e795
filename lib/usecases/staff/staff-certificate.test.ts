import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StaffRole, staffRoles } from '#lib/domain/roles.ts';
import { acceptedSession, maria } from '#lib/testing/journey.ts';
import { wordsOf } from '#lib/testing/pdf-programs.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import type { StaffActor } from '../context.ts';
import { downloadCertificate, openCourtCertificate, readStaffCertificate } from './staff-certificate.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
  for (const id of ['u1', 'u2'])
    await portal.asOwner(
      `INSERT INTO staff_user (id, name, email, "createdAt", "updatedAt") VALUES ($1, 'Ana', $2, aceite_now(), aceite_now())`,
      [id, `${id}@example.com`],
    );
});
afterAll(() => portal.end());

const whole = '529.982.247-25';
const masked = '***.982.247-**';
const allowed = ['operator', 'auditor', 'admin'] as const;

function staff(role: StaffRole, userId = 'u1'): StaffActor {
  return { userId, workspaceId: portal.merchant.workspaceId, role, request: requestFrom() };
}

async function signedId(): Promise<string> {
  return (await acceptedSession(portal)).session.signingSessionId;
}

const accesses = (sessionId: string) =>
  portal.asOwner<{ what: string; reason_sealed: Buffer | null }>(
    'SELECT what, reason_sealed FROM staff_accesses WHERE session_id = $1 ORDER BY occurred_at',
    [sessionId],
  );

async function shown(who: StaffActor, sessionId: string, version: 'shared' | 'court'): Promise<string> {
  const read = await readStaffCertificate(portal.ctx, who, { sessionId, version });
  return read.ok ? JSON.stringify(read.model) : read.code;
}

test('whoever may see evidence reads and takes the version for sharing, masked, and each time is noted', async () => {
  const sessionId = await signedId();
  for (const role of allowed) {
    const text = await shown(staff(role), sessionId, 'shared');
    expect(text).toContain(masked);
    expect(text).not.toContain(whole);
    const taken = await downloadCertificate(portal.ctx, staff(role), { sessionId, version: 'shared' }, '');
    const words = taken.ok ? wordsOf(taken.bytes) : taken.code;
    expect(words).toContain(masked);
    expect(words).not.toContain(whole);
  }
  expect((await accesses(sessionId)).map(({ what }) => what)).toEqual(allowed.flatMap(() => ['evidence', 'export']));
});

test('the version for court is shown for a reason, which is kept sealed, to whoever gave it and for ten minutes', async () => {
  const sessionId = await signedId();
  for (const role of allowed) expect(await shown(staff(role), sessionId, 'court')).toBe('reason_missing');
  expect(await accesses(sessionId)).toEqual([]);
  expect(await openCourtCertificate(portal.ctx, staff('auditor'), sessionId, 'Processo de Maria')).toEqual({
    ok: true,
  });
  const [kept, ...others] = await accesses(sessionId);
  expect(others).toEqual([]);
  expect(kept).toMatchObject({ what: 'dossier' });
  expect(kept?.reason_sealed?.includes('Maria')).toBe(false);
  const text = await shown(staff('auditor'), sessionId, 'court');
  for (const value of [whole, maria.email]) expect(text).toContain(value);
  expect(await shown(staff('auditor', 'u2'), sessionId, 'court')).toBe('reason_missing');
  expect(await shown(staff('auditor'), await signedId(), 'court')).toBe('reason_missing');
  await portal.advanceClock(10 * 60_000);
  expect(await shown(staff('auditor'), sessionId, 'court')).toBe('reason_missing');
});

test('the version for court is taken with a reason, and for none nothing leaves and nothing is noted', async () => {
  const sessionId = await signedId();
  const wanted = { sessionId, version: 'court' } as const;
  for (const [reason, code] of [
    ['', 'reason_missing'],
    ['  ', 'reason_missing'],
    ['x'.repeat(501), 'reason_too_long'],
  ] as const) {
    expect(await downloadCertificate(portal.ctx, staff('admin'), wanted, reason)).toEqual({ ok: false, code });
    expect(await openCourtCertificate(portal.ctx, staff('admin'), sessionId, reason)).toEqual({ ok: false, code });
  }
  expect(await accesses(sessionId)).toEqual([]);
  const taken = await downloadCertificate(portal.ctx, staff('operator'), wanted, 'Ofício 12');
  expect(taken.ok && wordsOf(taken.bytes)).toContain(whole);
  expect((await accesses(sessionId)).map(({ what }) => what)).toEqual(['dossier']);
});

test('a role that may not see evidence gets neither version in either form, and nothing is noted', async () => {
  const sessionId = await signedId();
  const others = staffRoles.filter((role) => !allowed.some((one) => one === role));
  expect(others).toEqual(['viewer']);
  for (const version of ['shared', 'court'] as const) {
    const wanted = { sessionId, version };
    const forbidden = { ok: false, code: 'forbidden' };
    expect(await readStaffCertificate(portal.ctx, staff('viewer'), wanted)).toEqual(forbidden);
    expect(await downloadCertificate(portal.ctx, staff('viewer'), wanted, 'Ofício 12')).toEqual(forbidden);
  }
  expect(await openCourtCertificate(portal.ctx, staff('viewer'), sessionId, 'Ofício 12')).toMatchObject({ ok: false });
  expect(await accesses(sessionId)).toEqual([]);
});
