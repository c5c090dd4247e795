import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createdSession } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { countWrappingKeyUses, retireWrappingKey } from './session-keys.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
  await createdSession(portal);
});
afterAll(() => portal.end());

const renameKey = {
  name: 'test_rename_key',
  text: 'UPDATE session_keys SET wrapping_key_id = $2 WHERE workspace_id = $1',
};

/** The session's key under another id, as a process with that key would write it. */
async function writeUnder(id: string, beforeCommit: () => Promise<void> = async () => undefined): Promise<void> {
  const { workspaceId } = portal.merchant;
  await portal.ctx.db.transaction({ role: 'aceite_worker', workspaceId }, async (tx) => {
    await tx.rows(renameKey, [workspaceId, id]);
    await beforeCommit();
  });
}

describe('a wrapping key', () => {
  test('is counted over all workspaces, and kept while a session needs it', async () => {
    expect(await countWrappingKeyUses(portal.ctx.db)).toEqual(new Map([['k1', 1]]));
    expect(await retireWrappingKey(portal.ctx.db, 'k1')).toBe(1);
    await writeUnder('k1');
  });

  test('that was retired takes no session, by whoever still has it', async () => {
    expect(await retireWrappingKey(portal.ctx.db, 'k7')).toBe(0);
    expect(await retireWrappingKey(portal.ctx.db, 'k7')).toBe(0);
    await expect(writeUnder('k7')).rejects.toThrow('the wrapping key k7 was taken away');
    const insert = `INSERT INTO session_keys SELECT gen_random_uuid(), workspace_id, 'k7', wrapped_key FROM session_keys`;
    await expect(portal.asOwner(insert)).rejects.toThrow('the wrapping key k7 was taken away');
  });

  test('is not retired behind the back of a session that is being written', async () => {
    let retired: Promise<number> | undefined;
    await writeUnder('k8', async () => {
      retired = retireWrappingKey(portal.ctx.db, 'k8');
      await lockIsWaitedFor();
    });
    expect(await retired).toBe(1);
    await writeUnder('k1');
    expect(await retireWrappingKey(portal.ctx.db, 'k8')).toBe(0);
  });
});

async function lockIsWaitedFor(): Promise<void> {
  const waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
  while ((await portal.ctx.db.pool.query(waiting)).rowCount === 0);
}
