import { expect, test } from 'vitest';
import { judgeDisk, judgeNode } from './place-checks.ts';

test.each([
  ['22.9.0', 'failed'],
  ['24.21.0', 'warning'],
  ['24.22.0', 'warning'],
  ['24.22.1', 'ok'],
  ['24.23.0', 'ok'],
  ['25.0.0', 'ok'],
])('Node %s is %s', (version, status) => {
  const finding = judgeNode(version);
  expect(finding.status).toBe(status);
  if (status === 'warning') expect(finding.sentence).toContain('CVE-2026-111497');
});

test.each([
  [0, 'failed'],
  [499_999_999, 'failed'],
  [500_000_000, 'warning'],
  [4_999_999_999, 'warning'],
  [5_000_000_000, 'ok'],
])('%i free bytes are %s', (free, status) => expect(judgeDisk(free).status).toBe(status));
