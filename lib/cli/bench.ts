import { parseArgs } from 'node:util';
import { measureAcceptances } from './bench/acceptances.ts';
import { startBenchCluster } from './bench/bench-cluster.ts';
import { figureTable } from './bench/figure.ts';
import { type Command, type CommandIo, exitCodes } from './command.ts';

export const command: Command = {
  name: 'bench',
  summary: 'measures acceptances, pages, lists and memory beside their goals',
  usage: `Usage: npm run aceite -- bench [options]
`,
  run: runBench,
};

async function runBench(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean', default: false },
      clients: { type: 'string', default: '16' },
      seconds: { type: 'string', default: '5' },
    },
  });
  const cluster = await startBenchCluster(io.err);
  try {
    const figures = await measureAcceptances(cluster, {
      clients: Number(values.clients),
      seconds: Number(values.seconds),
      onProgress: io.err,
    });
    io.out(figureTable(figures));
  } finally {
    await cluster.end();
  }
  return exitCodes.ok;
}
