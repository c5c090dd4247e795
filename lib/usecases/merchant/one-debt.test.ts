import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  acceptedSession,
  createdSession,
  deliverToRest,
  maria,
  once,
  openedBy,
  sessionBody,
} from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { declineContract } from '../signer/decline-contract.ts';
import { expireLapsed } from '../system/expire-lapsed.ts';
import { type CreateResult, createSession } from './create-session.ts';

/** A debt is the lender's, and all workspaces share its account: two of them can never have it signed twice. */

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

async function createdElsewhere(debtKey: string): Promise<CreateResult | undefined> {
  const answer = once<CreateResult>();
  await createSession(portal.ctx, portal.stranger, sessionBody({ debtKey }), answer);
  return answer.results[0];
}

describe('another workspace asks for a debt', () => {
  test('whose session is open here: refused, and told nothing else', async () => {
    const { debtKey } = await createdSession(portal);
    expect(await createdElsewhere(debtKey)).toEqual({ ok: false, code: 'session_already_open' });
  });

  test('that was signed here: refused, and told nothing else', async () => {
    const { session } = await acceptedSession(portal);
    expect(await createdElsewhere(session.debtKey)).toEqual({ ok: false, code: 'debt_already_signed' });
    await deliverToRest(portal, session.signingSessionId);
    expect(await createdElsewhere(session.debtKey)).toEqual({ ok: false, code: 'debt_already_signed' });
  });

  test('whose signature the lender rejected: created', async () => {
    const refusedByTheLender = '10000000280';
    const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: refusedByTheLender } });
    expect(await deliverToRest(portal, session.signingSessionId)).toEqual(['REJECTED']);
    expect(await createdElsewhere(session.debtKey)).toMatchObject({ ok: true });
  });

  test('that was declined here: created', async () => {
    const { debtKey, token } = await createdSession(portal);
    await declineContract(portal.ctx, await openedBy(portal.ctx, token), { reason: '' });
    expect(await createdElsewhere(debtKey)).toMatchObject({ ok: true });
  });

  test('whose time ran out here: created as soon as that is recorded', async () => {
    const { debtKey } = await createdSession(portal);
    await portal.advanceClock(8 * 24 * 3_600_000);
    expect(await createdElsewhere(debtKey)).toEqual({ ok: false, code: 'session_already_open' });
    await expireLapsed(portal.ctx);
    expect(await createdElsewhere(debtKey)).toMatchObject({ ok: true });
  });
});

test('many callers of two workspaces at the same moment make one session', async () => {
  const { debtKey } = sessionBody();
  const results = await Promise.all(
    Array.from({ length: 16 }, async (_, turn) => {
      const answer = once<CreateResult>();
      const merchant = turn % 2 === 0 ? portal.merchant : portal.stranger;
      await createSession(portal.ctx, merchant, sessionBody({ debtKey }), answer);
      return answer.results[0];
    }),
  );
  expect(results.filter((result) => result?.ok)).toHaveLength(1);
  expect(results.filter((result) => !result?.ok && result?.code === 'session_already_open')).toHaveLength(15);
});
