import { type Config, loadConfig } from '#lib/config.ts';
import { CommandFailure } from './command.ts';
import { describeProblems } from './problems.ts';

/** The settings, or a failure that lists everything that is wrong with them. */
export function readConfig(): Config {
  const loaded = loadConfig();
  if (loaded.ok) return loaded.config;
  throw new CommandFailure(describeProblems(loaded.problems));
}
