import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** For a machine that has other work too. */
const manyMs = 120_000;

test(
  'every version of the sample certificate is drawn into the folder that the caller names',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'aceite-pictures-'));
    try {
      const { status, stderr } = spawnSync(process.execPath, ['lib/testing/certificate-pictures.ts', folder, 'sv']);
      expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: '' });
      const drawn = readdirSync(folder).map((file) => file.replace(/-\d+\.png$/, ''));
      expect([...new Set(drawn)].sort()).toEqual(['sv-court', 'sv-document', 'sv-shared', 'sv-shared-interim']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  manyMs,
);
