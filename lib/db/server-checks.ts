import type { Queryable } from './migrate.ts';

/** The SQL of the migrations is written for this version and later ones. */
const oldestVersion = 15;

export type ServerFacts = {
  version: number;
  versionText: string;
  fsync: string;
  synchronousCommit: string;
  encoding: string;
  isStandby: boolean;
};

/**
 * Asks any server whether it can be trusted with acceptances: new enough, writing to the disk before it says so, able to hold
 * every character. One plain sentence per fault. Only a test cluster may be careless about the disk.
 */
export async function checkServer(
  database: Queryable,
  purpose: 'portal' | 'test' = 'portal',
): Promise<{ ok: true } | { ok: false; problems: string[] }> {
  const problems = faultsOf(await readServerFacts(database), purpose);
  return problems.length === 0 ? { ok: true } : { ok: false, problems };
}

/** The question without the judgement. */
export async function readServerFacts(database: Queryable): Promise<ServerFacts> {
  const { rows } = await database.query(`
    SELECT current_setting('server_version_num')::int / 10000 AS version,
           current_setting('server_version') AS "versionText",
           current_setting('fsync') AS fsync,
           current_setting('synchronous_commit') AS "synchronousCommit",
           pg_encoding_to_char(encoding) AS encoding,
           pg_is_in_recovery() AS "isStandby"
      FROM pg_database WHERE datname = current_database()`);
  return rows[0] as ServerFacts;
}

/** The judgement without the question. */
export function faultsOf(facts: ServerFacts, purpose: 'portal' | 'test'): string[] {
  return purpose === 'portal' ? [...fitnessFaults(facts), ...durabilityFaults(facts)] : fitnessFaults(facts);
}

/** Whether the server could hold the portal's rows at all. */
export function fitnessFaults(facts: ServerFacts): string[] {
  const problems: string[] = [];
  if (facts.version < oldestVersion) {
    problems.push(
      `The database server is Postgres ${facts.versionText}; the portal needs version ${oldestVersion} or later. Upgrade it, or set DATABASE_URL to another one.`,
    );
  }
  if (facts.encoding !== 'UTF8') {
    problems.push(
      `The database has the encoding ${facts.encoding}, which cannot hold every name and contract. Create it with ENCODING 'UTF8'.`,
    );
  }
  if (facts.isStandby) {
    problems.push('The database server is a standby, which accepts no writes. Set DATABASE_URL to the primary.');
  }
  return problems;
}

/** Whether what the server confirms is on its disk. */
export function durabilityFaults(facts: ServerFacts): string[] {
  const problems: string[] = [];
  if (facts.fsync === 'off') {
    problems.push(
      'The database server runs with fsync=off: a power cut would lose acceptances that were already confirmed. Set fsync = on in its configuration and reload it.',
    );
  }
  if (facts.synchronousCommit === 'off') {
    problems.push(
      'The database server runs with synchronous_commit=off: a crash would lose acceptances that were already confirmed. Set synchronous_commit = on for the server, the database and the role.',
    );
  }
  return problems;
}
