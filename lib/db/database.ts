import pg, { type Pool, type PoolClient, type QueryResultRow } from 'pg';
import { isUuid } from '#lib/domain/uuid.ts';

/** The database roles a transaction can take; each has only the rights its work needs (migration 0006). */
export type DatabaseRole = 'aceite_app' | 'aceite_worker' | 'aceite_retention';

/** One open transaction. Statements are prepared once per connection under their name. */
export type Tx = {
  rows<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
  /** The only row, or undefined. */
  row<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row | undefined>;
  /**
   * As `row`, for the transaction's last statement: COMMIT is sent right behind it, which saves a round trip under the lock. Only for a
   * statement that by itself does all or nothing, since its answer can no longer prevent the commit; when it fails, nothing is kept.
   */
  lastRow<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row | undefined>;
};

export type Statement = { name: string; text: string };

type TransactionScope = { role: DatabaseRole; workspaceId: string | null; isSnapshot?: true };

export type Database = {
  /**
   * Runs `work` in one transaction of that workspace and role; commits its value, rolls back when it throws. Without a workspace (null)
   * it sees no row of anybody's: for the installation's own tables, such as the log. With `isSnapshot` all its statements see one moment,
   * for answers that must agree with themselves; should somebody else have changed what it wants to change, `work` is done once more.
   */
  transaction<T>(scope: TransactionScope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement outside any workspace: the SECURITY DEFINER doors of the migrations and the health checks. */
  door<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
  /** Throws when the database cannot be asked, or was made in the other mode; then nothing above works either. */
  refuseOtherMode(): Promise<void>;
  /** For better-auth, which brings its own queries on its own tables. */
  pool: Pool;
  end(): Promise<void>;
};

type DatabaseOptions = {
  url: string;
  connectionsMax: number;
  /** The mode that this process runs in. Without it, any database will do. */
  mode?: 'sandbox' | 'production';
  /** A lost idle connection; the pool replaces it by itself. */
  onIdleError(error: Error): void;
};

/** Waiting longer than this for a free connection answers 503: better than a page that never comes. */
const connectTimeoutMs = 5_000;
/** No statement of ours needs longer; a stuck one must not hold a connection for ever. */
const statementTimeoutMs = 15_000;
/** The server keeps the limit above while it can be reached; when the network has gone silent, nobody but us can end the waiting. */
const answerTimeoutMs = statementTimeoutMs + 3_000;
/** The time to wait for another transaction's row or key before giving up (idempotency rule 6: up to 2 s). */
const lockTimeoutMs = 2_000;

const sessionSettings = [
  `statement_timeout=${statementTimeoutMs}`,
  `lock_timeout=${lockTimeoutMs}`,
  `idle_in_transaction_session_timeout=${statementTimeoutMs}`,
  'synchronous_commit=on',
  'timezone=UTC',
]
  .map((setting) => `-c ${setting}`)
  .join(' ');

/** Opens the pool; no connection is made before the first use. */
export function openDatabase({ url, connectionsMax, mode, onIdleError }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: connectTimeoutMs,
    // In a pipeline this also ends the connection, so that nothing waits behind the lost answer.
    query_timeout: answerTimeoutMs,
    pipeline: true,
    options: sessionSettings,
    application_name: 'aceite',
  });
  pool.on('error', onIdleError);
  // A connection that dies while it is lent out fails its query, which is answered there; its own event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const hasRoles = rememberRoles(pool, mode);
  return {
    pool,
    transaction: async (scope, work) => {
      const role = (await hasRoles()) ? scope.role : undefined;
      // Before a connection is taken: what is refused here must not keep one.
      const opening = openingOf(role, scope);
      const attempt = async () => inTransaction(await pool.connect(), opening, work);
      if (!scope.isSnapshot) return attempt();
      return attempt().catch((error: unknown) => (isOvertaken(error) ? attempt() : Promise.reject(error)));
    },
    door: async <Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]) => {
      await hasRoles();
      return (await pool.query<Row>({ ...statement, values: [...values] })).rows;
    },
    refuseOtherMode: async () => void (await hasRoles()),
    end: () => pool.end(),
  };
}

/**
 * Asks the server once whether migration 0006 was allowed to make the roles. Where CREATE ROLE is forbidden every query still
 * carries the workspace; the second wall is missing, and the start says so. A database of the other mode is refused for as long as the
 * process lives: sandbox play must not land among real contracts, nor may a clock that can be moved decide about one.
 */
function rememberRoles(pool: Pool, mode: DatabaseOptions['mode']): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined;
  const ask = async () => {
    const { rows } = await pool.query<{ hasRoles: boolean; madeIn: DatabaseOptions['mode'] }>(
      `SELECT to_regrole('aceite_app') IS NOT NULL AS "hasRoles",
         CASE WHEN to_regclass('aceite_clock') IS NULL THEN 'production' ELSE 'sandbox' END AS "madeIn"`,
    );
    if (mode !== undefined && rows[0]?.madeIn !== mode)
      throw new Error(`the database was made in ${rows[0]?.madeIn} mode, and this process runs in ${mode} mode`);
    return rows[0]?.hasRoles === true;
  };
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}

async function inTransaction<T>(client: PoolClient, opening: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  let fault: Error | undefined;
  let committed: Promise<void> | undefined;
  const commit = () => {
    committed ??= commitOn(client);
    return committed;
  };
  try {
    sendTogether(client);
    // Sent with the first statement of `work`: the pipeline answers in order, so a refused BEGIN is seen before any result is used.
    const opened = client.query(opening);
    opened.catch(() => undefined);
    const result = await work(txOn(client, opened, commit));
    await opened;
    await commit();
    return result;
  } catch (error) {
    const ended = committed ?? client.query('ROLLBACK');
    await ended.catch((broken: Error) => {
      fault = broken;
    });
    throw error;
  } finally {
    client.release(fault);
  }
}

/** A COMMIT after a failed statement answers ROLLBACK, as if all were well. */
async function commitOn(client: PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT') throw new Error('nothing was committed: a statement of the transaction had failed');
}

/** What is sent until the end of this turn leaves in one packet: one system call here, one waking of the server there. */
function sendTogether({ connection: { stream } }: PoolClient): void {
  stream.cork();
  process.nextTick(() => stream.uncork());
}

function txOn(client: PoolClient, opened: Promise<unknown>, commit: () => Promise<void>): Tx {
  let isOver = false;
  const send = async <Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]) => {
    if (isOver) throw new Error(`${statement.name} came after the last statement of its transaction`);
    sendTogether(client);
    const [, result] = await Promise.all([opened, client.query<Row>({ ...statement, values: [...values] })]);
    return result.rows;
  };
  return {
    rows: send,
    row: async <Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]) =>
      (await send<Row>(statement, values))[0],
    lastRow: async <Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]) => {
      const last = send<Row>(statement, values);
      isOver = true;
      const [rows] = await Promise.all([last, commit()]);
      return rows[0];
    },
  };
}

/**
 * BEGIN, the role and the workspace in one message; only fixed words and a checked uuid are ever put into it. The level is named because
 * a server may default to another: whoever waited for a lock must see what its holder committed.
 */
function openingOf(role: DatabaseRole | undefined, { workspaceId, isSnapshot }: TransactionScope): string {
  if (workspaceId !== null && !isUuid(workspaceId)) throw new Error('a transaction needs the id of a workspace');
  const takeRole = role ? `set_config('role', '${role}', true), ` : '';
  return `BEGIN ISOLATION LEVEL ${isSnapshot ? 'REPEATABLE READ' : 'READ COMMITTED'}; SELECT ${takeRole}set_config('aceite.workspace', '${workspaceId ?? ''}', true)`;
}

/** SQLSTATE 40001 and 23505: the row that a snapshot wants to change is another one by now, or the place that it wants to fill is taken. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && ['40001', '23505'].includes(error.code ?? '');
