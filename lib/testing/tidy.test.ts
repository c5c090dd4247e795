import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readRepository } from './tidy/repository.ts';
import { describeFinding } from './tidy/rule.ts';
import { rules } from './tidy/rules.ts';

const repository = readRepository(fileURLToPath(new URL('../../', import.meta.url)));

describe('the repository', () => {
  test.each(rules)('$promise', ({ check }) => {
    expect(check(repository).map(describeFinding).join('\n')).toBe('');
  });
});
