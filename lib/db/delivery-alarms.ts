import { type DeliveryAlarm, undeliveredTermMs } from '#lib/domain/delivery-alarm.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { Database, Tx } from './database.ts';

const find = { name: 'find_undelivered', text: 'SELECT session_id, workspace_id FROM find_undelivered($1, $2)' };

/** Deliveries that should have arrived by now and of which nobody was told, oldest first. */
export function findUndelivered(
  db: Database,
  howMany: number,
): Promise<{ session_id: string; workspace_id: string }[]> {
  return db.door(find, [undeliveredTermMs, howMany]);
}

const add = {
  name: 'add_delivery_alarm',
  text: `UPDATE deliveries SET alarms = alarms || $3::text
    WHERE workspace_id = $1 AND session_id = $2 AND status NOT IN ('DELIVERED', 'REJECTED') AND NOT alarms @> ARRAY[$3::text]
    RETURNING session_id`,
};

/** Marks a delivery that is not at its end; false when it bears this alarm already, or has arrived. */
export async function addAlarm(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  alarm: DeliveryAlarm,
): Promise<boolean> {
  return (await tx.row(add, [workspaceId, sessionId, alarm])) !== undefined;
}

const figures = { name: 'delivery_alarm_figures', text: 'SELECT alarm, how_many FROM delivery_alarm_figures()' };

/** How many open deliveries bear each alarm, over all workspaces. */
export function readAlarmFigures(db: Database): Promise<{ alarm: string; how_many: string }[]> {
  return db.door(figures, []);
}
