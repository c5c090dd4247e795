import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { LogLine } from './log-line.tsx';

describe.each(['pt-BR', 'en'] as const)('in %s the line about the public log', (language) => {
  const shown = (trouble: Parameters<typeof LogLine>[0]['trouble']) =>
    renderToStaticMarkup(<LogLine language={language} trouble={trouble} />);

  test('says for how long nothing was signed, that nothing is lost, and which processes to look at', () => {
    const line = shown({ code: 'late', minutes: 17 });
    expect(line).toContain('role="alert"');
    expect(line).toMatch(/17 minut/);
    expect(line).toMatch(/Nada do que foi assinado se perdeu|Nothing that was signed is lost/);
    expect(line).toContain('log-signer');
  });

  test.each(['log_rollback_detected', 'log_rewritten'] as const)('says since when and why: %s', (code) => {
    const line = shown({ code, since: '2026-11-20T17:04:09.000Z' });
    expect(line).toContain(code);
    expect(line).toContain('2026');
    expect(line).not.toMatch(/[{}]/);
    expect(line).toMatch(/backup/);
  });
});
