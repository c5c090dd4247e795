import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sandboxNow, tellSandboxClock } from './sandbox-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'aceite-sandbox-clock-'));
afterAll(() => rmSync(folder, { recursive: true }));
const dayMs = 86_400_000;
const daysAhead = () => Math.abs(Math.round((sandboxNow(folder).getTime() - Date.now()) / dayMs));

test('who is told nothing has the time of the machine, and who is told has the sandbox’s', () => {
  expect(daysAhead()).toBe(0);
  tellSandboxClock(folder, new Date(Date.now() + 400 * dayMs));
  expect(daysAhead()).toBe(400);
  tellSandboxClock(folder, new Date(Date.now() + 401 * dayMs));
  expect(daysAhead()).toBe(401);
});

test('a file that says nothing sensible is as good as none', () => {
  writeFileSync(join(folder, 'sandbox-clock.json'), '{"offsetMs":"tomorrow"}');
  expect(daysAhead()).toBe(0);
});
