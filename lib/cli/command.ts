/**
 * What every `aceite` command is made of. A command lives in `lib/cli/<name>.ts`, exports `command`, and stands in the
 * table of `main.ts`, which loads it only when it is asked for.
 */
export type Command = {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** Everything that `--help` prints: the forms of the call, the options with their units and defaults, an example. */
  usage: string;
  /**
   * Does the work and answers one of `exitCodes`. Arguments are those after the command's name. Throws `CommandFailure` for
   * what a person can mend; `node:util` parseArgs errors are shown with the usage; anything else counts as a bug.
   */
  run(args: string[], io: CommandIo): Promise<number>;
};

/** Where a command speaks, one line (or block of lines) per call; results on `out`, progress and complaints on `err`. */
export type CommandIo = {
  out(text: string): void;
  err(text: string): void;
};

/** `found` tells a check that was done, and found something wrong, from one that could not be done. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, found: 10 } as const;

/** Ends a command with one readable paragraph: what is wrong, and what to do about it. No stack is shown for it. */
export class CommandFailure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = exitCodes.failed) {
    super(message);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
  }
}
