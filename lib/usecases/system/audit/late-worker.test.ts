import { expect, test } from 'vitest';
import { acceptedSession, deliverToRest, maria } from '#lib/testing/journey.ts';
import { reencodeDesk } from '#lib/testing/reencode-desk.ts';
import { deliverNext } from '../deliver-acceptance.ts';

const desk = reencodeDesk();

test('a worker that stalls behind its claim and is overtaken leaves nothing that an audit takes for a change', async () => {
  const { portal } = desk;
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria } });
  const id = session.signingSessionId;
  const [reads, wakes] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { db } = portal.ctx;
  const transaction: typeof db.transaction = async (scope, work) => {
    reads.resolve();
    await wakes.promise;
    return db.transaction(scope, work);
  };
  const stalled = deliverNext({ ...portal.ctx, db: { ...db, transaction } });
  await reads.promise;
  // Longer than a lease: the next one asks the lender, whether anything arrived.
  await portal.advanceClock(46_000);
  expect(await deliverNext(portal.ctx)).toBeDefined();
  wakes.resolve();
  await stalled;
  const kept = await portal.asOwner(
    'SELECT kind, counted FROM delivery_attempts WHERE session_id = $1 ORDER BY fence',
    [id],
  );
  expect(kept).toEqual([
    { kind: 'query', counted: false },
    { kind: 'query', counted: true },
  ]);
  expect(await desk.findingsOf(id)).toEqual([]);
  await deliverToRest(portal, id);
  expect(await desk.findingsOf(id)).toEqual([]);
});

test('a call that was signed again by the clock of the lender is one attempt of two calls, and no change', async () => {
  const { session } = await acceptedSession(desk.portal, { signerDetails: { ...maria, identity: '10000001252' } });
  const id = session.signingSessionId;
  await deliverToRest(desk.portal, id);
  const counted = 'SELECT attempts, (SELECT count(*)::integer FROM delivery_attempts WHERE session_id = $1) AS calls';
  expect(await desk.portal.asOwner(`${counted} FROM deliveries WHERE session_id = $1`, [id])).toEqual([
    { attempts: 1, calls: 2 },
  ]);
  expect(await desk.findingsOf(id)).toEqual([]);
});
