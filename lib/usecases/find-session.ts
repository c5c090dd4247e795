import type { Tx } from '#lib/db/database.ts';
import { recordLapsed } from '#lib/db/session-moves.ts';
import { readErasedRow, readSessionRow } from '#lib/db/sessions.ts';
import { isLive } from '#lib/domain/session-state.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import type { UseCaseContext } from './context.ts';
import { type OpenSession, openSession, skeletonOf } from './open-session.ts';

/**
 * The session with this id in this workspace, or undefined for an unknown, malformed or foreign one: three cases that nobody
 * outside may tell apart; an erased one is not found either. A live session whose time has run out is first recorded EXPIRED.
 */
export async function findSession(
  ctx: UseCaseContext,
  tx: Tx,
  workspaceId: string,
  sessionId: string,
): Promise<OpenSession | undefined> {
  if (!isUuid(sessionId)) return undefined;
  const row = await readSessionRow(tx, workspaceId, sessionId);
  if (!row) return undefined;
  const hasLapsed = row.is_expired && isLive(row.status) && (await recordLapsed(tx, workspaceId, sessionId));
  if (!hasLapsed) return openSession(ctx, row);
  const lapsed = await readSessionRow(tx, workspaceId, sessionId);
  return lapsed && openSession(ctx, lapsed);
}

/** As `findSession`, but of an erased session its skeleton: for those who only show it. */
export async function findAnySession(
  ctx: UseCaseContext,
  tx: Tx,
  workspaceId: string,
  sessionId: string,
): Promise<OpenSession | undefined> {
  const session = await findSession(ctx, tx, workspaceId, sessionId);
  if (session || !isUuid(sessionId)) return session;
  const row = await readErasedRow(tx, workspaceId, sessionId);
  return row && skeletonOf(row);
}
