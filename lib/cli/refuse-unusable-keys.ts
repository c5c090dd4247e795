import type { Config } from '#lib/config.ts';
import { readKeyFile } from '#lib/vault/key-file.ts';
import { CommandFailure } from './command.ts';

/** Says before anything starts what is wrong with the key file: a web process that finds out later says it among its stacks. */
export function refuseUnusableKeys({ keysFile }: Config): void {
  try {
    readKeyFile(keysFile);
  } catch (error) {
    throw new CommandFailure(error instanceof Error ? error.message : String(error));
  }
}
