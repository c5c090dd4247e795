import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxFile } from '#lib/testing/running-portal.ts';

export type PortalInfo = SandboxFile & { dataDir: string };

/** Test workers are processes of their own: what the setup started is told to them by a file named after the run. */
const file = join(tmpdir(), `aceite-e2e-${process.ppid}.json`);
const ownFile = join(tmpdir(), `aceite-e2e-${process.pid}.json`);

export const portalInfo = {
  write: (info: PortalInfo) => writeFileSync(ownFile, JSON.stringify(info), { mode: 0o600 }),
  remove: () => rmSync(ownFile, { force: true }),
  read: (): PortalInfo => JSON.parse(readFileSync(file, 'utf8')),
};
