import { deliveryCopy } from '#lib/copy/dashboard-delivery.ts';
import { deliveryFigures } from '#lib/usecases/system/delivery-figures.ts';
import { drillFigures } from '#lib/usecases/system/drill-figures.ts';
import { lenderWatchFigures } from '#lib/usecases/system/lender-watch-figures.ts';
import { logFigures } from '#lib/usecases/system/log-figures.ts';
import { type NewestPaused, newestPaused } from '#lib/usecases/system/newest-paused.ts';
import { type Check, type Examined, type Finding, failed, notChecked, ok, warning, withTables } from './check.ts';
import { spell } from './spell.ts';

/** A drill is held every day; after twice as long somebody must look. */
const drillSecondsMax = 2 * 86_400;
/** An event is signed within five minutes even on a bad day. */
const mergeSecondsMax = 600;
/** What waits longer than this for the worker's first glance waits for a worker. */
const queuedSecondsMax = 300;
/** The lender cancels a debt for want of a signature after days: a day is time enough to act. */
const openSecondsMax = 86_400;

/** Whether what runs by itself does run. */
export const runningChecks: readonly Check[] = [
  { id: 'drill', title: 'Last drill', run: withTables(judgeDrill) },
  { id: 'log', title: 'Public log', run: withTables(judgeLog) },
  { id: 'deliveries', title: 'Deliveries to the lender', run: withTables(judgeDeliveries) },
];

async function judgeDrill({ db }: Examined): Promise<Finding> {
  const drill = await drillFigures({ db });
  const hold = 'Run: npm run aceite -- drill';
  if (!drill) return notChecked('No drill was held yet; a worker holds one a day.', hold);
  if (drill.failed > 0)
    return failed(
      `Of the ${drill.checked} dossiers of the last drill ${drill.failed} did not verify.`,
      'The dashboard names their sessions. Run: npm run aceite -- audit',
    );
  if (drill.ageSeconds > drillSecondsMax)
    return warning(`The last drill was held ${spell(drill.ageSeconds)} ago.`, `Look whether a worker runs. ${hold}`);
  return ok(`The last drill verified all of its ${drill.checked} dossiers, ${spell(drill.ageSeconds)} ago.`);
}

async function judgeLog({ db }: Examined): Promise<Finding> {
  const { waitingSeconds, mergeDelaySeconds, hasRefused } = await logFigures({ db });
  if (hasRefused)
    return failed(
      "The log's signer refuses the log that it finds: it is shorter than what was signed before, or another one.",
      'Read what log-signer said, and restore the newest backup.',
    );
  if (waitingSeconds > mergeSecondsMax)
    return failed(
      `Events have waited for ${spell(waitingSeconds)} to be taken into the log.`,
      'Start a worker: npm run aceite -- worker',
    );
  if (mergeDelaySeconds > mergeSecondsMax)
    return failed(
      `Events have waited for ${spell(mergeDelaySeconds)} for a signed checkpoint, and their sessions for their proof.`,
      "Start the log's signer: npm run aceite -- log-signer",
    );
  return ok(
    mergeDelaySeconds > 0 ? 'The log is signed as it grows.' : 'Everything that happened is in the signed log.',
  );
}

async function judgeDeliveries({ db }: Examined): Promise<Finding> {
  const [figures, { breakers }] = await Promise.all([deliveryFigures({ db }), lenderWatchFigures({ db })]);
  const stuck = figures.flatMap(({ status, howMany, oldestSeconds }) => {
    const whatToDo = actOn(status, oldestSeconds, breakers.open > 0);
    return whatToDo ? [{ fault: `${status} ${howMany}, the oldest for ${spell(oldestSeconds)}`, whatToDo }] : [];
  });
  if (stuck.length > 0) {
    const faults = stuck.map(({ fault }) => fault).join('; ');
    const paused = figures.some(({ status }) => status === 'PAUSED') ? await newestPaused({ db }) : undefined;
    const example = paused ? ` The newest that is paused: ${paused.sessionId}, ${codeOf(paused)}.` : '';
    return failed(
      `Deliveries are stuck, their acceptances kept: ${faults}.${example}`,
      ...stuck.map(({ whatToDo }) => whatToDo),
    );
  }
  const open = figures.reduce((sum, { howMany }) => sum + howMany, 0);
  if (open === 0) return ok('No delivery waits: the lender has taken or rejected each acceptance.');
  const oldest = Math.max(...figures.map(({ oldestSeconds }) => oldestSeconds));
  const sentence = `Deliveries that are under way: ${open}, the oldest for ${spell(oldest)}.`;
  if (oldest <= openSecondsMax) return ok(sentence);
  return warning(sentence, 'Look at them on the dashboard: the lender cancels debts that nobody signs.');
}

const codeOf = ({ lenderCode }: NewestPaused): string =>
  lenderCode === undefined ? 'without a code of the lender' : `which the lender answered with ${lenderCode}`;

/** What a person has to do about deliveries of that status; undefined while they go on by themselves. */
function actOn(status: string, oldestSeconds: number, isResting: boolean): string | undefined {
  if (status === 'PAUSED')
    return `Mend what "Lender" and "Lenders of workspaces" name; when both say ok, what the dashboard's list "${deliveryCopy.en.concern}" shows of them. Then have them tried again there, or queue all of a workspace: npm run aceite -- workspace lender release`;
  if (status === 'NEEDS_ATTENTION') return 'Look at them on the dashboard, and ask the lender about their debts.';
  if (status !== 'QUEUED' || oldestSeconds <= queuedSecondsMax) return undefined;
  return isResting
    ? 'A lender fails and is given a rest: look at what "Lender" and "Lenders of workspaces" say. They go by themselves when it answers again.'
    : 'Start a worker: npm run aceite -- worker';
}
