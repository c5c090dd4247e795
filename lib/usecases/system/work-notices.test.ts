import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditedRows } from '#lib/db/audited-rows.ts';
import { claimNext } from '#lib/outbox/claim.ts';
import {
  acceptedSession,
  atReview,
  createdSession,
  deliveryOf,
  fullForm,
  nextStep,
  openedBy,
} from '#lib/testing/journey.ts';
import { declinedSession } from '#lib/testing/keeping.ts';
import { lenderSays, noticeJson, noticesOf, signedPost, workAllNotices } from '#lib/testing/lender-notices.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { debtIs, type ScriptedLender, startScriptedLender } from '#lib/testing/scripted-lender.ts';
import { readEvidence } from '../merchant/read-evidence.ts';
import { readSession } from '../merchant/read-session.ts';
import { acceptContract } from '../signer/accept-contract.ts';
import { auditSession } from './audit/audit-session.ts';
import { noticeFigures } from './notice-figures.ts';
import { receiveNotice } from './receive-notice.ts';
import { workNotices } from './work-notices.ts';

let portal: TestPortal;
let lender: ScriptedLender;
beforeAll(async () => {
  lender = await startScriptedLender();
  portal = await startTestPortal({ lenderAt: lender.url });
});
afterAll(async () => {
  await portal.end();
  await lender.stop();
});

const statusOf = async (id: string) => {
  const read = await readSession(portal.ctx, portal.merchant, id);
  if (!read.ok) throw new Error(read.code);
  return read.session;
};

/** Signed, and sent once without a clear answer. */
async function ambiguousSession() {
  const { session } = await acceptedSession(portal);
  lender.script = { submissions: ['reset'], questions: ['reset'] };
  expect(await nextStep(portal, session.signingSessionId)).toMatchObject({ status: 'AMBIGUOUS' });
  // Asked at once without an answer, it waits for its schedule.
  expect(await nextStep(portal, session.signingSessionId)).toMatchObject({ status: 'AMBIGUOUS' });
  return session;
}

describe('that the lender has the signature', () => {
  test('is asked about at once, and only its answer delivers', async () => {
    const session = await ambiguousSession();
    const id = session.signingSessionId;
    expect((await deliveryOf(portal, id)).wait_ms).toBeGreaterThan(1_000);
    expect(await lenderSays(portal, noticeJson(session.debtKey, 'signature_finished'))).toBe('kept');
    const standing = await deliveryOf(portal, id);
    expect(standing).toMatchObject({ status: 'AMBIGUOUS', delivered_by: null });
    expect(standing.wait_ms).toBeLessThanOrEqual(0);
    lender.script = { submissions: [], questions: [debtIs('signature_finished')] };
    expect(await nextStep(portal, id)).toMatchObject({ status: 'DELIVERED', delivered_by: 'reconciliation' });
    expect(await noticesOf(portal, id)).toEqual([['signature_finished', 'lender_asked']]);
  });

  test('is asked about even before the first send, which then never happens', async () => {
    const { session } = await acceptedSession(portal);
    const sent = lender.received.length;
    await lenderSays(portal, noticeJson(session.debtKey, 'signed'));
    lender.script = { submissions: ['reset'], questions: [debtIs('signed')] };
    expect(await nextStep(portal, session.signingSessionId)).toMatchObject({ status: 'DELIVERED', attempts: 0 });
    expect(lender.received.length).toBe(sent);
  });

  test('is not believed: a lender that still waits gets the same bytes', async () => {
    const { session } = await acceptedSession(portal);
    await lenderSays(portal, noticeJson(session.debtKey, 'signed'));
    const json = { key: session.debtKey, status: 'signature_received' };
    lender.script = { submissions: [{ status: 200, json }], questions: [debtIs('waiting_signature')] };
    expect(await nextStep(portal, session.signingSessionId)).toMatchObject({ status: 'DELIVERED', attempts: 1 });
  });

  test('changes nothing once the delivery is done, in whatever order it comes', async () => {
    const session = await ambiguousSession();
    const id = session.signingSessionId;
    lender.script = { submissions: [], questions: [debtIs('signed')] };
    await lenderSays(portal, noticeJson(session.debtKey, 'signed'));
    await nextStep(portal, id);
    const before = await deliveryOf(portal, id);
    for (const state of ['opened', 'signature_finished', 'waiting_signature'])
      await lenderSays(portal, noticeJson(session.debtKey, state));
    expect(await deliveryOf(portal, id)).toEqual(before);
    expect((await noticesOf(portal, id)).slice(1)).toEqual([
      ['opened', 'nothing_new'],
      ['signature_finished', 'nothing_new'],
      ['waiting_signature', 'nothing_new'],
    ]);
  });

  test('waits while a worker is at the delivery, whose own answer comes first', async () => {
    const { session } = await acceptedSession(portal);
    const id = session.signingSessionId;
    expect((await claimNext(portal.ctx.db, portal.ctx.lender.host))?.session_id).toBe(id);
    await lenderSays(portal, noticeJson(session.debtKey, 'signed'));
    expect(await noticesOf(portal, id)).toEqual([['signed', null]]);
    expect(await noticeFigures(portal.ctx)).toMatchObject({ unworked: 1 });
    // The worker died: its lease runs out, and the notice is due again.
    await portal.advanceClock(60_000);
    await workAllNotices(portal);
    expect(await noticesOf(portal, id)).toEqual([['signed', 'lender_asked']]);
    lender.script = { submissions: [], questions: [debtIs('signed')] };
    expect(await nextStep(portal, id)).toMatchObject({ status: 'DELIVERED' });
  });

  test('does not end a pause, but is asked about when the pause ends', async () => {
    const { session } = await acceptedSession(portal);
    const id = session.signingSessionId;
    lender.script = { submissions: [{ status: 401, json: { code: 'GDF000014' } }], questions: [] };
    expect(await nextStep(portal, id)).toMatchObject({ status: 'PAUSED' });
    await lenderSays(portal, noticeJson(session.debtKey, 'signed'));
    expect(await deliveryOf(portal, id)).toMatchObject({ status: 'PAUSED', was_ambiguous: true, wait_ms: null });
    expect(await noticesOf(portal, id)).toEqual([['signed', 'asks_before_sending']]);
  });

  test('is shown and changes nothing when nobody has signed here', async () => {
    const { signingSessionId: id, debtKey } = await createdSession(portal);
    await lenderSays(portal, noticeJson(debtKey, 'signed'));
    expect((await statusOf(id)).status).toBe('PENDING');
    expect(await noticesOf(portal, id)).toEqual([['signed', 'needs_a_look']]);
  });
});

describe('that the lender cancelled the debt', () => {
  const reason = { data: { cancel_reason: 'Não assinado', cancel_reason_enumerator: 'waiting_signature' } };

  test.each(['before anybody began', 'while somebody signs'])(
    '%s ends the session, in the lender’s name',
    async (when) => {
      const { signingSessionId: id, debtKey, token } = await createdSession(portal);
      if (when === 'while somebody signs') await atReview(portal.ctx, await openedBy(portal.ctx, token));
      expect(await lenderSays(portal, noticeJson(debtKey, 'canceled ', reason))).toBe('kept');
      expect(await statusOf(id)).toMatchObject({
        status: 'CANCELLED',
        cancelReason: 'The lender cancelled the debt (canceled: Não assinado)',
      });
      const read = await readEvidence(portal.ctx, portal.merchant, id);
      const told = read.ok ? JSON.stringify(read.evidence.events) : read.code;
      expect(told).toContain('"cancelled"');
      expect(told).toContain('"lender"');
      expect(await noticesOf(portal, id)).toEqual([['canceled', 'session_cancelled']]);
    },
  );

  test('leaves a signature that came first alone, and asks what became of it', async () => {
    const { session } = await acceptedSession(portal);
    const id = session.signingSessionId;
    await lenderSays(portal, noticeJson(session.debtKey, 'canceled'));
    expect(await statusOf(id)).toMatchObject({ status: 'COMPLETED', delivery: { status: 'QUEUED' } });
    lender.script = { submissions: ['reset'], questions: [debtIs('canceled ')] };
    expect(await nextStep(portal, id)).toMatchObject({ status: 'REJECTED', reason: 'debt_cancelled', attempts: 0 });
    await lenderSays(portal, noticeJson(session.debtKey, 'canceled_permanently'));
    expect(await noticesOf(portal, id)).toEqual([
      ['canceled', 'lender_asked'],
      ['canceled_permanently', 'nothing_new'],
    ]);
  });

  test('after the lender took the signature takes nothing back, and is shown', async () => {
    const { session } = await acceptedSession(portal);
    const id = session.signingSessionId;
    const json = { key: session.debtKey, status: 'signature_received' };
    lender.script = { submissions: [{ status: 200, json }], questions: [] };
    await nextStep(portal, id);
    await lenderSays(portal, noticeJson(session.debtKey, 'canceled'));
    expect(await statusOf(id)).toMatchObject({ status: 'COMPLETED', delivery: { status: 'DELIVERED' } });
    expect(await noticesOf(portal, id)).toEqual([['canceled', 'needs_a_look']]);
  });

  test('changes nothing about a session that is closed already', async () => {
    const id = await declinedSession(portal);
    const { debtKey } = await statusOf(id);
    await lenderSays(portal, noticeJson(debtKey ?? '', 'canceled'));
    expect((await statusOf(id)).status).toBe('FAILED');
    expect(await noticesOf(portal, id)).toEqual([['canceled', 'nothing_new']]);
  });

  test.each([0, 1, 2, 3, 4, 5])('and an acceptance at the same time: one of them wins, race %i', async () => {
    const { signingSessionId: id, debtKey, token } = await createdSession(portal);
    const signer = await openedBy(portal.ctx, token);
    const offer = await atReview(portal.ctx, signer);
    await receiveNotice(portal.ctx, signedPost(portal, noticeJson(debtKey, 'canceled')));
    const accept = acceptContract(portal.ctx, signer, fullForm(offer));
    await Promise.all([accept, workAllNotices(portal)]);
    await workAllNotices(portal);
    const { status } = await statusOf(id);
    const [[, effect] = []] = await noticesOf(portal, id);
    expect([
      ['COMPLETED', 'lender_asked'],
      ['CANCELLED', 'session_cancelled'],
    ]).toContainEqual([status, effect]);
    expect(await accept).toEqual({ kind: 'go', page: status === 'COMPLETED' ? 'receipt' : 'closed' });
    const acceptances = await portal.asOwner('SELECT FROM acceptances WHERE session_id = $1', [id]);
    expect(acceptances.length).toBe(status === 'COMPLETED' ? 1 : 0);
    if (status === 'COMPLETED') {
      lender.script = { submissions: [], questions: [debtIs('canceled')] };
      await nextStep(portal, id);
    }
  });

  test('waits for an act of the signer that is about to be written, and then leaves it alone', async () => {
    const other = await createdSession(portal);
    await openedBy(portal.ctx, other.token).then((signer) => atReview(portal.ctx, signer));
    await receiveNotice(portal.ctx, signedPost(portal, noticeJson(other.debtKey, 'canceled')));
    const first = new pg.Client({ connectionString: portal.ownerUrl });
    await first.connect();
    await first.query("SELECT set_config('aceite.workspace', $1, false)", [portal.merchant.workspaceId]);
    await first.query('BEGIN');
    await first.query(
      `UPDATE signing_sessions SET status = 'FAILED', closed_at = aceite_now(), failure_reason = 'signer_declined' WHERE id = $1`,
      [other.signingSessionId],
    );
    const work = workAllNotices(portal);
    const { pool } = portal.ctx.db;
    const waiting = () => pool.query(`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
    await expect.poll(async () => (await waiting()).rows.length).toBeGreaterThan(0);
    await first.query('COMMIT');
    await first.end();
    await work;
    expect((await statusOf(other.signingSessionId)).status).toBe('FAILED');
    expect(await noticesOf(portal, other.signingSessionId)).toEqual([['canceled', 'nothing_new']]);
  });
});

test('a notice that cannot be worked on holds up no other, and is tried again', async () => {
  const [broken, whole] = [await createdSession(portal), await createdSession(portal)];
  for (const { debtKey } of [broken, whole])
    await receiveNotice(portal.ctx, signedPost(portal, noticeJson(debtKey, 'canceled')));
  const { keys } = portal.ctx;
  const faults: unknown[] = [];
  const ctx = {
    ...portal.ctx,
    keys: {
      ...keys,
      sessionVault: (...[place, wrapped]: Parameters<typeof keys.sessionVault>) => {
        if (place.sessionId === broken.signingSessionId) throw new Error('no key');
        return keys.sessionVault(place, wrapped);
      },
    },
  };
  await workNotices(ctx, (error) => faults.push(error));
  expect(faults).toHaveLength(1);
  expect((await statusOf(whole.signingSessionId)).status).toBe('CANCELLED');
  expect((await statusOf(broken.signingSessionId)).status).toBe('PENDING');
  await portal.advanceClock(5_000);
  await workAllNotices(portal);
  expect((await statusOf(broken.signingSessionId)).status).toBe('CANCELLED');
});

test('the audit finds nothing to say against what notices have changed', async () => {
  const owner = new pg.Client({ connectionString: portal.ownerUrl });
  await owner.connect();
  try {
    for await (const session of (await auditedRows(owner)).sessions())
      expect(auditSession(session, portal.ctx.keys)).toEqual([]);
  } finally {
    await owner.end();
  }
});
