import { parseArgs } from 'node:util';
import type { Program } from '#lib/program.ts';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';
import { parseDuration } from './duration.ts';
import { readConfig } from './read-config.ts';
import { tellSandboxClock } from './sandbox-clock.ts';
import { runSubcommand } from './subcommand.ts';
import { withProgram } from './with-program.ts';

export const command: Command = {
  name: 'clock',
  summary: "set the sandbox's clock forward, to see what time does to sessions (sandbox mode only)",
  usage: `Usage: npm run aceite -- clock advance <duration>

Sets the portal's clock forward: sessions expire, retries fall due, links lapse. Everything in this sandbox sees the new time at
once, and it never goes back.

  <duration>   a whole number of seconds, minutes, hours or days: 90s, 15m, 2h, 3d; at most ten years
  --json       print JSON

Example: npm run aceite -- clock advance 7d
`,
  run: async (args, io) => runSubcommand('clock', { advance }, args, io),
};

/** A clock that never goes back should not be lost to a slip of the finger. */
const mostMs = 3_653 * 86_400_000;

async function advance(args: string[], io: CommandIo): Promise<number> {
  const options = { json: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [duration = '', ...others] = positionals;
  const milliseconds = others.length === 0 ? parseDuration(duration, mostMs) : undefined;
  if (milliseconds === undefined)
    throw new CommandFailure('Give one duration, such as 90s, 15m, 2h or 3d, of at most ten years.', exitCodes.usage);
  const config = readConfig();
  if (config.mode !== 'sandbox')
    throw new CommandFailure('The clock of a portal in production mode cannot be moved. Nothing was done.');
  return withProgram(config, io, async (program) => {
    const moved = await moveClock(program, milliseconds);
    tellSandboxClock(config.dataDir, moved);
    const now = moved.toISOString();
    io.out(values.json ? JSON.stringify({ now }) : `The portal's clock now says ${now}.`);
    return exitCodes.ok;
  });
}

const move = { name: 'move_clock', text: 'SELECT aceite_move_clock($1) AS now' };

/** Sets the sandbox's clock forward and gives its new time. */
export async function moveClock({ db }: Program, milliseconds: number): Promise<Date> {
  const [row] = await db.door<{ now: Date }>(move, [milliseconds]);
  if (!row) throw new Error('the clock did not answer');
  return row.now;
}

const read = { name: 'read_clock', text: 'SELECT aceite_now() AS now' };

/** The portal's time, by which every deadline is decided; in a sandbox it may be far ahead of this machine's. */
export async function readClock({ db }: Program): Promise<Date> {
  const [row] = await db.door<{ now: Date }>(read, []);
  if (!row) throw new Error('the clock did not answer');
  return row.now;
}
