import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { apiScopes } from '#lib/domain/roles.ts';
import { jsonAnswer } from '#lib/http/problem.ts';
import { route } from '#lib/http/route.ts';
import type { NewApiKeyInput } from '#lib/schema/new-api-key.ts';
import { type Doors, openDoors } from '#lib/testing/doors.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { createApiKey } from '#lib/usecases/system/create-api-key.ts';
import { listApiKeys } from '#lib/usecases/system/list-api-keys.ts';
import { revokeApiKey } from '#lib/usecases/system/revoke-api-key.ts';

/** Keys at the door of a call that does nothing; the client is 127.0.0.1. */
const open = route({ scope: 'sessions:read' }, async () => jsonAnswer(200, {}));

let portal: TestPortal;
let doors: Doors;
beforeAll(async () => {
  portal = await startTestPortal();
  doors = openDoors(portal);
});
afterAll(async () => {
  doors.close();
  await portal.end();
});

async function make(changes: Partial<NewApiKeyInput> = {}) {
  const input = { name: `key ${randomUUID()}`, scopes: [...apiScopes], returnOrigins: [], ...changes };
  const made = await createApiKey(portal.ctx, portal.merchant.workspaceId, input, portal.now());
  if (!made.ok) throw new Error(made.code);
  return made;
}

const knock = async (apiKey: string) =>
  (await doors.knock(open, { path: '/api/v1/signing', headers: { 'X-API-Key': apiKey } })).status;

test('a key is refused from the moment of its end', async () => {
  const { apiKey } = await make({ expiresAt: new Date(portal.now().getTime() + 60_000) });
  expect(await knock(apiKey)).toBe(200);
  await portal.advanceClock(60_000);
  expect(await knock(apiKey)).toBe(401);
});

test('a revoked key is refused by the very next call', async () => {
  const { apiKey, apiKeyId } = await make();
  expect(await knock(apiKey)).toBe(200);
  await revokeApiKey(portal.ctx, portal.merchant.workspaceId, apiKeyId);
  expect(await knock(apiKey)).toBe(401);
});

describe('a key for some addresses', () => {
  test.each([['127.0.0.0/8'], ['203.0.113.7', '::ffff:127.0.0.1'], ['::ffff:127.0.0.0/104']])(
    'is good where %s lets it',
    async (...allowedAddresses) => {
      expect(await knock((await make({ allowedAddresses })).apiKey)).toBe(200);
    },
  );

  test.each([['203.0.113.0/24'], ['::1'], ['127.0.0.2', '2001:db8::/32']])(
    'looks like no key at all where %s does not, whatever it may do',
    async (...allowedAddresses) => {
      expect(await knock((await make({ allowedAddresses })).apiKey)).toBe(401);
      expect(await knock((await make({ allowedAddresses, scopes: ['sessions:write'] })).apiKey)).toBe(401);
    },
  );
});

describe('the last use of a key', () => {
  const lastUse = async (id: string) =>
    (await listApiKeys(portal.ctx, portal.merchant.workspaceId)).find(({ apiKeyId }) => apiKeyId === id)?.lastUsedAt;
  const written = (id: string, after = 0) =>
    vi.waitUntil(async () => {
      const at = await lastUse(id);
      return at && at.getTime() > after ? at : undefined;
    });

  test('is written beside the call, again after a minute, and not in between', async () => {
    const { apiKey, apiKeyId } = await make();
    expect(await lastUse(apiKeyId)).toBeUndefined();
    await knock(apiKey);
    const first = await written(apiKeyId);
    await knock(apiKey);
    await portal.advanceClock(59_000);
    await knock(apiKey);
    expect(await lastUse(apiKeyId)).toEqual(first);
    await portal.advanceClock(2_000);
    await knock(apiKey);
    expect((await written(apiKeyId, first.getTime())).getTime() - first.getTime()).toBeGreaterThanOrEqual(60_000);
  });

  test('is not that of a call from where the key may not be used', async () => {
    const { apiKey, apiKeyId } = await make({ allowedAddresses: ['203.0.113.7'] });
    const other = await make();
    await knock(apiKey);
    await knock(other.apiKey);
    await written(other.apiKeyId);
    expect(await lastUse(apiKeyId)).toBeUndefined();
  });
});
