import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { insertCheckpoint } from '#lib/db/log-checkpoints.ts';
import type { TimeStampAuthority } from '#lib/providers/time-stamps.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { type SandboxStamps, startSandboxStamps } from '#lib/testing/sandbox-stamps.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { UseCaseContext } from '../context.ts';
import { workerScope } from '../no-workspace.ts';
import { stampNext } from './stamp-checkpoints.ts';
import { stampDebts } from './stamp-debts.ts';

const minutes = 60_000;

let portal: TestPortal;
let stamps: SandboxStamps;
let sandbox: UseCaseContext;
let production: UseCaseContext;
beforeAll(async () => {
  [portal, stamps] = await Promise.all([startTestPortal(), startSandboxStamps(['first', 'second'])]);
  sandbox = { ...portal.ctx, timeStampAuthorities: stamps.authorities };
  production = { ...sandbox, isSandbox: false };
});
afterAll(() => Promise.all([portal.end(), stamps.end()]));

let size = 0;
const noteOf = (of: number) => Buffer.from(`assinar.example.com/log\n${of}\n${'A'.repeat(44)}\n\n— a signature\n`);

async function sign(): Promise<number> {
  size += 3;
  await portal.ctx.db.transaction(workerScope, (tx) =>
    insertCheckpoint(tx, { size, root: Buffer.alloc(32, size), note: noteOf(size) }),
  );
  return size;
}

/** As the worker does it: each authority is asked until it has nothing more to bring. */
async function stampToRest(ctx: UseCaseContext): Promise<void> {
  const askToRest = async (authority: TimeStampAuthority) => {
    while (await stampNext(ctx, authority));
  };
  await Promise.all(ctx.timeStampAuthorities.map(askToRest));
}

async function stampedBy(of: number): Promise<string[]> {
  const sql = 'SELECT authority FROM log_time_stamps WHERE size = $1 ORDER BY authority';
  return (await portal.asOwner<{ authority: string }>(sql, [of])).map(({ authority }) => authority);
}

const pendingOf = async (ctx = sandbox) =>
  Object.fromEntries((await stampDebts(ctx)).map(({ authority, pending }) => [authority, pending]));

const [first, second] = [() => authority(0), () => authority(1)];

function authority(which: number): TimeStampAuthority {
  const found = stamps.authorities[which];
  if (!found) throw new Error('there is no such authority');
  return found;
}

describe('in the sandbox', () => {
  test('every checkpoint is stamped by every authority, over the bytes of its note', async () => {
    const sizes = [await sign(), await sign(), await sign()];
    await stampToRest(sandbox);
    for (const each of sizes) expect(await stampedBy(each)).toEqual(['first', 'second']);
    const rows = await portal.asOwner<{ size: string; response: Buffer; stamped_at: Date }>(
      'SELECT * FROM log_time_stamps',
    );
    for (const row of rows) {
      const digest = sha256(noteOf(Number(row.size)));
      const verified = await stamps.verify(row.response, digest);
      expect(verified).toMatchObject({ ok: true, time: row.stamped_at });
    }
    expect(await pendingOf()).toEqual({ first: 0, second: 0 });
  });

  test('nothing is asked where there is nothing new', async () => {
    const asked = [stamps.asked('first'), stamps.asked('second')];
    await stampToRest(sandbox);
    expect([stamps.asked('first'), stamps.asked('second')]).toEqual(asked);
  });
});

describe('an authority that is away', () => {
  beforeEach(() => stamps.turn('second', 'away'));

  test('leaves its stamps pending, holds up no other, and is asked again later and later until it is back', async () => {
    const missed = await sign();
    await stampToRest(sandbox);
    expect(await stampedBy(missed)).toEqual(['first']);
    const [, debt] = await stampDebts(sandbox);
    expect(debt).toMatchObject({ authority: 'second', pending: 1, reason: 'status_503' });
    expect((await stampDebts(sandbox))[0]).not.toHaveProperty('reason');

    const asked = stamps.asked('second');
    expect(await stampNext(sandbox, second())).toBe(false);
    expect(stamps.asked('second')).toBe(asked);
    await portal.advanceClock(10_000);
    await stampNext(sandbox, second());
    expect(stamps.asked('second')).toBe(asked + 1);
    await portal.advanceClock(10_000);
    await stampNext(sandbox, second());
    expect(stamps.asked('second')).toBe(asked + 1);

    await stamps.turn('second', 'back');
    const late = await sign();
    await portal.advanceClock(10 * minutes);
    expect((await stampDebts(sandbox))[1]?.oldestSeconds).toBeGreaterThan(600);
    await stampToRest(sandbox);
    expect(await stampedBy(missed)).toEqual(['first', 'second']);
    expect(await stampedBy(late)).toEqual(['first', 'second']);
    expect(await stampDebts(sandbox)).toEqual([
      { authority: 'first', pending: 0, oldestSeconds: 0 },
      { authority: 'second', pending: 0, oldestSeconds: 0 },
    ]);
  });

  test('is asked at least every ten minutes, however long it was away', async () => {
    await sign();
    await stampToRest(sandbox);
    for (let hour = 0; hour < 12; hour += 1) {
      await portal.advanceClock(60 * minutes);
      await stampNext(sandbox, second());
    }
    const asked = stamps.asked('second');
    await portal.advanceClock(10 * minutes);
    await stampNext(sandbox, second());
    expect(stamps.asked('second')).toBe(asked + 1);
    await stamps.turn('second', 'back');
    await portal.advanceClock(10 * minutes);
    await stampToRest(sandbox);
    expect(await pendingOf()).toEqual({ first: 0, second: 0 });
  });
});

describe('in production', () => {
  test('the newest checkpoint is stamped, and no other for five minutes', async () => {
    await portal.advanceClock(5 * minutes);
    const [skipped, chosen] = [await sign(), await sign()];
    await stampToRest(production);
    expect(await stampedBy(skipped)).toEqual([]);
    expect(await stampedBy(chosen)).toEqual(['first', 'second']);

    const soon = await sign();
    await portal.advanceClock(4 * minutes);
    await stampToRest(production);
    expect(await stampedBy(soon)).toEqual([]);
    await portal.advanceClock(minutes);
    await stampToRest(production);
    expect(await stampedBy(soon)).toEqual(['first', 'second']);
  });

  test('both authorities are asked about the same checkpoint, also when one comes late', async () => {
    await stamps.turn('first', 'away');
    await portal.advanceClock(5 * minutes);
    const chosen = await sign();
    await stampToRest(production);
    const later = await sign();
    await stamps.turn('first', 'back');
    await portal.advanceClock(minutes);
    await stampToRest(production);
    expect(await stampedBy(chosen)).toEqual(['first', 'second']);
    expect(await stampedBy(later)).toEqual([]);
  });
});

describe('several workers', () => {
  test('ask each authority about a checkpoint once', async () => {
    await stampToRest(sandbox);
    const asked = stamps.asked('first');
    const sizes = [await sign(), await sign(), await sign(), await sign()];
    await Promise.all(Array.from({ length: 6 }, () => stampToRest(sandbox)));
    await stampToRest(sandbox);
    for (const each of sizes) expect(await stampedBy(each)).toEqual(['first', 'second']);
    expect(stamps.asked('first') - asked).toBe(sizes.length);
  });

  test('take over from one that died while it asked, and the late answer changes nothing', async () => {
    const each = await sign();
    const answer = Promise.withResolvers<void>();
    const isAsking = Promise.withResolvers<void>();
    const slow: TimeStampAuthority = {
      name: 'first',
      stamp: async (digest) => {
        isAsking.resolve();
        await answer.promise;
        return first().stamp(digest);
      },
    };
    const stuck = stampNext(sandbox, slow);
    await isAsking.promise;
    expect(await stampNext(sandbox, first())).toBe(false);
    await portal.advanceClock(minutes);
    expect(await stampNext(sandbox, first())).toBe(true);
    const [kept] = await portal.asOwner('SELECT response FROM log_time_stamps WHERE size = $1', [each]);
    answer.resolve();
    expect(await stuck).toBe(true);
    expect(
      await portal.asOwner("SELECT response FROM log_time_stamps WHERE size = $1 AND authority = 'first'", [each]),
    ).toEqual([kept]);
    await stampToRest(sandbox);
  });
});

test('a stamp that is still owed cannot be forgotten, and what was chosen or got cannot be changed, by anybody', async () => {
  await stamps.turn('second', 'away');
  await sign();
  await stampToRest(sandbox);
  for (const sql of [
    'DELETE FROM log_stamp_queue',
    'UPDATE log_stamp_queue SET size = size',
    'UPDATE log_stamp_rounds SET chosen_at = chosen_at',
    'DELETE FROM log_stamp_rounds',
    'TRUNCATE log_stamp_queue',
    'TRUNCATE log_stamp_rounds CASCADE',
    'UPDATE log_time_stamps SET response = response',
    'DELETE FROM log_time_stamps',
  ]) {
    await expect(portal.asOwner(sql), sql).rejects.toThrow(/waits for its stamp|append-only|cannot truncate/);
  }
});

test('where no authority is set nothing is chosen and nothing is owed', async () => {
  await sign();
  const alone = { ...sandbox, timeStampAuthorities: [] };
  await stampToRest(alone);
  expect(await stampDebts(alone)).toEqual([]);
});
