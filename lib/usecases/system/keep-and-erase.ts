import { type EndedKeeping, type ErasureStanding, eraseSession, findEndedKeeping } from '#lib/db/keeping.ts';
import type { UseCaseContext } from '../context.ts';
import { type ClockDoubt, doubtOfClock } from './confirm-clock.ts';

/** Sessions that are asked for at once; each is then erased in a transaction of its own. */
const batch = 200;

/** Erased by one run at the most: many times what ends on a day, and little enough that a person sees a flood before all is gone. */
const erasedMax = 10_000;

/** Before every session in the order of their dates. */
const beginning = { keep_until: new Date(0), session_id: '00000000-0000-0000-0000-000000000000' };

export type KeepingSweep = {
  /** How many sessions whose date has come were found in which standing; `erased` ones are gone now. */
  standings: Partial<Record<ErasureStanding, number>>;
  /** What went wrong with single sessions; they are as they were. */
  faults: unknown[];
  /** Why this run has erased nothing. */
  withheld?: ClockDoubt;
  /** Whether more is due than one run may erase; the next one goes on. */
  isCut?: true;
};

type Context = Pick<UseCaseContext, 'db' | 'isSandbox' | 'timeStampAuthorities' | 'timeStampRoots'>;

/**
 * Erases every session that need not be kept any longer. The database decides about each: one that is held, or that the lender may not have,
 * stays and is looked at again by the next run. Any number of runs may meet, and what is found by two is erased by one. Erases nothing while
 * strangers do not confirm the clock, and no more than `most`.
 */
export async function keepAndErase(ctx: Context, most = erasedMax): Promise<KeepingSweep> {
  const withheld = await doubtOfClock(ctx);
  if (withheld) return { standings: {}, faults: [], withheld };
  const { standings, faults }: KeepingSweep = { standings: {}, faults: [] };
  for await (const found of endedKeepings(ctx)) {
    if (standings.erased === most) return { standings, faults, isCut: true };
    try {
      const standing = await eraseOne(ctx, found);
      standings[standing] = (standings[standing] ?? 0) + 1;
    } catch (fault) {
      // One broken session must not keep what others are entitled to lose.
      faults.push(fault);
    }
  }
  return { standings, faults };
}

async function* endedKeepings({ db }: Pick<UseCaseContext, 'db'>): AsyncGenerator<EndedKeeping> {
  let behind: Pick<EndedKeeping, 'keep_until' | 'session_id'> | undefined = beginning;
  while (behind) {
    const found: EndedKeeping[] = await findEndedKeeping(db, behind, batch);
    yield* found;
    behind = found.at(-1);
  }
}

function eraseOne(
  { db }: Pick<UseCaseContext, 'db'>,
  { session_id, workspace_id }: EndedKeeping,
): Promise<ErasureStanding> {
  return db.transaction({ role: 'aceite_retention', workspaceId: workspace_id }, (tx) => eraseSession(tx, session_id));
}
