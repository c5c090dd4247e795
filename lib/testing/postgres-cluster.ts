import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#lib/db/embedded-postgres.ts';
import { shutDown } from '#lib/db/embedded-postmaster.ts';
import { isMarkRunning, processMark } from '#lib/db/embedded-process.ts';
import { migrate } from '#lib/db/migrate.ts';

export type TestDatabase = {
  /** The portal's connection: no rights of its own, takes the working roles. */
  url: string;
  ownerUrl: string;
  drop(): Promise<void>;
};

const folderPrefix = 'aceite-test-';
const template = 'template_aceite';

/** Of all processes of a run, one makes the template. */
const templateLock = 4_127_300_132;

/**
 * A folder for the one cluster of a test run, owned by this process; nothing is started. Clusters of runs that were killed are
 * ended and removed on the way.
 */
export async function newClusterFolder(): Promise<string> {
  const parent = await realpath(tmpdir());
  for (const name of await readdir(parent)) {
    if (name.startsWith(folderPrefix)) await removeIfAbandoned(join(parent, name));
  }
  const folder = await mkdtemp(join(parent, folderPrefix));
  await writeFile(join(folder, 'run'), await processMark(process.pid));
  return folder;
}

/** A fresh, migrated database of its own, cloned from a template; the first call of a run starts the server. */
export async function createDatabaseIn(folder: string): Promise<TestDatabase> {
  const server = await serverIn(folder);
  await (templates.get(folder) ?? startTemplate(folder, server));
  return createDatabase(server, `TEMPLATE ${template} STRATEGY FILE_COPY`);
}

/** A database without a single table, for tests of the migrations themselves. */
export async function createEmptyDatabaseIn(folder: string): Promise<TestDatabase> {
  return createDatabase(await serverIn(folder), '');
}

/** Ends the cluster, if anybody started it, and removes it. */
export async function endCluster(folder: string): Promise<void> {
  await shutDown(join(folder, 'postgres', 'data'));
  await rm(folder, { recursive: true, force: true });
}

const servers = new Map<string, Promise<EmbeddedPostgres>>();
const templates = new Map<string, Promise<void>>();

function serverIn(folder: string): Promise<EmbeddedPostgres> {
  const starting = servers.get(folder) ?? startServer(folder);
  servers.set(folder, starting);
  return starting;
}

async function startServer(folder: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: folder, purpose: 'test' });
  if (!server.ok) throw new Error(server.message);
  return server;
}

async function createDatabase(server: EmbeddedPostgres, source: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(server, async (admin) => {
    await admin.query(`CREATE DATABASE ${name} OWNER aceite_owner ${source}`);
    await admin.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC; GRANT CONNECT ON DATABASE ${name} TO aceite_login`);
  });
  return {
    url: withDatabase(server.appUrl, name),
    ownerUrl: withDatabase(server.url, name),
    drop: () => asAdmin(server, async (admin) => void (await admin.query(`DROP DATABASE ${name} WITH (FORCE)`))),
  };
}

function startTemplate(folder: string, server: EmbeddedPostgres): Promise<void> {
  const making = asAdmin(server, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [templateLock]);
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 0) await makeTemplate(server, admin);
  });
  templates.set(folder, making);
  return making;
}

/** Migrated under another name first: a failing migration must not leave a template behind that others would trust. */
async function makeTemplate(server: EmbeddedPostgres, admin: pg.Client): Promise<void> {
  const draft = `${template}_draft`;
  await admin.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${draft} OWNER aceite_owner`);
  await migrate({ url: withDatabase(server.url, draft), mode: 'test', runtimeRole: 'aceite_login' });
  await admin.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
}

async function asAdmin<T>(server: EmbeddedPostgres, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  return work(admin).finally(() => admin.end());
}

function withDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}

async function removeIfAbandoned(folder: string): Promise<void> {
  const mark = await readFile(join(folder, 'run'), 'utf8').catch(() => undefined);
  if (mark !== undefined && !(await isMarkRunning(mark))) await endCluster(folder);
}
