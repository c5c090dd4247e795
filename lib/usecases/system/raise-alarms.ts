import type { Tx } from '#lib/db/database.ts';
import { addAlarm, findUndelivered } from '#lib/db/delivery-alarms.ts';
import type { DeliveryAlarm } from '#lib/domain/delivery-alarm.ts';
import type { UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { findSession } from '../find-session.ts';

/** In one go; the next sweep finds what is left. */
const raisedMax = 500;

/**
 * Marks deliveries that should have arrived by now, each once, and answers their sessions, for the log. One that cannot be marked, its key
 * being lost, is told to `onFault` and keeps no other from its alarm.
 */
export async function raiseAlarms(
  ctx: UseCaseContext,
  onFault: (error: unknown) => void = rethrown,
): Promise<string[]> {
  const late = await findUndelivered(ctx.db, raisedMax);
  const raised: string[] = [];
  for (const { session_id: sessionId, workspace_id: workspaceId } of late) {
    try {
      const isNew = await ctx.db.transaction({ role: 'aceite_worker', workspaceId }, async (tx) => {
        const session = await findSession(ctx, tx, workspaceId, sessionId);
        return session !== undefined && (await raiseAlarm(tx, session, 'undelivered'));
      });
      if (isNew) raised.push(sessionId);
    } catch (error) {
      onFault(error);
    }
  }
  return raised;
}

function rethrown(error: unknown): never {
  throw error;
}

/** Marks one delivery and tells it in its story, once; false when that was done before. */
export async function raiseAlarm(
  tx: Tx,
  where: Parameters<typeof recordEvent>[1],
  alarm: DeliveryAlarm,
): Promise<boolean> {
  if (!(await addAlarm(tx, where.place, alarm))) return false;
  await recordEvent(tx, where, { type: 'delivery_alarm', actor: 'system', data: { alarm } });
  return true;
}
