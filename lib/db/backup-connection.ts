import pg from 'pg';

/** Somebody else's lock on a table ends a backup or a restore after this time, instead of holding both up for ever. */
const lockTimeoutMs = 30_000;

/** The text forms of values must not hang on how a server, a database or a role is set. A big table takes its time. */
const settings = {
  timezone: 'UTC',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  search_path: 'public',
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  lock_timeout: `${lockTimeoutMs}`,
  synchronous_commit: 'on',
};

/** Runs `work` on a connection of its own, as the owner of the tables. */
export async function withBackupConnection<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'aceite backup' });
  // A lost connection fails the query as well; without a listener it would also end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    for (const entry of Object.entries(settings)) await client.query('SELECT set_config($1, $2, false)', entry);
    return await work(client);
  } finally {
    // An open transaction ends with its connection and leaves nothing.
    await client.end();
  }
}
