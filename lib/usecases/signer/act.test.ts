import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeDetailsVersion } from '#lib/db/session-moves.ts';
import { lockSessionRow } from '#lib/db/sessions.ts';
import { insertSignerDetails } from '#lib/db/signer-details.ts';
import { keptMax } from '#lib/domain/event-type.ts';
import { atReview, createdSession, fullForm, openedBy } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { openSession } from '#lib/usecases/open-session.ts';
import { acceptContract } from './accept-contract.ts';
import type { ActResult } from './act.ts';
import { readJourney } from './read-journey.ts';

let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal();
});

afterAll(() => portal.end());

test('an acceptance that waits for a change of details sees the change, signs nothing, and is asked to look again', async () => {
  const session = await createdSession(portal);
  const signer = await openedBy(portal.ctx, session.token);
  const offer = await atReview(portal.ctx, signer);
  const { ctx } = portal;
  const { workspaceId, sessionId } = signer;
  let accepting: Promise<ActResult> | undefined;
  await ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await lockSessionRow(tx, workspaceId, sessionId);
    if (!row) throw new Error('no session');
    const { vault, details, place } = openSession(ctx, row);
    const version = (await takeDetailsVersion(tx, workspaceId, sessionId)) ?? 0;
    await insertSignerDetails(tx, place, version, vault.sealJson('details', details));
    accepting = acceptContract(ctx, signer, fullForm(offer));
    await somebodyWaits(ctx.db.pool);
  });
  expect(await accepting).toEqual({ kind: 'go', page: 'review' });
  expect(await readJourney(ctx, signer, 'review')).toMatchObject({ view: { offer: { refusal: 'details_changed' } } });
});

test('of what anybody with the link can repeat without end a bounded number is kept, and the last one says so', async () => {
  const { token, signingSessionId } = await createdSession(portal);
  const events = (type: string) =>
    portal.asOwner<{ data: object }>('SELECT data FROM events WHERE session_id = $1 AND type = $2 ORDER BY position', [
      signingSessionId,
      type,
    ]);
  const most = keptMax.link_opened ?? 0;
  for (let opens = 0; opens < most + 3; opens += 1) await openedBy(portal.ctx, token);
  const kept = await events('link_opened');
  expect(kept).toHaveLength(most);
  expect(kept.filter(({ data }) => 'isLastKept' in data)).toEqual([kept.at(-1)]);
});

/** Asks until a connection of this database waits for another's lock. */
async function somebodyWaits(pool: Pool): Promise<void> {
  const question =
    "SELECT count(*)::integer AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  for (;;) {
    const { rows } = await pool.query<{ n: number }>(question);
    if ((rows[0]?.n ?? 0) > 0) return;
  }
}
