import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findApiKey } from '#lib/db/api-keys.ts';
import type { StaffRole } from '#lib/domain/roles.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { StaffActor } from '../context.ts';
import { createStaffKey, listStaffKeys, revokeStaffKey, rotateStaffKey } from './manage-keys.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
  await portal.asOwner(`INSERT INTO staff_user ("id", "name", "email", "createdAt", "updatedAt")
    VALUES ('staff-1', 'Equipe', 'equipe@exemplo.com.br', aceite_now(), aceite_now())`);
});
afterAll(() => portal.end());

const as = (role: StaffRole): StaffActor => ({
  userId: 'staff-1',
  workspaceId: portal.merchant.workspaceId,
  role,
  request: requestFrom(),
});

function createForm(changes: Record<string, string> = {}) {
  const fields = { keyId: randomUUID(), name: 'ERP', 'sessions-read': 'yes', returnOrigins: '', allowedAddresses: '' };
  return new Map(Object.entries({ ...fields, lastDay: '', ...changes }));
}

async function made(changes: Record<string, string> = {}) {
  const form = createForm(changes);
  const answer = await createStaffKey(portal.ctx, as('admin'), form);
  if (!answer.ok) throw new Error(answer.code);
  return { apiKeyId: form.get('keyId') ?? '', apiKey: answer.apiKey };
}

const found = (apiKey: string) => findApiKey(portal.ctx.db, sha256(apiKey));

async function listed(id: string) {
  const answer = await listStaffKeys(portal.ctx, as('admin'));
  return answer.ok ? answer.keys.find(({ apiKeyId }) => apiKeyId === id) : undefined;
}

describe('an admin', () => {
  test('makes a key by the form, with what was ticked and written, and sees it listed without itself', async () => {
    const { apiKey, apiKeyId } = await made({
      'evidence-read': 'yes',
      returnOrigins: 'https://loja.example\r\nhttps://outra.example\r\n',
      allowedAddresses: '203.0.113.9/24\r\n2001:DB8::1',
      lastDay: '2090-06-30',
    });
    expect(await found(apiKey)).toMatchObject({
      scopes: ['sessions:read', 'evidence:read'],
      return_origins: ['https://loja.example', 'https://outra.example'],
      allowed_addresses: ['203.0.113.0/24', '2001:db8::1'],
    });
    const row = await listed(apiKeyId);
    expect(row).toMatchObject({
      state: 'live',
      expiresAt: new Date('2090-07-01T02:59:59Z'),
      lastFour: apiKey.slice(-4),
    });
    expect(JSON.stringify(row)).not.toContain(apiKey.slice(5));
  });

  test('makes one key by a form that is sent twice', async () => {
    const form = createForm();
    expect(await createStaffKey(portal.ctx, as('admin'), form)).toMatchObject({ ok: true });
    expect(await createStaffKey(portal.ctx, as('admin'), form)).toEqual({ ok: false, code: 'already_made' });
  });

  test.each([
    [{ name: '' }, 'key_form'],
    [{ name: 'a\u0000b' }, 'key_form'],
    [{ 'sessions-read': 'no' }, 'key_form'],
    [{ keyId: 'x' }, 'key_form'],
    [{ lastDay: '2026-02-30' }, 'key_form'],
    [{ lastDay: '2020-01-01' }, 'expiry_past'],
    [{ returnOrigins: 'javascript:alert(1)' }, 'return_origin_refused'],
    [{ allowedAddresses: 'loja.example' }, 'address_refused'],
  ])('is told what is wrong with %j: %s', async (changes, code) => {
    expect(await createStaffKey(portal.ctx, as('admin'), createForm(changes as Record<string, string>))).toMatchObject({
      ok: false,
      code,
    });
  });

  test('rotates a key, and the old one ends after the hours', async () => {
    const { apiKey, apiKeyId } = await made();
    const form = new Map(Object.entries({ keyId: randomUUID(), apiKeyId, overlapHours: '2' }));
    const next = await rotateStaffKey(portal.ctx, as('admin'), form);
    if (!next.ok) throw new Error(next.code);
    expect([await found(apiKey), await found(next.apiKey)]).not.toContain(undefined);
    await portal.advanceClock(7_200_000);
    expect([await found(apiKey), (await found(next.apiKey)) !== undefined]).toEqual([undefined, true]);
  });

  test.each(['', '-1', '721', '1.5', 'x', '9999'])('rotates nothing for %j hours', async (overlapHours) => {
    const { apiKeyId } = await made();
    const form = new Map(Object.entries({ keyId: randomUUID(), apiKeyId, overlapHours }));
    expect(await rotateStaffKey(portal.ctx, as('admin'), form)).toEqual({ ok: false, code: 'key_form' });
  });

  test('revokes a key with a reason that stays, and not without one', async () => {
    const { apiKey, apiKeyId } = await made();
    for (const [reason, code] of [[' ', 'reason_missing'] as const, ['x'.repeat(501), 'reason_too_long'] as const])
      expect(await revokeStaffKey(portal.ctx, as('admin'), apiKeyId, reason)).toEqual({ ok: false, code });
    expect(await found(apiKey)).toBeDefined();
    expect(await revokeStaffKey(portal.ctx, as('admin'), apiKeyId, 'vazou no repositório')).toEqual({ ok: true });
    expect(await found(apiKey)).toBeUndefined();
    await revokeStaffKey(portal.ctx, as('admin'), apiKeyId, 'outra vez');
    expect(await listed(apiKeyId)).toMatchObject({ state: 'revoked', revokeReason: 'vazou no repositório' });
    const kept = await portal.asOwner('SELECT created_by, revoked_by FROM api_keys WHERE id = $1', [apiKeyId]);
    expect(kept).toEqual([{ created_by: 'staff-1', revoked_by: 'staff-1' }]);
  });
});

describe.each(['viewer', 'operator', 'auditor'] as const)('%s', (role) => {
  test('sees no key and changes none', async () => {
    const { apiKey, apiKeyId } = await made();
    const forbidden = { ok: false, code: 'forbidden' };
    const rotation = new Map(Object.entries({ keyId: randomUUID(), apiKeyId, overlapHours: '0' }));
    expect(await listStaffKeys(portal.ctx, as(role))).toEqual(forbidden);
    expect(await createStaffKey(portal.ctx, as(role), createForm())).toEqual(forbidden);
    expect(await rotateStaffKey(portal.ctx, as(role), rotation)).toEqual(forbidden);
    expect(await revokeStaffKey(portal.ctx, as(role), apiKeyId, 'motivo')).toEqual(forbidden);
    expect(await found(apiKey)).toBeDefined();
  });
});
