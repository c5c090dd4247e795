import { CommandFailure, type CommandIo, exitCodes } from './command.ts';

/** Runs the part of a command that its first argument names, with the arguments after it. */
export function runSubcommand(
  command: string,
  parts: Record<string, (args: string[], io: CommandIo) => Promise<number>>,
  [name, ...args]: string[],
  io: CommandIo,
): Promise<number> {
  const run = name !== undefined && Object.hasOwn(parts, name) ? parts[name] : undefined;
  if (run) return run(args, io);
  const known = Object.keys(parts).join(', ');
  const what = name === undefined ? `${command} needs one of` : `There is no "${command} ${name}"; there are`;
  throw new CommandFailure(`${what}: ${known}. "${command} --help" explains them.`, exitCodes.usage);
}
