import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StaffRole } from '#lib/domain/roles.ts';
import { type StaffSessionStory, staffSessionStory } from '#lib/schema/staff-session.ts';
import { acceptedSession, createdSession, deliverToRest, maria, openedBy } from '#lib/testing/journey.ts';
import { lenderSays, noticeJson } from '#lib/testing/lender-notices.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import type { StaffActor } from '../context.ts';
import { beginSigning } from '../signer/begin-signing.ts';
import { declineContract } from '../signer/decline-contract.ts';
import { objectToContract } from '../signer/object-to-contract.ts';
import { cancelAsStaff } from './cancel-session.ts';
import { readStaffSession } from './read-session.ts';
import { refreshStaffSession } from './refresh-session.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
  await portal.asOwner(
    `INSERT INTO staff_user (id, name, email, "createdAt", "updatedAt")
     VALUES ('ana', 'Ana Exemplo', 'ana@loja-exemplo.test', aceite_now(), aceite_now())`,
  );
  await portal.asOwner("INSERT INTO staff_members (user_id, workspace_id, role) VALUES ('ana', $1, 'operator')", [
    portal.merchant.workspaceId,
  ]);
});
afterAll(() => portal.end());

function staffAs(role: StaffRole): StaffActor {
  return { userId: 'ana', workspaceId: portal.merchant.workspaceId, role, request: requestFrom('203.0.113.9') };
}

async function storyOf(sessionId: string, role: StaffRole = 'operator'): Promise<StaffSessionStory> {
  const result = await refreshStaffSession(portal.ctx, staffAs(role), sessionId);
  if (!result.ok) throw new Error(result.code);
  return staffSessionStory.parse(result.story);
}

describe('the story of a session', () => {
  test('says who of the staff cancelled, and in which words', async () => {
    const { signingSessionId: id } = await createdSession(portal);
    await cancelAsStaff(portal.ctx, staffAs('operator'), id, ' Cliente desistiu\r\npor telefone ');
    const { entries, item, mayCancel } = await storyOf(id);
    expect(entries.at(-1)).toMatchObject({
      type: 'cancelled',
      actor: 'staff',
      who: 'Ana Exemplo',
      words: 'Cliente desistiu\npor telefone',
    });
    expect({ status: item.status, mayCancel }).toEqual({ status: 'CANCELLED', mayCancel: false });
  });

  test('tells what the lender said by itself, the newest first, and what came of it', async () => {
    const { signingSessionId: id, debtKey } = await createdSession(portal);
    await lenderSays(portal, noticeJson(debtKey, 'under_review'));
    await lenderSays(portal, noticeJson(debtKey, 'canceled '));
    const { notices, entries, item } = await storyOf(id, 'viewer');
    expect(notices).toMatchObject([
      { state: 'canceled', effect: 'session_cancelled', lenderTime: '2026-11-20 14:03:24' },
      { state: 'under_review', effect: 'state_unknown' },
    ]);
    expect(entries.at(-1)).toMatchObject({ type: 'cancelled', actor: 'lender' });
    expect(item.status).toBe('CANCELLED');
  });

  test('says in which words the signer declined', async () => {
    const { signingSessionId: id, token } = await createdSession(portal);
    await declineContract(portal.ctx, await openedBy(portal.ctx, token), { reason: 'Não pedi este crédito' });
    expect((await storyOf(id)).entries.at(-1)).toMatchObject({ actor: 'signer', words: 'Não pedi este crédito' });
  });

  test('tells the same thing several times in a row as one entry that counts', async () => {
    const { signingSessionId: id, token } = await createdSession(portal);
    const signer = await openedBy(portal.ctx, token, '203.0.113.77');
    await beginSigning(portal.ctx, signer);
    await cancelAsStaff(portal.ctx, staffAs('operator'), id, 'por engano');
    for (let taps = 0; taps < 3; taps += 1) await beginSigning(portal.ctx, signer);
    const late = (await storyOf(id)).entries.filter(({ type }) => type === 'late_act');
    expect(late).toMatchObject([{ facts: { act: 'begin' }, repeats: { count: 3 } }]);
    expect(Date.parse(late[0]?.repeats?.lastAt ?? '')).toBeGreaterThanOrEqual(Date.parse(late[0]?.at ?? ''));
  });

  test.each([
    ['viewer', false],
    ['operator', true],
    ['auditor', true],
    ['admin', true],
  ] as const)('tells a %s whence the signer came: %s', async (role, isTold) => {
    const { signingSessionId: id, token } = await createdSession(portal);
    await beginSigning(portal.ctx, await openedBy(portal.ctx, token, '203.0.113.77'));
    const { entries } = await storyOf(id, role);
    const started = entries.find(({ type }) => type === 'started');
    expect(started?.network).toEqual(
      isTold ? { ip: '203.0.113.77', sourcePort: 51_344, ipTrust: 'direct' } : undefined,
    );
    expect(JSON.stringify(entries).includes('203.0.113.77')).toBe(isTold);
  });

  test.each([
    ['viewer', false],
    ['operator', true],
    ['auditor', true],
    ['admin', true],
  ] as const)(
    'tells a %s that the signer withdrew and that somebody else says it was not them; the words: %s',
    async (role, seesWords) => {
      const { session, signer } = await acceptedSession(portal);
      const id = session.signingSessionId;
      expect((await storyOf(id, role)).objections).toEqual([]);
      await objectToContract(portal.ctx, signer, 'withdraw', { reason: 'Mudei de ideia' });
      await objectToContract(portal.ctx, await openedBy(portal.ctx, session.token), 'dispute', { reason: '' });
      const { objections, entries } = await storyOf(id, role);
      expect(objections).toMatchObject([
        { act: 'withdraw', from: 'accepter', reason: seesWords ? { words: 'Mudei de ideia' } : 'hidden' },
        { act: 'dispute', from: 'other_holder', reason: 'none' },
      ]);
      expect(entries.slice(-2)).toMatchObject([
        { type: 'withdrawal_requested', actor: 'signer', facts: { from: 'accepter' } },
        { type: 'disputed', actor: 'signer', facts: { from: 'other_holder' } },
      ]);
      expect(JSON.stringify(entries).includes('Mudei de ideia')).toBe(seesWords);
    },
  );

  test('holds every call to the lender in its place, and the words of a refusal', async () => {
    const refused = { signerDetails: { ...maria, identity: '10000000280' } };
    const { session } = await acceptedSession(portal, refused);
    await deliverToRest(portal, session.signingSessionId);
    const { entries, delivery } = await storyOf(session.signingSessionId);
    expect(entries.slice(-2)).toMatchObject([
      { type: 'lender_sent', facts: { outcome: 'rejected', httpStatus: 400 } },
      { type: 'lender_rejected', actor: 'lender', facts: { lenderCode: 'LEG000069' } },
    ]);
    expect(delivery).toMatchObject({ status: 'REJECTED', attempts: 1, words: { code: 'LEG000069' } });
    expect(delivery?.words?.translation).toMatch(/\S/);
  });
});

test.each([
  ['viewer', false],
  ['operator', true],
  ['auditor', false],
  ['admin', true],
] as const)('a %s may cancel an open session: %s', async (role, mayCancel) => {
  const { signingSessionId: id } = await createdSession(portal);
  expect((await storyOf(id, role)).mayCancel).toBe(mayCancel);
  const answer = await cancelAsStaff(portal.ctx, staffAs(role), id, 'por engano');
  expect(answer).toEqual(mayCancel ? { ok: true } : { ok: false, code: 'forbidden' });
});

test('a page that stays open is one access in ten minutes; opening it is one each time', async () => {
  const { signingSessionId: id } = await createdSession(portal);
  const accesses = async () => {
    const sql = 'SELECT what FROM staff_accesses WHERE session_id = $1 ORDER BY position';
    return (await portal.asOwner<{ what: string }>(sql, [id])).map(({ what }) => what);
  };
  await readStaffSession(portal.ctx, staffAs('operator'), id);
  await storyOf(id);
  await storyOf(id);
  expect(await accesses()).toEqual(['session', 'evidence']);
  await portal.advanceClock(10 * 60_000 + 1_000);
  await storyOf(id);
  await storyOf(id);
  expect(await accesses()).toEqual(['session', 'evidence', 'session']);
  await readStaffSession(portal.ctx, staffAs('viewer'), id);
  expect(await accesses()).toEqual(['session', 'evidence', 'session', 'session']);
});
