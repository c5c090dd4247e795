import { type Config, loadConfig } from '#lib/config.ts';
import { type Program, setProgram } from '#lib/program.ts';
import { listenToRequests } from './request-store.ts';
import { countAnswer } from './traffic.ts';

/**
 * Makes this process answer requests: settings, the wired program, then the hook that sees each request before Next does. Settings that
 * are wrong end the process here, with the list; the commands have shown it before.
 */
export async function startListening(compose: (config: Config) => Promise<Program>): Promise<void> {
  const loaded = loadConfig();
  if (!loaded.ok) throw new Error(`the settings are not usable:\n${loaded.problems.join('\n')}`);
  const program = await compose(loaded.config);
  setProgram(program);
  listenToRequests({
    isProduction: loaded.config.mode === 'production',
    isHot: loaded.config.webNodeEnv === 'development',
    clientPortHeader: loaded.config.clientPortHeader,
    onAnswer: (answer) => {
      countAnswer(answer);
      program.log.info(answer, 'answered');
    },
  });
}
