import pg from 'pg';
import { databaseOf, freePort } from '#lib/testing/running-portal.ts';
import { webProcessAt } from '#lib/testing/second-web.ts';
import { HttpSigner } from './http-signer.ts';
import { expect, test } from './people.ts';

test('fifty parallel accepts and cancels over two web processes leave one terminal state and one outbox row', async ({
  portal,
  merchant,
}) => {
  const database = await databaseOf(portal.dataDir);
  const second = await webProcessAt(await freePort(), { portal, databaseUrl: database.url });
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    const session = await merchant.createsSession();
    const first = await HttpSigner.opens(session);
    const other = await HttpSigner.opens(session, second.url);
    const offers = [await first.readsOffer(), await other.readsOffer()] as const;
    const acts = Array.from({ length: 50 }, (_, index) => {
      const isFirst = index % 2 === 0;
      if (index % 5 === 4) return merchant.cancels(session.signingSessionId);
      return (isFirst ? first : other).accepts(isFirst ? offers[0] : offers[1]).then(({ status }) => status);
    });
    const statuses = await Promise.all(acts);
    const { status } = await merchant.reads(session.signingSessionId);
    expect(['COMPLETED', 'CANCELLED']).toContain(status);
    expect(statuses.filter((code) => code >= 500)).toEqual([]);
    await owner.query(
      "SELECT set_config('aceite.workspace', (SELECT workspace_id::text FROM find_session($1)), false)",
      [session.signingSessionId],
    );
    const { rows } = await owner.query('SELECT count(*)::int AS n FROM deliveries WHERE session_id = $1', [
      session.signingSessionId,
    ]);
    expect(rows[0].n).toBe(status === 'COMPLETED' ? 1 : 0);
  } finally {
    await owner.end();
    await second.stop();
    await database.leave();
  }
});
