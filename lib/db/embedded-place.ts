import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { shutDown } from './embedded-postmaster.ts';
import type { RunAs } from './embedded-user.ts';

export type Purpose = 'portal' | 'test';

/** Where a cluster lies and how to get into it. */
export type Place = {
  /** The file in the data folder that says so, readable for its owner only. */
  file: string;
  /** Holds the cluster (`data`) and its log. */
  folder: string;
  data: string;
  log: string;
  runAs: RunAs | undefined;
  port: number | undefined;
  passwords: { admin: string; owner: string; login: string };
  /** True when the roles and the database have been made. */
  isFurnished: boolean;
};

/** The cluster of a portal that root runs: a data folder below /root could not be reached by the unprivileged user. */
export const rootFolder = '/var/lib/aceite';

const fileName = 'postgres.json';

const placeFile = z.object({
  folder: z.string(),
  port: z.int().optional(),
  passwords: z.object({ admin: z.string(), owner: z.string(), login: z.string() }),
  isFurnished: z.boolean(),
});

/** The place of an earlier start, or a new one. A cluster that has lost its data folder is set aside, never deleted. */
export async function findPlace(
  dataDir: string,
  purpose: Purpose,
  runAs: RunAs | undefined,
  onProgress: (message: string) => void,
): Promise<Place> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, fileName);
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) {
    const kept = placeFile.parse(JSON.parse(known));
    return {
      ...pathsIn(kept.folder),
      ...kept,
      port: kept.port,
      file,
      runAs: runAs && (await ownerOf(kept.folder, runAs)),
    };
  }
  const folder = await newFolder(dataDir, purpose, runAs);
  if (await setAside(folder)) onProgress(`an earlier cluster without its passwords lay in ${folder}; it was renamed`);
  await mkdir(folder, { mode: 0o700 });
  if (runAs) await chown(folder, runAs.uid, runAs.gid);
  const passwords = { admin: newPassword(), owner: newPassword(), login: newPassword() };
  const place = { ...pathsIn(folder), file, runAs, port: undefined, passwords, isFurnished: false };
  await savePlace(place);
  return place;
}

/** Writes what the next start has to know; whole or not at all. */
export async function savePlace({ file, folder, port, passwords, isFurnished }: Place): Promise<void> {
  const draft = `${file}.new`;
  await writeFile(draft, `${JSON.stringify({ folder, port, passwords, isFurnished }, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

function pathsIn(folder: string) {
  return { folder, data: join(folder, 'data'), log: join(folder, 'postgres.log') };
}

function newPassword(): string {
  return randomBytes(32).toString('hex');
}

async function newFolder(dataDir: string, purpose: Purpose, runAs: RunAs | undefined): Promise<string> {
  const real = await realpath(dataDir);
  if (!runAs) return join(real, 'postgres');
  if (purpose === 'test') {
    // A temporary folder, which the unprivileged user may pass through but not look into.
    await chmod(real, 0o711);
    return join(real, 'postgres');
  }
  await mkdir(rootFolder, { recursive: true, mode: 0o755 });
  await chmod(rootFolder, 0o755);
  return join(rootFolder, createHash('sha256').update(real).digest('hex').slice(0, 16));
}

/** A cluster keeps its user, whoever starts it next. */
async function ownerOf(folder: string, fallback: RunAs): Promise<RunAs> {
  const found = await stat(folder).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : fallback;
}

/** A server may still run in it, when somebody deleted the data folder under its feet. */
async function setAside(folder: string): Promise<boolean> {
  await shutDown(join(folder, 'data'));
  for (let number = 1; ; number += 1) {
    const target = `${folder}.old-${number}`;
    if (await stat(target).catch(() => undefined)) continue;
    return rename(folder, target).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false;
        throw error;
      },
    );
  }
}
