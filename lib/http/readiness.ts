import { program, type Readiness } from '#lib/program.ts';

/** What is ready and what is not, by name. The development server builds as it goes, so its build always is. */
export async function readiness(): Promise<{ isReady: boolean; notReady: (keyof Readiness)[] } & Readiness> {
  const { isReady, config } = program();
  const found = await isReady();
  const parts = { ...found, build: found.build || config.webNodeEnv === 'development' };
  const names = ['database', 'migrations', 'build'] as const;
  const notReady = names.filter((name) => !parts[name]);
  return { isReady: notReady.length === 0, notReady, ...parts };
}
