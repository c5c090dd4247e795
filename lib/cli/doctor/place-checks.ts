import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { composeLogKeys, composePdfSeal, knownWitness } from '#lib/compose.ts';
import type { Config } from '#lib/config.ts';
import { keptFolder } from '#lib/db/embedded-place.ts';
import { settings as settingWords } from '#lib/domain/settings.ts';
import { formatByteSize } from '#lib/format/byte-size.ts';
import { type Check, failed, notChecked, ok, warning, withSettings } from './check.ts';

/** The first 24 without CVE-2026-111497; `boot.mjs`, which can import nothing, has it too. */
const safeNode = [24, 22, 1] as const;
/** Enough for Postgres' log of writes and a day of signing; below the second it stops within hours. */
const freeBytes = { enough: 5e9, least: 5e8 };
/** What lets anybody else into a folder or file. */
const othersMask = 0o077;

export const placeChecks: readonly Check[] = [
  {
    id: 'settings',
    title: 'Settings',
    run: ({ settings }) => {
      const problems = settings.ok ? unusable(settings.config) : settings.problems;
      if (settings.ok && problems.length === 0)
        return ok(`The settings allow a start in ${settings.config.mode} mode.`);
      return failed(`The settings do not allow a start: ${countOf(problems)}.`, ...problems);
    },
  },
  { id: 'node', title: 'Node.js', run: () => judgeNode(process.versions.node) },
  { id: 'data-folder', title: 'Data folder', run: withSettings(({ dataDir }) => judgeFolder(dataDir)) },
  {
    id: 'disk',
    title: 'Free disk',
    run: withSettings(async ({ dataDir, databaseUrl }) => {
      if (!existsSync(dataDir)) return noFolder(dataDir);
      // As root the embedded cluster lies elsewhere, perhaps on another disk.
      const cluster = databaseUrl === undefined ? await keptFolder(dataDir) : undefined;
      const folders = [dataDir, ...(cluster !== undefined && existsSync(cluster) ? [cluster] : [])];
      return judgeDisk(Math.min(...(await Promise.all(folders.map(freeBytesAt)))));
    }),
  },
];

/** What only shows when the parts of the program are made of the settings, which no check of its own does. */
function unusable(config: Config): string[] {
  const parts = [
    () => composeLogKeys(config),
    ...config.witnesses.map((witness) => () => knownWitness(witness)),
    () => composePdfSeal(config, undefined),
  ];
  const faults = parts.flatMap((make) => {
    try {
      make();
      return [];
    } catch (error) {
      return [`${error instanceof Error ? error.message : String(error)}. Copy it again, whole.`];
    }
  });
  const { mode, logKeyFile } = config;
  if (mode === 'sandbox' || logKeyFile === undefined || existsSync(logKeyFile)) return faults;
  return [...faults, `ACEITE_LOG_KEY_FILE names a file that is not there. ${settingWords.ACEITE_LOG_KEY_FILE}`];
}

async function freeBytesAt(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

const countOf = ({ length }: string[]): string => (length === 1 ? 'one is wrong' : `${length} are wrong`);

export function judgeNode(version: string) {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const [safeMajor, safeMinor, safePatch] = safeNode;
  if (major < safeMajor)
    return failed(
      `This is Node ${version}, which cannot run the portal.`,
      `Install Node ${safeNode.join('.')} or later; npm run does it by itself.`,
    );
  const isFaulty = major === safeMajor && (minor < safeMinor || (minor === safeMinor && patch < safePatch));
  if (!isFaulty) return ok(`This is Node ${version}.`);
  return warning(
    `Node ${version} has the fault CVE-2026-111497. The portal decodes no compressed body in either direction, so nobody reaches it from outside.`,
    `Node comes with Aceite's own packages: a later Aceite brings ${safeNode.join('.')} or newer. Until then there is nothing to do.`,
  );
}

const noFolder = (dataDir: string) =>
  notChecked(`There is no data folder ${dataDir} yet.`, 'Start the portal once, or set ACEITE_DATA_DIR to its folder.');

function judgeFolder(dataDir: string) {
  if (!existsSync(dataDir)) return noFolder(dataDir);
  const found = statSync(dataDir);
  if (!found.isDirectory()) return failed(`${dataDir} is no folder.`, 'Set ACEITE_DATA_DIR to a folder.');
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return failed(`This user may not read and write ${dataDir}.`, `Give the folder to the portal's user: chown.`);
  }
  if ((found.mode & othersMask) === 0) return ok(`Only its owner can open ${dataDir}.`);
  return warning(
    `Others than its owner can look into ${dataDir}, where keys may lie (mode ${modeOf(found)}).`,
    `Run: chmod 700 ${dataDir}`,
  );
}

const modeOf = ({ mode }: { mode: number }): string => (mode & 0o777).toString(8).padStart(4, '0');

export function judgeDisk(free: number) {
  const size = formatByteSize(free, 'en').replace('\u00a0', ' ');
  const mend = 'Free some space on the disk of ACEITE_DATA_DIR and of the embedded database.';
  if (free < freeBytes.least) return failed(`The disk of the portal's data has only ${size} left.`, mend);
  if (free < freeBytes.enough) return warning(`The disk of the portal's data has only ${size} left.`, mend);
  return ok(`The disk of the portal's data has ${size} left.`);
}

/** A secret's file: whoever else can open it has the secret. Undefined when only its owner can. */
export function looseMode(file: string): { mode: string; isOpenToAll: boolean } | undefined {
  const found = statSync(file);
  if ((found.mode & othersMask) === 0) return undefined;
  return { mode: modeOf(found), isOpenToAll: (found.mode & 0o007) !== 0 };
}
