import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findApiKey } from '#lib/db/api-keys.ts';
import { apiScopes } from '#lib/domain/roles.ts';
import type { NewApiKeyInput } from '#lib/schema/new-api-key.ts';
import { dumpDatabase } from '#lib/testing/database-dump.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { createApiKey, type KeyMaker } from './create-api-key.ts';
import { listApiKeys } from './list-api-keys.ts';
import { revokeApiKey } from './revoke-api-key.ts';
import { type Rotation, rotateApiKey } from './rotate-api-key.ts';

const hourMs = 3_600_000;
const rights = {
  scopes: [apiScopes[0]],
  returnOrigins: ['https://loja.example'],
  allowedAddresses: ['203.0.113.0/24'],
};

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

async function make(changes: Partial<NewApiKeyInput> = {}) {
  const { workspaceId } = portal.merchant;
  const made = await createApiKey(portal.ctx, workspaceId, { name: 'erp', ...rights, ...changes }, portal.now());
  if (!made.ok) throw new Error(made.code);
  return made;
}

function rotate(rotation: Pick<Rotation, 'apiKeyId'> & Partial<Rotation>, maker: KeyMaker = portal.now()) {
  const { workspaceId } = portal.merchant;
  return rotateApiKey(portal.ctx, workspaceId, { overlapMs: 24 * hourMs, ...rotation }, maker);
}

async function rotated(apiKeyId: string) {
  const made = await rotate({ apiKeyId });
  if (!made.ok) throw new Error(made.code);
  return made;
}

const isGood = async (apiKey: string) => (await findApiKey(portal.ctx.db, sha256(apiKey))) !== undefined;
const stateOf = async (id: string) =>
  (await listApiKeys(portal.ctx, portal.merchant.workspaceId)).find(({ apiKeyId }) => apiKeyId === id)?.state;
const inFuture = (ms: number) => new Date(portal.now().getTime() + ms);

describe('a key with an end', () => {
  test('is good until then by the portal’s clock, and nothing after', async () => {
    const { apiKey, apiKeyId } = await make({ expiresAt: inFuture(hourMs) });
    await portal.advanceClock(hourMs - 60_000);
    expect([await isGood(apiKey), await stateOf(apiKeyId)]).toEqual([true, 'live']);
    await portal.advanceClock(60_000);
    expect([await isGood(apiKey), await stateOf(apiKeyId)]).toEqual([false, 'expired']);
  });

  test('is not made when its end has passed', async () => {
    const { workspaceId } = portal.merchant;
    const input = { name: 'erp', ...rights, expiresAt: inFuture(-1_000) };
    expect(await createApiKey(portal.ctx, workspaceId, input, portal.now())).toEqual({
      ok: false,
      code: 'expiry_past',
    });
  });
});

describe('rotation', () => {
  test('gives a second key with the same rights, and both are good until the overlap is over', async () => {
    const old = await make();
    const made = await rotated(old.apiKeyId);
    expect(made.oldEndsAt.getTime() - portal.now().getTime()).toBeGreaterThan(24 * hourMs - 60_000);
    for (const { apiKey } of [old, made])
      expect(await findApiKey(portal.ctx.db, sha256(apiKey))).toMatchObject({
        scopes: rights.scopes,
        return_origins: rights.returnOrigins,
        allowed_addresses: rights.allowedAddresses,
      });
    await portal.advanceClock(24 * hourMs);
    expect([await isGood(old.apiKey), await isGood(made.apiKey)]).toEqual([false, true]);
  });

  test('keeps the end of the old key unless another is given', async () => {
    const expiresAt = inFuture(100 * hourMs);
    const old = await make({ expiresAt });
    expect(await rotate({ apiKeyId: old.apiKeyId })).toMatchObject({ ok: true, expiresAt });
    const other = await make({ expiresAt });
    const later = inFuture(500 * hourMs);
    expect(await rotate({ apiKeyId: other.apiKeyId, expiresAt: later })).toMatchObject({ ok: true, expiresAt: later });
    expect(await rotate({ apiKeyId: (await make()).apiKeyId, expiresAt: inFuture(-1) })).toEqual({
      ok: false,
      code: 'expiry_past',
    });
  });

  test('never makes a key that ends sooner end later', async () => {
    const old = await make({ expiresAt: inFuture(hourMs) });
    const made = await rotated(old.apiKeyId);
    expect(made.oldEndsAt.getTime()).toBeLessThanOrEqual(inFuture(hourMs).getTime());
  });

  test('is refused while two live, from either of them, and goes on when one has ended', async () => {
    const old = await make();
    const second = await rotated(old.apiKeyId);
    for (const { apiKeyId } of [old, second])
      expect(await rotate({ apiKeyId })).toEqual({ ok: false, code: 'rotation_running' });
    await revokeApiKey(portal.ctx, portal.merchant.workspaceId, old.apiKeyId);
    expect(await rotate({ apiKeyId: old.apiKeyId })).toEqual({ ok: false, code: 'key_over' });
    const third = await rotated(second.apiKeyId);
    expect([await isGood(old.apiKey), await isGood(second.apiKey), await isGood(third.apiKey)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('by ten at once makes one key', async () => {
    const { apiKeyId } = await make();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => rotate({ apiKeyId })));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('with a form that is sent twice makes one key, and so does making one', async () => {
    const { apiKeyId } = await make();
    const form = { apiKeyId: randomUUID(), by: 'staff-1' };
    await portal.asOwner(`INSERT INTO staff_user ("id", "name", "email", "createdAt", "updatedAt")
      VALUES ('staff-1', 'Equipe', 'equipe@exemplo.com.br', aceite_now(), aceite_now())`);
    expect(await rotate({ apiKeyId }, form)).toMatchObject({ ok: true, apiKeyId: form.apiKeyId });
    expect(await rotate({ apiKeyId }, form)).toEqual({ ok: false, code: 'already_made' });
    const again = await createApiKey(portal.ctx, portal.merchant.workspaceId, { name: 'erp', ...rights }, form);
    expect(again).toEqual({ ok: false, code: 'already_made' });
  });

  test.each(['', 'x', '00000000-0000-7000-8000-000000000000'])('knows no key %j', async (apiKeyId) => {
    expect(await rotate({ apiKeyId })).toEqual({ ok: false, code: 'api_key_not_found' });
  });

  test("knows no other workspace's key, and leaves it as it is", async () => {
    const { apiKeyId } = await make();
    const { workspaceId } = portal.stranger;
    const rotation = { apiKeyId, overlapMs: hourMs };
    expect(await rotateApiKey(portal.ctx, workspaceId, rotation, portal.now())).toEqual({
      ok: false,
      code: 'api_key_not_found',
    });
    expect(await rotate({ apiKeyId })).toMatchObject({ ok: true });
  });
});

describe('the tables themselves refuse', () => {
  const insert = `INSERT INTO api_keys (id, workspace_id, name, key_sha256, last_four, scopes, first_key_id)
    VALUES (gen_random_uuid(), $2, 'x', sha256(gen_random_uuid()::text::bytea), 'xxxx', '{sessions:read}', $1)`;

  test('a third live key', async () => {
    const { apiKeyId } = await make();
    await rotated(apiKeyId);
    const third = portal.asOwner(insert, [apiKeyId, portal.merchant.workspaceId]);
    await expect(third).rejects.toThrow('at most two of the keys that follow each other are live');
  });

  test('a key that follows nothing', async () => {
    const second = await rotated((await make()).apiKeyId);
    for (const first of [randomUUID(), second.apiKeyId])
      await expect(portal.asOwner(insert, [first, portal.merchant.workspaceId])).rejects.toThrow(
        'follows the first key',
      );
  });

  test.each([
    "scopes = '{sessions:write}'",
    "allowed_addresses = '{}'",
    "expires_at = expires_at + interval '1 second'",
    'expires_at = NULL',
    'revoked_at = NULL',
    "revoke_reason = 'another'",
    "key_sha256 = sha256('mine')",
  ])('%s for a key that is over', async (change) => {
    const { apiKeyId } = await make({ expiresAt: inFuture(hourMs) });
    await revokeApiKey(portal.ctx, portal.merchant.workspaceId, apiKeyId, { reason: 'vazou' });
    await expect(portal.asOwner(`UPDATE api_keys SET ${change} WHERE id = $1`, [apiKeyId])).rejects.toThrow(
      'a key can be ended, never changed or brought back',
    );
  });
});

test('whoever has the whole database has no key that could be used', async () => {
  const old = await make();
  const made = await rotated(old.apiKeyId);
  const parts = await dumpDatabase(portal.ownerUrl);
  expect(parts.some(({ bytes }) => bytes.includes(old.apiKeyId))).toBe(true);
  for (const { apiKey } of [old, made]) {
    const secret = Buffer.from(apiKey.slice(5), 'base64url');
    const holding = parts.filter(({ bytes }) => bytes.includes(apiKey.slice(5)) || bytes.includes(secret));
    expect(holding.map(({ place }) => place)).toEqual([]);
  }
});
