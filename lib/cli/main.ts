import { pathToFileURL } from 'node:url';
import { type Command, CommandFailure, type CommandIo, exitCodes } from './command.ts';

/**
 * Every command, loaded only when asked for: starting must not pay for the benchmark, and a broken command must not break
 * the others. The order is that of the overall help: running, then administration, then development.
 */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  start: () => import('./start.ts'),
  dev: () => import('./dev.ts'),
  serve: () => import('./serve.ts'),
  worker: () => import('./worker.ts'),
  'log-signer': () => import('./log-signer.ts'),
  lender: () => import('./lender.ts'),
  witness: () => import('./witness.ts'),
  migrate: () => import('./migrate.ts'),
  link: () => import('./link.ts'),
  workspace: () => import('./workspace.ts'),
  'api-key': () => import('./api-key.ts'),
  webhook: () => import('./webhook.ts'),
  staff: () => import('./staff.ts'),
  keys: () => import('./keys.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  trust: () => import('./trust.ts'),
  keeping: () => import('./keeping.ts'),
  accesses: () => import('./accesses.ts'),
  verify: () => import('./verify.ts'),
  drill: () => import('./drill.ts'),
  doctor: () => import('./doctor.ts'),
  audit: () => import('./audit.ts'),
  listen: () => import('./listen.ts'),
  openapi: () => import('./openapi.ts'),
  bench: () => import('./bench.ts'),
  clock: () => import('./clock.ts'),
  test: () => import('./check.ts'),
  check: () => import('./check.ts'),
};

/** Runs one call of `aceite`: finds the command, answers `--help`, turns errors into a paragraph. Gives the exit code. */
export async function runCommandLine(argv: string[], io: CommandIo): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || asksForHelp([name]) || name === 'help') {
    io.out(await overallHelp());
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    io.err(`There is no command "${name}". The commands are: ${Object.keys(commands).join(', ')}.`);
    return exitCodes.usage;
  }
  let command: Command | undefined;
  try {
    command = (await load()).command;
    if (asksForHelp(args)) {
      io.out(command.usage.trimEnd());
      return exitCodes.ok;
    }
    return await command.run(args, io);
  } catch (error) {
    return await explain(error, name, command, io);
  }
}

/** What follows a bare `--` belongs to the command. */
function asksForHelp(args: string[]): boolean {
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  return own.includes('--help') || own.includes('-h');
}

async function overallHelp(): Promise<string> {
  const names = Object.keys(commands);
  const loaded = await Promise.allSettled(Object.values(commands).map((load) => load()));
  const width = Math.max(...names.map((name) => name.length));
  const lines = loaded.map((result, index) => {
    const summary = result.status === 'fulfilled' ? result.value.command.summary : 'not part of this build';
    return `  ${(names[index] ?? '').padEnd(width)}  ${summary}`;
  });
  return ['Usage: npm run aceite -- <command> [options]', '', ...lines, '', '<command> --help explains each.'].join(
    '\n',
  );
}

/** One paragraph on `err`; the stack only for those who asked to debug. */
async function explain(error: unknown, name: string, command: Command | undefined, io: CommandIo): Promise<number> {
  if (!command && isMissingModule(error, name)) {
    io.err(`The command "${name}" is not part of this build. --help lists those that are.`);
    return exitCodes.usage;
  }
  const debugging = await isDebugging();
  if (debugging && error instanceof Error && error.stack) io.err(error.stack);
  if (error instanceof CommandFailure) {
    if (!debugging) io.err(error.message);
    return error.exitCode;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (isArgumentError(error)) {
    io.err(`${message}\n\n${command?.usage.trimEnd() ?? ''}`);
    return exitCodes.usage;
  }
  if (['ENOSPC', 'EDQUOT'].includes(String(codeOf(error)))) {
    io.err(`The disk is full (${message}). Free some space and run the same command again; nothing is lost.`);
    return exitCodes.failed;
  }
  if (!debugging) io.err(`"${name}" failed: ${message}\nSet LOG_LEVEL=debug to see where.`);
  return exitCodes.failed;
}

function isMissingModule(error: unknown, name: string): boolean {
  const file = name === 'test' ? 'check' : name;
  return codeOf(error) === 'ERR_MODULE_NOT_FOUND' && String(error).includes(`/cli/${file}.ts'`);
}

function isArgumentError(error: unknown): boolean {
  return String(codeOf(error)).startsWith('ERR_PARSE_ARGS_');
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Configuration is loaded only after something failed; when it is what failed, its own message is enough. */
async function isDebugging(): Promise<boolean> {
  try {
    const { loadConfig } = await import('#lib/config.ts');
    const loaded = loadConfig();
    return loaded.ok && loaded.config.logLevel === 'debug';
  } catch {
    return false;
  }
}

/** A child that has lost its parent must not go on holding a port: it ends as if the parent had asked it to. */
function endWithParent(): void {
  if (!process.send) return;
  const end = () => process.kill(process.pid, 'SIGTERM');
  if (!process.connected) end();
  process.once('disconnect', end);
  // Listening alone must not keep a command running that has done its work.
  process.channel?.unref();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  endWithParent();
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    out: (text) => console.log(text),
    err: (text) => console.error(text),
  });
}
