import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '#lib/db/events.ts';
import { chainStart, contentHash, linkHash } from '#lib/evidence/event-chain.ts';
import { acceptedSession, createdSession, deliverToRest, draftedSession, openedBy } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { type PrivateEventFacts, recordEvent } from './events.ts';
import { findSession } from './find-session.ts';
import { declineContract } from './signer/decline-contract.ts';
import { expireLapsed } from './system/expire-lapsed.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

const dayMs = 86_400_000;

/** What a checker recomputes from a session's rows, beside what the database says. */
async function rechained(sessionId: string) {
  const { ctx, merchant } = portal;
  return ctx.db.transaction({ role: 'aceite_app', workspaceId: merchant.workspaceId }, async (tx) => {
    const session = await findSession(ctx, tx, merchant.workspaceId, sessionId);
    if (!session) throw new Error('no such session');
    const rows = await listEvents(tx, merchant.workspaceId, sessionId);
    let previous: Uint8Array = chainStart;
    return rows.map((row) => {
      const hidden = row.private_sealed && session.vault.openJson<PrivateEventFacts>('event', row.private_sealed);
      const salt = row.salt ?? session.vault.open('event_salt', row.salt_sealed ?? Buffer.alloc(0));
      const content = contentHash(salt, {
        type: row.type,
        actor: row.actor,
        ...(row.actor_id !== null && { actorId: row.actor_id }),
        ...(row.request_id !== null && { requestId: row.request_id }),
        data: row.data,
        ...(hidden && { private: hidden as Record<string, unknown> }),
      });
      const { sequence, type } = row;
      const occurredAt = row.occurred_at.toISOString();
      previous = linkHash({ previous, content, sequence, occurredAt });
      return { type, sequence, isRight: row.hash.equals(previous) && row.content_hash.equals(content), occurredAt };
    });
  });
}

describe('the chain of a session', () => {
  test('is recomputed from what every event says, through a whole life', async () => {
    const { session } = await acceptedSession(portal);
    await deliverToRest(portal, session.signingSessionId);
    const chain = await rechained(session.signingSessionId);
    expect(chain.map(({ type, isRight }) => [type, isRight])).toEqual([
      ['created', true],
      ['link_opened', true],
      ['started', true],
      ['accepted', true],
      ['lender_received', true],
    ]);
    expect(chain.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  });

  test('holds for an ending that the database writes by itself', async () => {
    const { session } = await draftedSession(portal);
    await portal.advanceClock(8 * dayMs);
    await expireLapsed(portal.ctx);
    const chain = await rechained(session.signingSessionId);
    expect(chain.at(-1)).toMatchObject({ type: 'expired', isRight: true });
    const other = await createdSession(portal);
    const signer = await openedBy(portal.ctx, other.token);
    await declineContract(portal.ctx, signer, { reason: 'Não quero' });
    expect((await rechained(other.signingSessionId)).every(({ isRight }) => isRight)).toBe(true);
  });

  test('takes events that come at the same moment one after the other', async () => {
    const { ctx, merchant } = portal;
    const { signingSessionId } = await createdSession(portal);
    const scope = { role: 'aceite_app', workspaceId: merchant.workspaceId } as const;
    const write = () =>
      ctx.db.transaction(scope, async (tx) => {
        const session = await findSession(ctx, tx, merchant.workspaceId, signingSessionId);
        if (!session) throw new Error('no such session');
        await recordEvent(tx, session, { type: 'lender_attempt', actor: 'system', words: 'at once' });
      });
    await Promise.all(Array.from({ length: 12 }, write));
    const chain = await rechained(signingSessionId);
    expect(chain.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
    expect(chain.filter(({ isRight }) => !isRight)).toEqual([]);
    expect(chain.map(({ occurredAt }) => occurredAt)).toEqual(chain.map(({ occurredAt }) => occurredAt).sort());
  });

  test('every event waits for the log in the transaction that wrote it', async () => {
    const { session } = await acceptedSession(portal);
    const [missing] = await portal.asOwner<{ n: number }>(
      'SELECT count(*)::int AS n FROM events e WHERE NOT EXISTS (SELECT FROM log_queue q WHERE q.hash = e.hash) AND e.session_id = $1',
      [session.signingSessionId],
    );
    expect(missing?.n).toBe(0);
  });
});
