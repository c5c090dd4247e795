import { countWrappingKeyUses, lockSessionKeys, replaceSessionKeys } from '#lib/db/session-keys.ts';
import { findWorkspaceIds } from '#lib/db/workspaces.ts';
import type { UseCaseContext } from '../context.ts';
import { rewrapCredentials } from './rewrap-credentials.ts';

type Keys = Pick<UseCaseContext, 'db' | 'keys'>;

/** Rows that are locked together; few, so that a crash costs little and nobody waits. */
const batchSessions = 500;
/** More than some broken rows: another installation's key file or database. */
const unreadableMax = 100;

export type SessionsLeft = { wrappingKeyId: string; sessions: number; isInKeyFile: boolean };
export type RewrapResult = {
  current: string;
  rewrapped: number;
  /** Sessions under other keys: written by others in the meantime, unreadable, or under keys that the key file does not have. */
  left: SessionsLeft[];
  /** Ids of the sessions whose wrapped key did not open; they are left as they are. */
  unreadable: string[];
};

/**
 * Wraps the data key of every session with the current wrapping key, batch by batch, while the portal runs; what the data keys have
 * sealed stays as it is. May be cut off and begun again at any time. `onProgress` is told how many sessions are left.
 */
export async function rewrapSessionKeys(ctx: Keys, onProgress: (left: number) => void): Promise<RewrapResult> {
  const unreadable: string[] = [];
  const waiting = (await sessionsLeft(ctx)).reduce((sum, { sessions }) => sum + sessions, 0);
  let [rewrapped, before] = [0, -1];
  // Until the running processes have seen the new key, a second at most, they write sessions under the one before: once more.
  while (rewrapped > before) {
    before = rewrapped;
    await rewrapCredentials(ctx);
    for (const place of await placesOfOldKeys(ctx)) {
      for await (const count of batches(ctx, place, unreadable)) {
        rewrapped += count;
        onProgress(Math.max(0, waiting - rewrapped));
      }
    }
  }
  return { current: ctx.keys.wrappingKeyIds().current, rewrapped, left: await sessionsLeft(ctx), unreadable };
}

type OldKeyPlace = { workspaceId: string; wrappingKeyId: string };

async function placesOfOldKeys(ctx: Keys): Promise<OldKeyPlace[]> {
  const known = (await sessionsLeft(ctx)).filter(({ isInKeyFile }) => isInKeyFile);
  const workspaceIds = await findWorkspaceIds(ctx.db);
  return workspaceIds.flatMap((workspaceId) => known.map(({ wrappingKeyId }) => ({ workspaceId, wrappingKeyId })));
}

async function sessionsLeft({ db, keys }: Keys): Promise<SessionsLeft[]> {
  const uses = await countWrappingKeyUses(db);
  const { current, all } = keys.wrappingKeyIds();
  uses.delete(current);
  return [...uses].map(([wrappingKeyId, sessions]) => ({
    wrappingKeyId,
    sessions,
    isInKeyFile: all.includes(wrappingKeyId),
  }));
}

/** How many each batch has wrapped, until nothing of the place is left but what does not open; that is added to `unreadable`. */
async function* batches(ctx: Keys, place: OldKeyPlace, unreadable: string[]): AsyncGenerator<number> {
  for (;;) {
    const broken: string[] = [];
    const count = await rewrapBatch(ctx, place, unreadable, broken);
    unreadable.push(...broken);
    if (unreadable.length > unreadableMax)
      throw new Error(`more than ${unreadableMax} sessions do not open with the wrapping key that they name`);
    if (count + broken.length === 0) return;
    yield count;
  }
}

function rewrapBatch(
  { db, keys }: Keys,
  { workspaceId, wrappingKeyId }: OldKeyPlace,
  passOver: readonly string[],
  broken: string[],
): Promise<number> {
  return db.transaction({ role: 'aceite_worker', workspaceId }, async (tx) => {
    const rows = await lockSessionKeys(tx, workspaceId, { wrappingKeyId, passOver, limit: batchSessions });
    const made = rows.flatMap((row) => {
      const sessionId = row.session_id;
      try {
        return {
          sessionId,
          ...keys.rewrap({ workspaceId, sessionId }, { wrappingKeyId, wrappedKey: row.wrapped_key }),
        };
      } catch {
        broken.push(sessionId);
        return [];
      }
    });
    if (made.length > 0) await replaceSessionKeys(tx, workspaceId, made);
    return made.length;
  });
}
