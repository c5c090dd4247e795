import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, realpath, rename, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { shutDown } from './embedded-postmaster.ts';
import { EmbeddedRefusal } from './embedded-refusal.ts';
import type { RunAs } from './embedded-user.ts';

export type Purpose = 'portal' | 'test';

/** Where a cluster lies and how to get into it. */
export type Place = {
  /** The data folder, with symbolic links resolved. */
  dataDir: string;
  /** Holds the cluster (`data`) and its log. */
  folder: string;
  data: string;
  log: string;
  runAs: RunAs | undefined;
  /** Where the server listened last. */
  port: number | undefined;
  passwords: { admin: string; owner: string; login: string };
  /** True when the roles and the database have been made. */
  isFurnished: boolean;
};

/** The clusters of portals that root runs: a data folder below /root could not be reached by the unprivileged user. */
export const rootFolder = '/var/lib/aceite';

export const placeFileName = 'postgres.json';

/** `folder` is relative when it lies in the data folder, so that a moved or copied one takes its cluster along. */
const placeFile = z.object({
  dataDir: z.string(),
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
  const real = await realpath(dataDir);
  const kept = await readPlaceFile(real);
  const folder = kept && resolve(real, kept.folder);
  if (kept && folder !== undefined && !(await belongsToAnother(real, kept.dataDir, folder))) {
    const owner = runAs && (await ownerOf(folder, runAs));
    return { ...kept, ...pathsIn(folder), dataDir: real, port: kept.port, runAs: owner };
  }
  return newPlace(real, purpose, runAs, onProgress);
}

/** Where the cluster of an earlier start lies; undefined before the first. Makes nothing. */
export async function keptFolder(dataDir: string): Promise<string | undefined> {
  const real = await realpath(dataDir);
  const kept = await readPlaceFile(real);
  return kept && resolve(real, kept.folder);
}

/** Writes what the next start has to know; whole or not at all, since it holds the only copy of the passwords. */
export async function savePlace({ dataDir, folder, port, passwords, isFurnished }: Place): Promise<void> {
  const path = join(dataDir, placeFileName);
  const written = relative(dataDir, folder).startsWith('..') ? folder : relative(dataDir, folder);
  const content = { dataDir, folder: written, port, passwords, isFurnished };
  const draft = await open(`${path}.new`, 'w', 0o600);
  try {
    await draft.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await draft.sync();
  } finally {
    await draft.close();
  }
  await rename(`${path}.new`, path);
}

async function readPlaceFile(dataDir: string): Promise<z.output<typeof placeFile> | undefined> {
  const path = join(dataDir, placeFileName);
  try {
    return placeFile.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if ('syscall' in (error as NodeJS.ErrnoException)) throw error;
    throw new EmbeddedRefusal(
      'place_damaged',
      `${path} is damaged. It says where the database lies and holds its passwords: put it back from a backup, or delete it to begin with an empty database.`,
    );
  }
}

/** Two checkouts never share a cluster: a copied data folder leaves one that lies elsewhere to the original. */
async function belongsToAnother(dataDir: string, writtenIn: string, folder: string): Promise<boolean> {
  const isInside = !relative(dataDir, folder).startsWith('..');
  return !isInside && writtenIn !== dataDir && (await isThere(join(writtenIn, placeFileName)));
}

async function newPlace(
  dataDir: string,
  purpose: Purpose,
  runAs: RunAs | undefined,
  onProgress: (message: string) => void,
): Promise<Place> {
  const folder = await newFolder(dataDir, purpose, runAs);
  if (await isThere(folder))
    onProgress(`an earlier cluster without its passwords was moved to ${await setAside(folder)}`);
  await mkdir(folder, { mode: 0o700 });
  if (runAs) await chown(folder, runAs.uid, runAs.gid);
  const passwords = { admin: newPassword(), owner: newPassword(), login: newPassword() };
  const place = { dataDir, ...pathsIn(folder), runAs, port: undefined, passwords, isFurnished: false };
  await savePlace(place);
  return place;
}

function pathsIn(folder: string) {
  return { folder, data: join(folder, 'data'), log: join(folder, 'postgres.log') };
}

function newPassword(): string {
  return randomBytes(32).toString('hex');
}

async function newFolder(dataDir: string, purpose: Purpose, runAs: RunAs | undefined): Promise<string> {
  if (!runAs) return join(dataDir, 'postgres');
  if (purpose === 'test') {
    // A temporary folder, which the unprivileged user may pass through but not look into.
    await chmod(dataDir, 0o711);
    return join(dataDir, 'postgres');
  }
  await mkdir(rootFolder, { recursive: true });
  await chmod(rootFolder, 0o755);
  return join(rootFolder, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
}

/** A cluster keeps its user, whoever starts it next. */
async function ownerOf(folder: string, fallback: RunAs): Promise<RunAs> {
  const found = await stat(folder).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : fallback;
}

/** A server may still run in it, when somebody deleted the data folder under its feet. */
async function setAside(folder: string): Promise<string> {
  await shutDown(join(folder, 'data'));
  let number = 1;
  while (await isThere(`${folder}.old-${number}`)) number += 1;
  await rename(folder, `${folder}.old-${number}`);
  return `${folder}.old-${number}`;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
