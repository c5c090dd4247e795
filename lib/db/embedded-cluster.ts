import { execFile } from 'node:child_process';
import { chmod, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Binaries } from './embedded-binaries.ts';
import { type Place, type Purpose, placeFileName } from './embedded-place.ts';
import { complainsOfFullDisk, diskFull, EmbeddedRefusal, notAllowed } from './embedded-refusal.ts';
import { lastLines, serverEnvironment } from './embedded-server.ts';

export const clusterNames = { admin: 'postgres', owner: 'aceite_owner', login: 'aceite_login', database: 'aceite' };

/** Makes the files of an empty cluster when there are none; half a cluster never gets the name `data`. */
export async function ensureCluster(place: Place, binaries: Binaries, purpose: Purpose): Promise<void> {
  if (await stat(place.data).catch(() => undefined)) {
    // A copy or a restored backup may have been made with looser rights, which Postgres refuses.
    await tighten(place);
    return;
  }
  if (place.isFurnished) throw clusterMissing(place);
  const draft = `${place.data}.new`;
  const passwordFile = join(place.folder, 'password.new');
  await rm(draft, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  // A new file or none: the folder may belong to the unprivileged user, and a link of theirs must not be followed.
  const file = await open(passwordFile, 'wx', 0o600);
  try {
    await file.writeFile(place.passwords.admin);
    if (place.runAs) await file.chown(place.runAs.uid, place.runAs.gid);
  } finally {
    await file.close();
  }
  try {
    await initialise(place, binaries, draft, passwordFile, purpose);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, place.data);
}

/** By the hand of the user to whom it belongs, for the same reason. What that user may not change, Postgres refuses in its own words. */
async function tighten({ data, runAs }: Place): Promise<void> {
  if (!runAs) return chmod(data, 0o700);
  const asUser = { env: serverEnvironment, ...runAs };
  await promisify(execFile)('chmod', ['700', data], asUser).catch(() => undefined);
}

function clusterMissing({ dataDir, data }: Place): EmbeddedRefusal {
  return new EmbeddedRefusal(
    'cluster_missing',
    `The database of this portal should lie in ${data}, and it does not. Put it back (a volume that is not mounted, a backup), or delete ${join(dataDir, placeFileName)} to begin with an empty one.`,
  );
}

async function initialise(place: Place, binaries: Binaries, draft: string, passwordFile: string, purpose: Purpose) {
  const args = [
    ...['-D', draft, '-U', clusterNames.admin, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    '--no-instructions',
    ...(purpose === 'test' ? ['--no-sync'] : []),
  ];
  try {
    await promisify(execFile)(binaries.initdb, args, { cwd: place.folder, env: serverEnvironment, ...place.runAs });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const words = `${stdout}\n${stderr}`;
    if (complainsOfFullDisk(words)) throw diskFull(place.folder);
    if (/Permission denied/.test(words)) throw notAllowed(place.folder, 'its user cannot reach it');
    if (words.trim() === '') throw error;
    throw new EmbeddedRefusal('postgres_failed', `The Postgres cluster could not be made:\n${lastLines(words)}`);
  }
}

/**
 * The roles and the database. `aceite_owner` owns the database and makes the working roles in the migrations; the portal
 * connects as `aceite_login`, which owns nothing and only takes working roles. Repeatable, since a start may be cut short.
 */
export async function furnishCluster(
  admin: pg.Client,
  place: Place,
  purpose: Purpose,
  binaries: Binaries,
): Promise<void> {
  const { owner, login, database } = clusterNames;
  await ensureRole(admin, owner, `CREATEROLE ${purpose === 'test' ? 'CREATEDB' : 'NOCREATEDB'}`, place.passwords.owner);
  await ensureRole(admin, login, 'INHERIT', place.passwords.login);
  const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0) await admin.query(`CREATE DATABASE ${database} OWNER ${owner}`);
  await admin.query(
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC; GRANT CONNECT ON DATABASE ${database} TO ${login}`,
  );
  // In the administrator's own database: a backup of the portal's must restore on servers without the extension.
  if (binaries.hasStatementStatistics) await admin.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
}

async function ensureRole(admin: pg.Client, name: string, rights: string, password: string): Promise<void> {
  const { rowCount } = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  const act = rowCount === 0 ? 'CREATE' : 'ALTER';
  await admin.query(`${act} ROLE ${name} LOGIN ${rights} PASSWORD ${pg.escapeLiteral(password)}`);
}
