import { listUnansweredRequests } from '#lib/db/erasure-requests.ts';
import type { KeepingFigures } from '#lib/db/keeping-figures.ts';
import { countKeeping } from '#lib/db/keeping-figures.ts';
import { type HoldRow, listHolds } from '#lib/db/legal-holds.ts';
import { readTombstone, type TombstoneRow } from '#lib/db/tombstones.ts';
import type { Keeping } from '#lib/domain/retention.ts';
import type { UseCaseContext } from '../context.ts';
import { readKeeping } from '../keeping.ts';

type Db = Pick<UseCaseContext, 'db'>;

export type WorkspaceKeeping = KeepingFigures & { waiting: { requestId: string; askedAt: Date; dueAt: Date }[] };

/** How the keeping of a workspace stands, and which requests for erasure wait for their answer. */
export function workspaceKeeping({ db }: Db, workspaceId: string): Promise<WorkspaceKeeping> {
  return db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const [figures, open] = await Promise.all([countKeeping(tx, workspaceId), listUnansweredRequests(tx, workspaceId)]);
    const waiting = open.map(({ id, asked_at, due_at }) => ({ requestId: id, askedAt: asked_at, dueAt: due_at }));
    return { ...figures, waiting };
  });
}

export type SessionKeeping = { classes: Keeping[]; holds: HoldRow[]; tombstone?: TombstoneRow };

/** Until when a session is kept and why, who holds it, and what is left to say when it is erased; undefined for an unknown one. */
export function sessionKeeping(
  { db }: Db,
  workspaceId: string,
  sessionId: string,
): Promise<SessionKeeping | undefined> {
  return db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const [classes, holds, tombstone] = await Promise.all([
      readKeeping(tx, { workspaceId, sessionId }),
      listHolds(tx, workspaceId, sessionId),
      readTombstone(tx, workspaceId, sessionId),
    ]);
    return classes && { classes, holds, ...(tombstone && { tombstone }) };
  });
}
