import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { testBuildId, testSoftware } from '#lib/testing/software.ts';
import { introducer } from './introduce.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

test('the log is told which build runs and what it was made of, once', async () => {
  await introducer(portal.ctx)();
  await introducer(portal.ctx)();
  expect(await releases()).toEqual([{ build: testBuildId, ...testSoftware }]);
});

test('a development server has no build, and says so', async () => {
  await introducer({ ...portal.ctx, buildId: 'development', software: { missing: 'development_server' } })();
  expect(await releases()).toContainEqual({ build: 'development', missing: 'development_server' });
});

async function releases(): Promise<unknown[]> {
  const rows = await portal.asOwner<{ content: string }>(
    `SELECT content FROM log_statements WHERE kind = 'release' ORDER BY id`,
  );
  return rows.map(({ content }) => JSON.parse(content));
}
