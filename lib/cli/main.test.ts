import { describe, expect, test } from 'vitest';
import { runCommandLine } from './main.ts';

async function call(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const io = {
    out: (text: string) => {
      said.out += `${text}\n`;
    },
    err: (text: string) => {
      said.err += `${text}\n`;
    },
  };
  return { code: await runCommandLine(argv, io), ...said };
}

describe('the command line', () => {
  test('no command at all shows the list and is a usage error', async () => {
    const { code, out } = await call();
    expect(code).toBe(2);
    expect(out).toContain('Usage: npm run aceite -- <command>');
  });

  test('the list names every command with its summary, each of which loads', async () => {
    const { code, out } = await call('--help');
    expect(code).toBe(0);
    expect(out).toContain('  serve');
    expect(out).not.toContain('not part of this build');
  });

  test.each(['nonsense', 'constructor', '__proto__'])(
    'an unknown command (%s) names those that there are',
    async (name) => {
      const { code, err } = await call(name);
      expect(code).toBe(2);
      expect(err).toContain('The commands are: start, dev, serve');
    },
  );

  test.each(['start', 'dev', 'serve', 'worker', 'lender', 'migrate', 'check'])(
    '%s --help explains it',
    async (name) => {
      const { code, out } = await call(name, '--help');
      expect(code).toBe(0);
      expect(out).toMatch(/^Usage: npm /);
    },
  );

  test('a wrong option shows the usage and is a usage error', async () => {
    const { code, err } = await call('check', '--nonsense');
    expect(code).toBe(2);
    expect(err).toContain("Unknown option '--nonsense'");
    expect(err).toContain('Usage: npm run check');
  });

  test('a refusal is one paragraph without a stack', async () => {
    const { code, out, err } = await call('check', '--only', 'nonsense');
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toBe('There is no step "nonsense". Steps: lint, types, tidy, unit, build, browser, trials.\n');
  });
});
