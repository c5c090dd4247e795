import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type LimitOutcome, limitCounts } from './limit-figures.ts';
import { lostRecords } from './lost-records.ts';
import { noticesByOutcome } from './notice-traffic.ts';
import { processWide } from './process-wide.ts';
import { answersByLabel } from './traffic.ts';

type Sample = { labels?: string; value: number };
type Metric = { name: string; type: 'counter' | 'gauge'; help: string; samples: readonly Sample[] };

export type DeliveryFigure = { status: string; howMany: number; oldestSeconds: number };
export type StampFigure = { authority: string; pending: number; oldestSeconds: number };

/** Of the public log: seconds since something waits to be in it, and to be signed in it; 0 when nothing does. */
export type LogFigure = { waitingSeconds: number; mergeDelaySeconds: number; hasRefused: boolean };

/** The lender's notices that are still to be worked on. */
export type NoticeFigure = { unworked: number; oldestSeconds: number };

/** Of the last daily drill. */
export type DrillFigure = { checked: number; failed: number; ageSeconds: number };

/** Of the last backup of this database. */
export type BackupFigure = { ageSeconds: number; logSize: number; logSizeNow: number };

/** Of the way to the lender. */
export type LenderWatchFigure = {
  alarms: readonly { alarm: string; howMany: number }[];
  breakers: { open: number; failedRecently: number };
};

/** What only the database knows; no `drill` and no `backup` before the first. */
export type DatabaseFigures = {
  deliveries: readonly DeliveryFigure[];
  lender: LenderWatchFigure;
  stamps: readonly StampFigure[];
  log: LogFigure;
  notices: NoticeFigure;
  drill?: DrillFigure;
  backup?: BackupFigure;
};

/** Delay is sampled every 20 ms: fine enough to see a stall, too rare to cost anything. */
const loopDelay = processWide('event-loop-delay', () => {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  return histogram;
});

/**
 * Figures in Prometheus' text form: answers by route class, refusals by rate limit, open deliveries by status, how the log and its time stamps lag, the last drill and backup, memory, event loop.
 * Labels are small closed sets; nothing names a person, a session or a workspace. `known` is absent while the database is away.
 */
export function metricsText(known: DatabaseFigures | undefined): string {
  const metrics = [
    ...httpMetrics(),
    ...limitMetrics(),
    noticesTaken(),
    isDatabaseUp(known),
    ...databaseMetrics(known),
    ...processMetrics(),
  ];
  return metrics.map(written).join('');
}

function httpMetrics(): Metric[] {
  const samples = answersByLabel().map(([labels, value]) => ({ labels, value }));
  return [
    { name: 'aceite_http_answers_total', type: 'counter', help: 'Answers by route class, method, status.', samples },
    {
      name: 'aceite_request_records_lost_total',
      type: 'counter',
      help: 'Calls of the API that were answered and that the request inspector could not keep.',
      samples: [{ value: lostRecords() }],
    },
  ];
}

function limitMetrics(): Metric[] {
  const by = (outcome: LimitOutcome) =>
    limitCounts(outcome).map(([name, value]) => ({ labels: `limit="${name}"`, value }));
  return [
    {
      name: 'aceite_rate_limited_total',
      type: 'counter',
      help: 'Requests refused because a bucket was empty, by limit.',
      samples: by('refused'),
    },
    {
      name: 'aceite_rate_limit_undecided_total',
      type: 'counter',
      help: 'Requests that went on because nobody could say whether they may, by limit. Many deserve a look.',
      samples: by('undecided'),
    },
  ];
}

function noticesTaken(): Metric {
  return {
    name: 'aceite_lender_notices_total',
    type: 'counter',
    help: "Posts at the lender's door by what became of them; `refused` carried no good signature.",
    samples: noticesByOutcome().map(([outcome, value]) => ({ labels: `result="${outcome}"`, value })),
  };
}

function isDatabaseUp(known: DatabaseFigures | undefined): Metric {
  return {
    name: 'aceite_database_up',
    type: 'gauge',
    help: 'Whether the database answered this scrape.',
    samples: [{ value: known ? 1 : 0 }],
  };
}

function databaseMetrics(known: DatabaseFigures | undefined): Metric[] {
  return known
    ? [
        ...deliveryMetrics(known.deliveries),
        ...noticeMetrics(known.notices),
        ...lenderMetrics(known.lender),
        ...logMetrics(known.log),
        ...stampMetrics(known.stamps),
        ...drillMetrics(known.drill),
        ...backupMetrics(known.backup),
      ]
    : [];
}

function deliveryMetrics(deliveries: readonly DeliveryFigure[]): Metric[] {
  const by = (value: (figure: DeliveryFigure) => number) =>
    deliveries.map((figure) => ({ labels: `status="${figure.status}"`, value: value(figure) }));
  return [
    {
      name: 'aceite_deliveries_open',
      type: 'gauge',
      help: 'Acceptances that are not yet at their end with the lender, by status.',
      samples: by(({ howMany }) => howMany),
    },
    {
      name: 'aceite_delivery_oldest_seconds',
      type: 'gauge',
      help: 'Age of the oldest open delivery, by status.',
      samples: by(({ oldestSeconds }) => Math.round(oldestSeconds)),
    },
  ];
}

function noticeMetrics({ unworked, oldestSeconds }: NoticeFigure): Metric[] {
  const gauge = (name: string, help: string, value: number): Metric => ({
    name: `aceite_lender_notices_${name}`,
    type: 'gauge',
    help,
    samples: [{ value }],
  });
  return [
    gauge('unworked', 'Notices of the lender that are still to be worked on.', unworked),
    gauge('unworked_oldest_seconds', 'Age of the oldest. Ten minutes deserve an alarm.', Math.round(oldestSeconds)),
  ];
}

function lenderMetrics({ alarms, breakers }: LenderWatchFigure): Metric[] {
  return [
    {
      name: 'aceite_delivery_alarms',
      type: 'gauge',
      help: 'Open deliveries that deserve a look, by what is wrong.',
      samples: alarms.map(({ alarm, howMany }) => ({ labels: `alarm="${alarm}"`, value: howMany })),
    },
    {
      name: 'aceite_lender_breakers_open',
      type: 'gauge',
      help: 'Hosts of lenders that are given a rest because half of the newest calls failed.',
      samples: [{ value: breakers.open }],
    },
    {
      name: 'aceite_lender_calls_failed_recently',
      type: 'gauge',
      help: 'Of the newest 20 calls to a host, how many failed; the worst host.',
      samples: [{ value: breakers.failedRecently }],
    },
  ];
}

function logMetrics({ waitingSeconds, mergeDelaySeconds, hasRefused }: LogFigure): Metric[] {
  const gauge = (name: string, help: string, value: number): Metric => ({
    name: `aceite_log_${name}`,
    type: 'gauge',
    help,
    samples: [{ value }],
  });
  return [
    gauge('waiting_seconds', 'Age of the oldest event that the log has not taken in.', Math.round(waitingSeconds)),
    gauge(
      'merge_delay_seconds',
      'Age of the oldest event that no signed checkpoint covers. Ten minutes deserve an alarm.',
      Math.round(mergeDelaySeconds),
    ),
    gauge('signer_refused', 'Whether the signer refuses the log that it finds. Deserves an alarm.', hasRefused ? 1 : 0),
  ];
}

function stampMetrics(stamps: readonly StampFigure[]): Metric[] {
  const by = (value: (figure: StampFigure) => number) =>
    stamps.map((figure) => ({ labels: `authority="${figure.authority}"`, value: value(figure) }));
  return [
    {
      name: 'aceite_time_stamps_pending',
      type: 'gauge',
      help: 'Checkpoints of the log that wait for their time stamp, by authority.',
      samples: by(({ pending }) => pending),
    },
    {
      name: 'aceite_time_stamp_oldest_seconds',
      type: 'gauge',
      help: 'How long the oldest of them has waited, by authority. An hour deserves an alarm.',
      samples: by(({ oldestSeconds }) => Math.round(oldestSeconds)),
    },
  ];
}

function drillMetrics(drill: DrillFigure | undefined): Metric[] {
  const gauge = (name: string, help: string, value: number | undefined): Metric => ({
    name: `aceite_drill_${name}`,
    type: 'gauge',
    help,
    samples: value === undefined ? [] : [{ value }],
  });
  return [
    gauge('checked', 'Dossiers that the last drill made and verified.', drill?.checked),
    gauge('failed', 'How many of them did not verify. One deserves an alarm.', drill?.failed),
    gauge('age_seconds', 'Since the last drill. Two days deserve an alarm.', drill && Math.round(drill.ageSeconds)),
  ];
}

function backupMetrics(backup: BackupFigure | undefined): Metric[] {
  const gauge = (name: string, help: string, value: number | undefined): Metric => ({
    name: `aceite_backup_${name}`,
    type: 'gauge',
    help,
    samples: value === undefined ? [] : [{ value }],
  });
  return [
    gauge(
      'age_seconds',
      'Since the last backup of this database; absent where there is none. Two days deserve an alarm, and so does its absence.',
      backup && Math.round(backup.ageSeconds),
    ),
    gauge(
      'log_entries_missing',
      'Entries of the log that it does not hold. Less than none deserves an alarm: the database went back.',
      backup && backup.logSizeNow - backup.logSize,
    ),
  ];
}

function processMetrics(): Metric[] {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const gauge = (name: string, help: string, value: number): Metric => ({
    name,
    type: 'gauge',
    help,
    samples: [{ value }],
  });
  return [
    gauge('process_resident_memory_bytes', 'Resident memory.', rss),
    gauge('nodejs_heap_used_bytes', 'JavaScript heap in use.', heapUsed),
    gauge('nodejs_eventloop_delay_p99_seconds', 'Event loop delay, 99th percentile.', loopDelay.percentile(99) / 1e9),
    gauge('process_uptime_seconds', 'Age of the process.', Math.round(process.uptime())),
    { ...gauge('process_cpu_seconds_total', 'CPU time used.', (user + system) / 1e6), type: 'counter' },
  ];
}

function written({ name, type, help, samples }: Metric): string {
  const lines = samples.map(({ labels, value }) => `${name}${labels ? `{${labels}}` : ''} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}
