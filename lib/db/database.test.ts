import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { openDatabase } from './database.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

test.each(['repeatable read', 'serializable'])(
  'whoever waits for a lock sees what its holder committed, also on a server whose default is %s',
  async (level) => {
    const database = new URL(portal.ownerUrl).pathname.slice(1);
    await portal.asOwner(`ALTER DATABASE ${database} SET default_transaction_isolation = '${level}'`);
    // Connections keep the settings that they were made with, so this one is new.
    const url = portal.ctx.db.pool.options.connectionString ?? '';
    const db = openDatabase({ url, connectionsMax: 1, onIdleError: () => undefined });
    const { workspaceId } = portal.merchant;
    const inside = await db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
      tx.row({ name: 'show_level', text: 'SHOW transaction_isolation' }, []),
    );
    const outside = await db.pool.query('SHOW default_transaction_isolation');
    await db.end();
    expect(outside.rows).toEqual([{ default_transaction_isolation: level }]);
    expect(inside).toEqual({ transaction_isolation: 'read committed' });
  },
);
