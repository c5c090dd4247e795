import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { noteLenderCalls } from '#lib/db/lender-breakers.ts';
import { breakerRules } from '#lib/domain/circuit-breaker.ts';
import { claimNext } from '#lib/outbox/claim.ts';
import { acceptedSession, deliverToRest, deliveryOf, nextStep } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { type ScriptedLender, type ScriptedReply, startScriptedLender } from '#lib/testing/scripted-lender.ts';
import { listStaffSessions } from '../staff/list-sessions.ts';
import { deliverNext } from './deliver-acceptance.ts';
import { lenderWatchFigures } from './lender-watch-figures.ts';
import { raiseAlarms } from './raise-alarms.ts';

const hour = 3_600_000;
const limited: ScriptedReply = { status: 429, json: {} };

let lender: ScriptedLender;
let portal: TestPortal;
beforeAll(async () => {
  lender = await startScriptedLender();
});
beforeEach(async () => {
  portal = await startTestPortal({ lenderAt: lender.url });
});
afterEach(async () => {
  lender.received.length = 0;
  await portal.end();
});
afterAll(() => lender.stop());

async function accepted(howMany: number, changes: Record<string, unknown> = {}) {
  const sessions = [];
  for (let made = 0; made < howMany; made += 1) sessions.push((await acceptedSession(portal, changes)).session);
  return sessions;
}

/** As many due steps as there are, by several hands of two workers. */
async function work(): Promise<number> {
  let steps = 0;
  const hand = async () => {
    while (await deliverNext(portal.ctx)) steps += 1;
  };
  await Promise.all(Array.from({ length: 4 }, hand));
  return steps;
}

const attemptsMade = async () => {
  const [row] = await portal.asOwner<{ made: number }>('SELECT sum(attempts)::int AS made FROM deliveries');
  return row?.made;
};

describe('a lender that fails', () => {
  test('is given a rest after twenty calls, by all workers, and nothing is counted meanwhile', async () => {
    lender.script = { submissions: [limited], questions: [] };
    await accepted(25);
    // One by one, so that none is under way when the rest begins.
    while (await deliverNext(portal.ctx));
    expect(lender.received).toHaveLength(breakerRules.windowCalls);
    expect(await attemptsMade()).toBe(breakerRules.windowCalls);
    expect((await lenderWatchFigures(portal.ctx)).breakers).toEqual({ open: 1, failedRecently: 20 });
    await portal.advanceClock(breakerRules.waitMs - 2_000);
    expect(await work()).toBe(0);
    expect(await attemptsMade()).toBe(breakerRules.windowCalls);
  });

  test('gets one probe after half a minute, whoever asks, and another rest when it fails again', async () => {
    lender.script = { submissions: [limited], questions: [] };
    await accepted(25);
    while (await deliverNext(portal.ctx));
    await portal.advanceClock(breakerRules.waitMs);
    expect(await work()).toBe(1);
    expect(lender.received).toHaveLength(breakerRules.windowCalls + 1);
    expect(await work()).toBe(0);
  });

  test('that answers the probe gets everything that waited, each once', async () => {
    lender.script = { submissions: [limited], questions: [] };
    const sessions = await accepted(22);
    while (await deliverNext(portal.ctx));
    await portal.advanceClock(2 * breakerRules.waitMs);
    const real = {
      ...portal,
      ctx: { ...portal.ctx, lender: { ...portal.lenderAt(portal.lenderUrl), host: portal.ctx.lender.host } },
    };
    while (await deliverNext(real.ctx));
    for (const { signingSessionId } of sessions) {
      const { wait_ms } = await deliveryOf(portal, signingSessionId);
      if (wait_ms !== null) await deliverToRest(real, signingSessionId);
    }
    const rows = await portal.asOwner('SELECT status, count(*)::int AS n FROM deliveries GROUP BY status');
    expect(rows).toEqual([{ status: 'DELIVERED', n: 22 }]);
    expect((await lenderWatchFigures(portal.ctx)).breakers).toEqual({ open: 0, failedRecently: 0 });
  });

  test('in less than half of the calls gets no rest', async () => {
    const { host } = portal.ctx.lender;
    const failed = Array.from({ length: 40 }, (_, call) => call % 20 < breakerRules.failuresMax - 1);
    for (const one of failed) await noteLenderCalls(portal.ctx.db, { host, failed: [one], isProbe: false });
    await accepted(1);
    expect(await claimNext(portal.ctx.db, host)).toMatchObject({ host, is_probe: false });
  });

  test('is asked first about a signature that it may have, and sent another only when none is in doubt', async () => {
    const waiting: ScriptedReply = { status: 503, json: {} };
    lender.script = { submissions: ['reset'], questions: [waiting] };
    const [doubted] = await accepted(1);
    const doubtedId = doubted?.signingSessionId ?? '';
    expect(await nextStep(portal, doubtedId)).toMatchObject({ status: 'AMBIGUOUS' });
    const [older] = await accepted(1);
    const { host } = portal.ctx.lender;
    await noteLenderCalls(portal.ctx.db, { host, failed: Array.from({ length: 20 }, () => true), isProbe: false });
    await portal.advanceClock(breakerRules.waitMs);
    const dueSince = (id: string, ago: string) =>
      portal.asOwner('UPDATE deliveries SET next_attempt_at = aceite_now() - $2::interval WHERE session_id = $1', [
        id,
        ago,
      ]);
    await dueSince(older?.signingSessionId ?? '', '1 hour');
    await dueSince(doubtedId, '1 minute');
    const sends = lender.received.length;
    expect(await deliverNext(portal.ctx)).toMatchObject({ sessionId: doubtedId });
    expect(lender.received).toHaveLength(sends);
    // The question failed and comes again later; meanwhile the turn is the oldest's.
    await portal.advanceClock(breakerRules.waitMs);
    await dueSince(doubtedId, '-1 hour');
    expect(await deliverNext(portal.ctx)).toMatchObject({ sessionId: older?.signingSessionId });
    expect(lender.received).toHaveLength(sends + 1);
  });

  test('has its probe given to one of many that ask, and to another when that one dies', async () => {
    const { host } = portal.ctx.lender;
    const ask = () => claimNext(portal.ctx.db, host);
    await accepted(4);
    await noteLenderCalls(portal.ctx.db, { host, failed: Array.from({ length: 20 }, () => true), isProbe: false });
    expect(await ask()).toBeUndefined();
    await portal.advanceClock(breakerRules.waitMs);
    const asked = await Promise.all(Array.from({ length: 12 }, ask));
    expect(asked.flatMap((claim) => (claim ? [claim.is_probe] : []))).toEqual([true]);
    await portal.advanceClock(breakerRules.probeMs);
    expect(await ask()).toMatchObject({ is_probe: true });
    // It made no call: the turn goes to whoever asks next.
    await noteLenderCalls(portal.ctx.db, { host, failed: [], isProbe: true });
    expect(await ask()).toMatchObject({ is_probe: true });
    await noteLenderCalls(portal.ctx.db, { host, failed: [false], isProbe: true });
    expect(await ask()).toMatchObject({ is_probe: false });
  });
});

describe('an alarm', () => {
  const alarmsOf = async (id: string) =>
    (
      await portal.asOwner<{ alarm: string }>(
        "SELECT data ->> 'alarm' AS alarm FROM events WHERE session_id = $1 AND type = 'delivery_alarm' ORDER BY position",
        [id],
      )
    ).map(({ alarm }) => alarm);

  test('is raised a day after the acceptance, once, and not before', async () => {
    lender.script = { submissions: [limited], questions: [] };
    const [session] = await accepted(1);
    const id = session?.signingSessionId ?? '';
    await portal.advanceClock(24 * hour - 60_000);
    expect(await raiseAlarms(portal.ctx)).toEqual([]);
    await portal.advanceClock(60_000);
    expect(await raiseAlarms(portal.ctx)).toEqual([id]);
    expect(await raiseAlarms(portal.ctx)).toEqual([]);
    expect(await alarmsOf(id)).toEqual(['undelivered']);
    expect((await lenderWatchFigures(portal.ctx)).alarms).toEqual([{ alarm: 'undelivered', howMany: 1 }]);
  });

  test('marks the session for staff until it arrives, and the list can show those alone', async () => {
    lender.script = { submissions: [limited], questions: [] };
    const [late, other] = await accepted(2);
    const id = late?.signingSessionId ?? '';
    const staff = {
      userId: 'ana',
      workspaceId: portal.merchant.workspaceId,
      role: 'viewer' as const,
      request: portal.merchant.request,
    };
    const listed = async () => {
      const result = await listStaffSessions(portal.ctx, staff, { concern: '1' });
      return result.ok ? result.list.items.map((item) => [item.id, item.alarms]) : result.code;
    };
    expect(await listed()).toEqual([]);
    lender.script.submissions = [{ status: 200, json: { key: other?.debtKey, status: 'signature_received' } }];
    await portal.asOwner(
      "UPDATE deliveries SET next_attempt_at = aceite_now() + interval '2 days' WHERE session_id = $1",
      [id],
    );
    expect(await deliverToRest(portal, other?.signingSessionId ?? '')).toEqual(['DELIVERED']);
    await portal.advanceClock(25 * hour);
    await raiseAlarms(portal.ctx);
    expect(await listed()).toEqual([[id, ['undelivered']]]);
    lender.script.submissions = [{ status: 200, json: { key: late?.debtKey, status: 'signature_received' } }];
    await deliverToRest(portal, id);
    expect(await listed()).toEqual([]);
  });

  test('by two workers at once is one event', async () => {
    const [session] = await accepted(1);
    await portal.advanceClock(25 * hour);
    const raised = await Promise.all([raiseAlarms(portal.ctx), raiseAlarms(portal.ctx)]);
    expect(raised.flat()).toEqual([session?.signingSessionId]);
    expect(await alarmsOf(session?.signingSessionId ?? '')).toEqual(['undelivered']);
  });

  test('reaches everybody else where one session cannot be opened', async () => {
    const [lost, other] = await accepted(2);
    await portal.advanceClock(25 * hour);
    const keys: typeof portal.ctx.keys = {
      ...portal.ctx.keys,
      sessionVault: (place, wrapped) => {
        if (place.sessionId === lost?.signingSessionId) throw new Error('the key file has no such key');
        return portal.ctx.keys.sessionVault(place, wrapped);
      },
    };
    const faults: unknown[] = [];
    const raised = await raiseAlarms({ ...portal.ctx, keys }, (error) => void faults.push(error));
    expect(raised).toEqual([other?.signingSessionId]);
    expect(faults).toHaveLength(1);
  });

  test.each([
    [6, 3],
    [100, 24],
  ])('of a signature that the lender needs in %s hours comes after %s', async (deadline, hours) => {
    const signingDeadline = new Date(portal.now().getTime() + deadline * hour).toISOString();
    const [session] = await accepted(1, { signingDeadline });
    await portal.advanceClock(hours * hour - 60_000);
    expect(await raiseAlarms(portal.ctx)).toEqual([]);
    await portal.advanceClock(120_000);
    expect(await raiseAlarms(portal.ctx)).toEqual([session?.signingSessionId]);
  });

  test('is not raised of what arrived', async () => {
    const [session] = await accepted(1);
    const id = session?.signingSessionId ?? '';
    lender.script.submissions = [{ status: 200, json: { key: session?.debtKey, status: 'signature_received' } }];
    expect(await deliverToRest(portal, id)).toEqual(['DELIVERED']);
    await portal.advanceClock(48 * hour);
    expect(await raiseAlarms(portal.ctx)).toEqual([]);
  });

  test.each<[string, ScriptedReply, string, string]>([
    ['another debt', { status: 200, json: { key: 'x', status: 'signature_received' } }, 'AMBIGUOUS', 'wrong_debt'],
    [
      'another address',
      { status: 302, json: {}, headers: { Location: 'http://127.0.0.1:9/' } },
      'PAUSED',
      'redirected',
    ],
    ['a wrong credential', { status: 401, json: {} }, 'PAUSED', 'credential'],
    ['a call that is not open to the integration', { status: 405, json: {} }, 'PAUSED', 'credential'],
    ['a proxy that wants a credential', { status: 407, json: {} }, 'PAUSED', 'credential'],
  ])('is raised at once by %s, and told with the step', async (_what, reply, status, alarm) => {
    lender.script = { submissions: [reply], questions: [] };
    const [session] = await accepted(1);
    const id = session?.signingSessionId ?? '';
    expect(await deliverNext(portal.ctx)).toEqual({ sessionId: id, alarm });
    expect((await deliveryOf(portal, id)).status).toBe(status);
    expect(await alarmsOf(id)).toEqual([alarm]);
  });

  test('that was raised before is not raised again by the next call', async () => {
    const wrong: ScriptedReply = { status: 200, json: { key: 'x', status: 'signature_received' } };
    lender.script = {
      submissions: [wrong],
      questions: [{ status: 200, json: { data: { status: 'waiting_signature' } } }],
    };
    const [session] = await accepted(1);
    const id = session?.signingSessionId ?? '';
    for (let steps = 0; steps < 4; steps += 1) await nextStep(portal, id);
    expect(lender.received.length).toBeGreaterThan(1);
    expect(await alarmsOf(id)).toEqual(['wrong_debt']);
  });
});
