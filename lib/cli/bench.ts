import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { measureAcceptances } from './bench/acceptances.ts';
import { startBenchCluster } from './bench/bench-cluster.ts';
import { measureDelivery } from './bench/delivery.ts';
import { measureEvidence } from './bench/evidence.ts';
import { type Figure, figureTable, verdictOf } from './bench/figure.ts';
import { measureLists } from './bench/lists.ts';
import { fullScale, quickScale, type Scale } from './bench/scale.ts';
import { measureWeb } from './bench/web.ts';
import { buildIfStale } from './build.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';

const parts = {
  acceptances: measureAcceptances,
  web: measureWeb,
  lists: measureLists,
  evidence: measureEvidence,
  delivery: measureDelivery,
};
type Part = keyof typeof parts;
/** Those that start a web process. */
const partsWithPages: readonly Part[] = ['web', 'lists'];

export const command: Command = {
  name: 'bench',
  summary: 'measures acceptances, pages, lists, evidence, delivery and memory beside their goals',
  usage: `Usage: npm run aceite -- bench [options]

Measures this machine with a Postgres and web processes of its own, in temporary folders: nobody's data are read. Takes about
ten minutes. Acceptances stand beside the same statements and round trips in pgbench on the same database, in turn with them;
without pgbench 14 or newer that ceiling is "not measured". Every figure is the median of its rounds, with the least and the
most in parentheses: where they lie far apart, something else was using the machine.

  --only <part>      acceptances, web, lists, evidence or delivery; may be given several times
  --clients <n>      acceptances at once; at first ${fullScale.clients}
  --seconds <n>      about how long a round of acceptances takes; at first ${fullScale.seconds}
  --sessions <n>     in the large list; at first ${fullScale.manySessions}, which needs 3 GB of disk and a minute
  --backlog <n>      deliveries that wait for a worker; at first ${fullScale.backlog}
  --quick            a moment of everything: shows that it runs; the figures mean nothing
  --assert           end with 1 when a goal was missed or could not be measured
  --json             print JSON

Example: npm run aceite -- bench --only lists --sessions 200000
`,
  run: runBench,
};

const options = {
  only: { type: 'string', multiple: true },
  clients: { type: 'string' },
  seconds: { type: 'string' },
  sessions: { type: 'string' },
  backlog: { type: 'string' },
  quick: { type: 'boolean', default: false },
  assert: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

async function runBench(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options });
  const chosen = (values.only ?? Object.keys(parts)).map(partNamed);
  const usual = values.quick ? quickScale : fullScale;
  const scale: Scale = {
    ...usual,
    clients: wholeNumber('clients', values.clients) ?? usual.clients,
    seconds: wholeNumber('seconds', values.seconds) ?? usual.seconds,
    manySessions: wholeNumber('sessions', values.sessions) ?? usual.manySessions,
    backlog: wholeNumber('backlog', values.backlog) ?? usual.backlog,
  };
  // A person need not wait for the last part to read the first.
  const figures = await measure(chosen, scale, io, (done) => void (values.json || io.out(`${figureTable(done)}\n`)));
  if (values.json) io.out(JSON.stringify(asJson(figures), null, 2));
  const isReached = figures.every((figure) => !figure.goal || verdictOf(figure) === 'reached');
  return values.assert && !isReached ? exitCodes.failed : exitCodes.ok;
}

async function measure(
  chosen: Part[],
  scale: Scale,
  io: CommandIo,
  onPart: (figures: Figure[]) => void,
): Promise<Figure[]> {
  if (chosen.some((part) => partsWithPages.includes(part))) await buildIfStale({ onProgress: io.err });
  const cluster = await startBenchCluster(io.err);
  const interrupt = () => void cluster.end().finally(() => process.exit(exitCodes.failed));
  const signals = ['SIGINT', 'SIGTERM'] as const;
  // Postgres runs detached and would outlive us; the web processes hear when we are gone.
  for (const signal of signals) process.once(signal, interrupt);
  try {
    const figures: Figure[] = [];
    for (const part of chosen) {
      const measured = await parts[part](cluster, scale, io.err);
      figures.push(...measured);
      onPart(measured);
    }
    return figures;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
    await cluster.end();
  }
}

function asJson(figures: Figure[]) {
  return {
    machine: { processors: availableParallelism(), node: process.version },
    figures: figures.map((figure) => ({ ...figure, verdict: verdictOf(figure) })),
  };
}

function partNamed(name: string): Part {
  if (Object.hasOwn(parts, name)) return name as Part;
  throw new CommandFailure(
    `--only knows no "${name}"; the parts are ${Object.keys(parts).join(', ')}.`,
    exitCodes.usage,
  );
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new CommandFailure(`--${option} wants a whole number from 1 to 9999999.`, exitCodes.usage);
}
