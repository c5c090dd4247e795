import { runCommandLine } from '#lib/cli/main.ts';

export type CommandOutcome = { code: number; out: string; err: string };

/** Runs one `aceite` command in this process, with the settings that the test has put into the environment. */
export async function aceite(...argv: string[]): Promise<CommandOutcome> {
  const said = { out: [] as string[], err: [] as string[] };
  const io = { out: (text: string) => said.out.push(text), err: (text: string) => said.err.push(text) };
  const code = await runCommandLine(argv, io);
  return { code, out: said.out.join('\n'), err: said.err.join('\n') };
}

/** As `aceite … --json`, parsed; throws with what was said when the command did not succeed. */
export async function aceiteJson(...argv: string[]): Promise<Record<string, unknown>> {
  const outcome = await aceite(...argv, '--json');
  if (outcome.code !== 0) throw new Error(`aceite ${argv.join(' ')} ended with ${outcome.code}: ${outcome.err}`);
  return JSON.parse(outcome.out);
}
