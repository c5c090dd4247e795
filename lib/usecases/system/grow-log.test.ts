import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findLogEntries, listLogEntries, readLogHead } from '#lib/db/log.ts';
import { insertStatement } from '#lib/db/log-statements.ts';
import { leafHash, verifyInclusion } from '#lib/evidence/log/merkle.ts';
import { inclusionProof, rootOf } from '#lib/evidence/log/tiles.ts';
import { eventEntry, logEntry, statementHash } from '#lib/evidence/log-entry.ts';
import { acceptedSession, createdSession } from '#lib/testing/journey.ts';
import { naiveTree } from '#lib/testing/naive-merkle.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { newId } from '../new-id.ts';
import { workerScope } from '../no-workspace.ts';
import { growLog } from './grow-log.ts';
import { logTileReader } from './log-tile-reader.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

const inLog = <T>(work: Parameters<typeof portal.ctx.db.transaction<T>>[1]) =>
  portal.ctx.db.transaction(workerScope, work);

async function growToRest(): Promise<number> {
  let taken = 0;
  for (let more = await growLog(portal.ctx); more > 0; more = await growLog(portal.ctx)) taken += more;
  return taken;
}

const entriesOf = async (sessionId: string) =>
  (
    await portal.asOwner<{ type: string; hash: Buffer }>(
      'SELECT type, hash FROM events WHERE session_id = $1 ORDER BY sequence',
      [sessionId],
    )
  ).map(eventEntry);

describe('the growing log', () => {
  test('takes in every event of a session once, and proves each of them', async () => {
    const { session } = await acceptedSession(portal);
    const entries = await entriesOf(session.signingSessionId);
    expect(await growToRest()).toBeGreaterThanOrEqual(entries.length);
    expect(await growToRest()).toBe(0);
    await inLog(async (tx) => {
      const head = await readLogHead(tx);
      const places = await findLogEntries(tx, entries);
      for (const entry of entries) {
        const index = places.get(Buffer.from(entry).toString('hex')) ?? -1;
        const proof = await inclusionProof(index, head.size, logTileReader(tx));
        expect(verifyInclusion(leafHash(entry), index, head.size, proof, head.root)).toEqual({ ok: true });
      }
    });
  });

  test('has the root that RFC 6962 gives to its entries', async () => {
    await createdSession(portal);
    await growToRest();
    await inLog(async (tx) => {
      const head = await readLogHead(tx);
      const entries = await listLogEntries(tx, 0, head.size);
      expect(entries).toHaveLength(head.size);
      expect(Buffer.from(naiveTree(entries).root(head.size)).equals(head.root)).toBe(true);
      expect(Buffer.from(await rootOf(head.size, logTileReader(tx))).equals(head.root)).toBe(true);
    });
  });

  test('takes in what is said in public, once however often it is said', async () => {
    const statement = { kind: 'release', content: '{"version":"1"}' };
    const hash = statementHash(statement);
    for (const at of [new Date(0), new Date(1)])
      await inLog((tx) => insertStatement(tx, { id: newId(at), ...statement, hash }));
    expect(await growToRest()).toBe(1);
    const places = await inLog((tx) => findLogEntries(tx, [logEntry('statement', hash)]));
    expect(places.size).toBe(1);
  });

  test('grows in many processes at once as if there were one', async () => {
    for (let made = 0; made < 5; made += 1) await createdSession(portal);
    await Promise.all(Array.from({ length: 8 }, () => growLog(portal.ctx)));
    await growToRest();
    await inLog(async (tx) => {
      const head = await readLogHead(tx);
      const entries = await listLogEntries(tx, 0, head.size);
      expect(Buffer.from(naiveTree(entries).root(head.size)).equals(head.root)).toBe(true);
    });
    expect(await portal.asOwner('SELECT FROM log_queue')).toHaveLength(0);
  });

  test('passes over what waits a second time', async () => {
    const { signingSessionId } = await createdSession(portal);
    await growToRest();
    await portal.asOwner(
      'INSERT INTO log_queue (event_position, hash, kind) SELECT -1, hash, 1 FROM events WHERE session_id = $1',
      [signingSessionId],
    );
    await createdSession(portal);
    expect(await growToRest()).toBe(1);
    expect(await portal.asOwner('SELECT FROM log_queue')).toHaveLength(0);
  });

  test.each(['aceite_app', 'aceite_worker', 'aceite_retention'] as const)(
    'takes in nothing that %s has put into its queue by hand',
    async (role) => {
      const text = `INSERT INTO log_queue (event_position, hash, kind) VALUES (-1, sha256('x'), 3)`;
      const scope = { role, workspaceId: portal.merchant.workspaceId };
      const put = portal.ctx.db.transaction(scope, (tx) => tx.rows({ name: 'put_by_hand', text }, []));
      await expect(put).rejects.toThrow(/permission denied/);
    },
  );

  test('loses nothing when the transaction that takes events in is undone', async () => {
    await createdSession(portal);
    const before = await inLog(readLogHead);
    await portal.asOwner(
      `CREATE FUNCTION break_growth() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$`,
    );
    await portal.asOwner('CREATE TRIGGER break_growth BEFORE UPDATE ON log_head EXECUTE FUNCTION break_growth()');
    await expect(growLog(portal.ctx)).rejects.toThrow('broken');
    await portal.asOwner('DROP TRIGGER break_growth ON log_head');
    expect(await inLog(readLogHead)).toEqual(before);
    expect(await growToRest()).toBeGreaterThan(0);
  });
});
