import type pg from 'pg';
import { BackupRefused } from './backup-refused.ts';
import { isOurTable } from './table-catalogue.ts';

/**
 * Row-level security holds for the owner too, who therefore sees nothing outside a workspace. A backup must see everything. So each
 * walled table has a policy for its owner alone, and for reading alone, which opens only in a transaction that says that it is a backup.
 */
const policyName = 'backup';
/** As for any migration: what cannot get its lock gives up, so that no request of the running portal queues behind it. */
const lockTimeoutMs = 30_000;

const policies = `
  DO $$
  DECLARE walled record;
  BEGIN
    PERFORM set_config('lock_timeout', '${lockTimeoutMs}', true);
    FOR walled IN SELECT c.oid::regclass AS name, pg_get_userbyid(c.relowner) AS owner FROM pg_class c
      WHERE c.relrowsecurity AND ${isOurTable}
        AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = '${policyName}')
    LOOP
      EXECUTE format('CREATE POLICY ${policyName} ON %s FOR SELECT TO %I USING (current_setting(''aceite.backup'', true) = ''on'')',
        walled.name, walled.owner);
    END LOOP;
  END $$`;

/** Part of every migration, so that no table which a later one adds can be forgotten. What is there stays. */
export async function letOwnerBackUp(client: pg.Client): Promise<void> {
  await client.query(policies);
}

// A restrictive policy would take rows away again, whatever ours allows.
const hiddenTables = `
  SELECT c.relname::text AS name FROM pg_class c
   WHERE ${isOurTable} AND row_security_active(c.oid) AND (
     NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = '${policyName}' AND p.polcmd IN ('r', '*')
       AND EXISTS (SELECT FROM unnest(p.polroles) role WHERE pg_has_role(role, 'USAGE')))
     OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive))
   ORDER BY 1`;

/** Opens the wall for this transaction. Throws BackupRefused when a row could stay hidden all the same: a backup is whole or it is none. */
export async function openWallForBackup(client: pg.Client): Promise<void> {
  await client.query("SELECT set_config('aceite.backup', 'on', true)");
  const { rows } = await client.query<{ name: string }>(hiddenTables);
  if (rows.length === 0) return;
  throw new BackupRefused(
    'rows_hidden',
    `Row-level security may hide rows of these tables from this login: ${rows.map(({ name }) => name).join(', ')}. Backups need the owner's connection (MIGRATION_DATABASE_URL) and a database that this version has migrated: npm run aceite -- migrate`,
  );
}
