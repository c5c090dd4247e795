import { setTimeout as pause } from 'node:timers/promises';
import { compose } from '#lib/compose.ts';
import type { Program } from '#lib/program.ts';
import { cosignCheckpoints } from '#lib/usecases/system/cosign-checkpoints.ts';
import { deliverNext } from '#lib/usecases/system/deliver-acceptance.ts';
import { answerForgottenRequests } from '#lib/usecases/system/erasure-requests.ts';
import { expireLapsed } from '#lib/usecases/system/expire-lapsed.ts';
import { growLog } from '#lib/usecases/system/grow-log.ts';
import { introducer } from '#lib/usecases/system/introduce.ts';
import { keepAndErase } from '#lib/usecases/system/keep-and-erase.ts';
import { pruneIdempotency } from '#lib/usecases/system/prune-idempotency.ts';
import { pruneRateLimits } from '#lib/usecases/system/prune-rate-limits.ts';
import { pruneRequests } from '#lib/usecases/system/prune-requests.ts';
import { raiseAlarms } from '#lib/usecases/system/raise-alarms.ts';
import { releasePaused } from '#lib/usecases/system/release-paused.ts';
import { runDrillWhenDue } from '#lib/usecases/system/run-drill.ts';
import { stampNext } from '#lib/usecases/system/stamp-checkpoints.ts';
import { pruneWebhooks } from '#lib/usecases/system/webhooks/prune-webhooks.ts';
import { workNotices } from '#lib/usecases/system/work-notices.ts';
import { certifier } from './certify.ts';
import { type Command, exitCodes } from './command.ts';
import { drainWebhooks } from './drain-webhooks.ts';
import { readConfig } from './read-config.ts';
import { cosigningReporter } from './report-cosigning.ts';
import { type StepReporter, stepReporter } from './report-steps.ts';
import { runningDatabaseOf } from './running-database.ts';

/** Calls to the lender at once from this process; one slow answer must not hold up the others. */
const deliveriesAtOnce = 4;
/** How long an idle worker waits before it looks again: the most that is added to a delivery. */
const idleMs = 300;
/** After a fault (database away) the worker waits longer, so that it does not hammer what is trying to come back. */
const faultMs = 2_000;
const sweepEveryMs = 5_000;
const certifyEveryMs = 1_000;
/** A notice of the lender that is not due yet is looked for again so soon. */
const noticesEveryMs = 500;
/** An event is in the log a second after it happened, long before the next checkpoint. */
const growEveryMs = 1_000;
/** A checkpoint is stamped a second or two after it was chosen: each one in the sandbox, one every five minutes at the most in production. */
const stampEveryMs = 1_000;
/** So soon after a checkpoint was signed its witnesses are asked. */
const cosignEveryMs = 5_000;
/** A bucket is full again within a minute or two of its last call. */
const pruneLimitsEveryMs = 60_000;
/** Terms are counted in days, months and years. */
const keepEveryMs = 86_400_000;

/** Whether a day has passed since the last drill, whoever held it. */
const drillLookEveryMs = 600_000;

export const command: Command = {
  name: 'worker',
  summary:
    'background only: delivers to the lender, tells merchants, records expiry; any number of them on one database',
  usage: `Usage: npm run aceite -- worker

Delivers what is in the outbox, tells merchants by webhooks, records sessions whose time has run out, lets the log of all evidence grow, has its
checkpoints stamped by the time-stamp authorities and cosigned by the witnesses of ACEITE_WITNESSES, forgets idempotency keys after a day, requests of
the API after a week and rate limits that nobody is near, erases once a day what need not be kept any longer, verifies some dossiers once a day. Runs
until SIGINT or SIGTERM; a call that is under way is finished first.
`,
  run: async () => {
    const config = readConfig();
    runningDatabaseOf(config);
    const program = await compose(config);
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal, () => stop.abort());
    await work(program, stop.signal);
    await program.end();
    return exitCodes.ok;
  },
};

/** Works until `signal` aborts; every loop ends after what it is doing. */
export async function work(program: Program, signal: AbortSignal): Promise<void> {
  const loop: Loop = { reporter: stepReporter(program.log), signal };
  const hands = Array.from({ length: deliveriesAtOnce }, (_, hand) => hand);
  // Whoever has not looked yet may find something.
  const delivering = new Set(hands);
  const loops = hands.map((hand) =>
    repeat(loop, idleMs, async () => {
      const taken = await deliverNext(program);
      if (taken) delivering.add(hand);
      else delivering.delete(hand);
      if (taken?.alarm) program.log.error(taken, 'a delivery to the lender needs somebody: the dashboard shows which');
      return taken !== undefined;
    }),
  );
  const alarms = repeat(loop, sweepEveryMs, async () => {
    const failed = (error: unknown) => program.log.error({ error }, 'an alarm could not be written down');
    for (const sessionId of await raiseAlarms(program, failed))
      program.log.error({ sessionId, alarm: 'undelivered' }, 'a signature has not reached the lender in time');
    return false;
  });
  const notices = repeat(loop, noticesEveryMs, async () => {
    const failed = (error: unknown) => program.log.error({ error }, 'a notice of the lender could not be worked on');
    return (await workNotices(program, failed)) > 0;
  });
  const certify = certifier(program, () => delivering.size > 0);
  const certificates = repeat(loop, certifyEveryMs, certify);
  const growth = repeat(loop, growEveryMs, async () => (await growLog(program)) > 0);
  // Each by itself: one that is away holds up no other.
  const stamps = program.timeStampAuthorities.map((authority) =>
    repeat(loop, stampEveryMs, () => stampNext(program, authority)),
  );
  const report = cosigningReporter(program.log);
  const cosigning = repeat(loop, cosignEveryMs, async () => {
    report(await cosignCheckpoints(program));
    return false;
  });
  const keeping = repeat(loop, keepEveryMs, () => keepOnce(program));
  const drills = repeat(loop, drillLookEveryMs, async () => {
    const drill = await runDrillWhenDue(program);
    if (drill && drill.failed.length > 0)
      program.log.error({ count: drill.failed.length }, 'dossiers did not verify; the dashboard names their sessions');
    return false;
  });
  const limits = repeat(loop, pruneLimitsEveryMs, () => pruneRateLimits(program));
  const webhooks = drainWebhooks(program, (step) => repeat(loop, idleMs, step));
  const released = await releasePaused(program).catch(() => 0);
  if (released > 0) program.log.info({ count: released }, 'paused deliveries were queued again');
  const rest = [alarms, notices, certificates, growth, ...stamps, cosigning, keeping, drills, limits, webhooks];
  await Promise.all([...loops, ...sweeps(program, loop), ...rest]);
}

/** Each by itself: one that fails keeps none of the others from its work. */
function sweeps(program: Program, loop: Loop): Promise<void>[] {
  const all = [introducer(program), expireLapsed, pruneIdempotency, pruneWebhooks, pruneRequests];
  return all.map((sweep) =>
    repeat(loop, sweepEveryMs, async () => {
      await sweep(program);
      return false;
    }),
  );
}

async function keepOnce(program: Program): Promise<boolean> {
  const { standings, faults, withheld, isCut } = await keepAndErase(program);
  if (withheld) program.log.error({ reason: withheld }, 'nothing is erased: no time stamp confirms the clock');
  if (isCut) program.log.warn('more sessions are due than one day erases; the next day goes on');
  if (standings.erased) program.log.info({ count: standings.erased }, 'sessions were erased, their terms being over');
  for (const error of faults) program.log.error({ error }, 'a session could not be erased');
  await answerForgottenRequests(program);
  return false;
}

type Loop = { reporter: StepReporter; signal: AbortSignal };

/** Repeats at once while there was something to do, otherwise after a pause that a stop cuts short. */
async function repeat({ reporter, signal }: Loop, restMs: number, step: () => Promise<boolean>): Promise<void> {
  while (!signal.aborted) {
    const waitMs = await step().then(
      (didWork) => {
        reporter.worked(step);
        return didWork ? 0 : restMs;
      },
      (error: unknown) => {
        reporter.failed(step, error);
        return faultMs;
      },
    );
    if (waitMs > 0) await pause(waitMs, undefined, { signal }).catch(() => undefined);
  }
}
