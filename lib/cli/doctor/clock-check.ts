import { doubtWords } from '#lib/cli/keeping-status.ts';
import { composeAuthorities } from '#lib/compose.ts';
import { newestTimeStamp } from '#lib/db/log-time-stamps.ts';
import { readServerTime } from '#lib/db/server-standing.ts';
import { workerScope } from '#lib/usecases/no-workspace.ts';
import { doubtOfClock } from '#lib/usecases/system/confirm-clock.ts';
import { type Check, type Examined, type Finding, failed, ok, warning, withServer, withTables } from './check.ts';

/** Evidence bears the database's time: a second is an alarm, five are too many to sign with. */
const offsetMs = { alarm: 1_000, most: 5_000 };

const rounds = 5;

export const clockChecks: readonly Check[] = [
  { id: 'clock', title: 'Clock', run: withServer(judgeClock) },
  { id: 'stamped-clock', title: 'Clock and time stamps', run: withTables(judgeStampedClock) },
];

const mendClock =
  'Run a time service (chrony or systemd-timesyncd, in Brazil against NTP.br) on this machine and on that of the database.';

async function judgeClock({ client, isMovable }: Examined): Promise<Finding> {
  let certain = 0;
  // The first answers may have waited behind those of other checks.
  for (let round = 0; round < rounds; round += 1) {
    const before = Date.now();
    const at = (await readServerTime(client, isMovable)).getTime();
    // It was made somewhere between: only what no delay explains counts.
    certain = Math.max(certain, at - Date.now(), before - at);
  }
  return offsetFinding(certain, "this machine and the database's");
}

/** What the difference between two clocks means; `ms` is what is certain of it. */
export function offsetFinding(ms: number, clocks: string): Finding {
  const seconds = (ms / 1000).toFixed(1);
  if (ms > offsetMs.most) return failed(`The clocks of ${clocks} are ${seconds} seconds apart.`, mendClock);
  if (ms > offsetMs.alarm) return warning(`The clocks of ${clocks} are ${seconds} seconds apart.`, mendClock);
  return ok(`The clocks of ${clocks} are less than a second apart.`);
}

async function judgeStampedClock({ config, db }: Examined): Promise<Finding> {
  const { authorities, rootsFile } = config.timeStamps;
  if (authorities.length === 0) return ok('No time-stamp authority is set, so no stranger says what time it is.');
  const newest = await db.transaction(workerScope, newestTimeStamp);
  if (!newest) return ok('Nothing is stamped yet, so no stranger has said what time it is.');
  const ahead = newest.stamped_at.getTime() - newest.now.getTime();
  if (ahead > offsetMs.alarm) return offsetFinding(ahead, "the database and the last time stamp's");
  if (config.mode === 'production' && rootsFile !== undefined) {
    const composed = await composeAuthorities(config);
    const doubt = await doubtOfClock({ db, isSandbox: false, ...composed });
    if (doubt) return failed(`Strangers do not confirm the clock: ${doubtWords[doubt]}`, mendClock);
  }
  return ok("No time stamp is from later than the database's clock says.");
}
