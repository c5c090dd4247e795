import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { staffSessionList } from '#lib/schema/staff-session.ts';
import { createdSession, maria } from '#lib/testing/journey.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import type { StaffActor } from '../context.ts';
import { cancelAsStaff } from './cancel-session.ts';
import { listStaffSessions, type StaffQuestion } from './list-sessions.ts';

/** Two full pages and one session more. */
const sessions = 51;

let portal: TestPortal;
let staff: StaffActor;
const ids: string[] = [];
beforeAll(async () => {
  portal = await startTestPortal();
  const { workspaceId } = portal.merchant;
  staff = { userId: 'staff-1', workspaceId, role: 'operator', request: requestFrom() };
  for (let count = 0; count < sessions; count += 1) {
    // Every instant of creation is shared by three, so that pages have to cut between equals.
    if (count % 3 === 0) await portal.advanceClock(1_000);
    ids.push((await createdSession(portal, { orderId: 'pedido comum' })).signingSessionId);
  }
});
afterAll(() => portal.end());

async function list(question: StaffQuestion) {
  const result = await listStaffSessions(portal.ctx, staff, question);
  if (!result.ok) throw new Error(result.code);
  return staffSessionList.parse(result.list);
}
const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);

describe('pages', () => {
  test('lead from the newest to the oldest and back, each session once', async () => {
    const first = await list({});
    const second = await list({ before: first.olderCursor ?? '' });
    const third = await list({ before: second.olderCursor ?? '' });
    expect([first, second, third].map(({ items }) => items.length)).toEqual([25, 25, 1]);
    expect(new Set([first, second, third].flatMap(idsOf))).toEqual(new Set(ids));
    expect([first.newerCursor, third.olderCursor]).toEqual([null, null]);
    expect(idsOf(await list({ after: third.newerCursor ?? '' }))).toEqual(idsOf(second));
    expect(idsOf(await list({ after: second.newerCursor ?? '' }))).toEqual(idsOf(first));
  });

  test('going back to fewer new sessions than fill a page gives the whole first page', async () => {
    const first = await list({});
    const third = await list({ before: (await list({ before: first.olderCursor ?? '' })).olderCursor ?? '' });
    const second = await list({ after: third.newerCursor ?? '' });
    const newest = await list({ after: second.newerCursor ?? '' });
    expect(newest).toMatchObject({ newerCursor: null, olderCursor: first.olderCursor });
    expect(newest.items.length).toBe(25);
  });

  test.each(['', 'x', 'AAAA', '%00', '\u0000', 'ÿ'.repeat(300)])(
    'a cursor that is none of ours is the first page: %j',
    async (cursor) => {
      const first = idsOf(await list({}));
      expect(idsOf(await list({ before: cursor }))).toEqual(first);
      expect(idsOf(await list({ after: cursor }))).toEqual(first);
    },
  );
});

describe('a search', () => {
  test('that finds more than can be read shows the newest and says so', async () => {
    const found = await list({ q: maria.identity });
    expect(found).toMatchObject({ isCut: true, newerCursor: null, olderCursor: null });
    expect(found.items.length).toBe(50);
    expect(idsOf(found)).not.toContain(ids[0]);
  });

  test('is not cut when it finds what fits, and then by status too', async () => {
    const cancelled = ids[3] ?? '';
    await cancelAsStaff(portal.ctx, staff, cancelled, 'por engano');
    const found = await list({ q: '529.982.247-25', status: 'CANCELLED' });
    expect(found.isCut).toBe(false);
    expect(idsOf(found)).toEqual([cancelled]);
    expect(idsOf(await list({ q: 'pedido comum', status: 'CANCELLED' }))).toEqual([cancelled]);
  });

  test.each([
    ['the session id', (id: string) => id],
    ['the session id in capitals', (id: string) => id.toUpperCase()],
    ['the address of the session', (id: string) => `https://portal.example/dashboard/sessions/${id}?problem=x`],
    ['the session id between unseen marks', (id: string) => `\u200b ${id}\u2060\n`],
  ])('finds one session by %s', async (_, written) => {
    const id = ids[7] ?? '';
    expect(idsOf(await list({ q: written(id) }))).toEqual([id]);
  });

  test.each(['\u0000', '\ud800', "'; --", '%', '_', '😀', '529.982.247-26'])(
    'that means nothing finds nothing: %j',
    async (q) => {
      expect(await list({ q: `${q} ` })).toMatchObject({ items: [], isCut: false });
    },
  );
});
