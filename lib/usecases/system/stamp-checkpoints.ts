import type { Tx } from '#lib/db/database.ts';
import {
  chooseForStamping,
  endStampTurn,
  keepTimeStamp,
  type StampPolicy,
  type StampTurn,
  takeStampTurn,
} from '#lib/db/log-stamp-queue.ts';
import { delayBeforeAttemptMs } from '#lib/domain/retry-schedule.ts';
import type { Stamped, TimeStampAuthority } from '#lib/providers/time-stamps.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { UseCaseContext } from '../context.ts';
import { workerScope } from '../no-workspace.ts';

/** In the sandbox one wants to see the stamp of what one has just done; taken up in bounded portions after a pause. */
const sandboxPolicy: StampPolicy = { everyOne: true, most: 100 };
/** One stamp covers all sessions before it, and authorities ask their users to be modest. */
const productionPolicy: StampPolicy = { everyOne: false, spacingMs: 5 * 60_000 };

/** Longer than an authority may take to answer, so that only a dead process loses its turn. */
const leaseMs = 30_000;
/** However long an authority has been away, its return is seen soon: people are told of stamps that are an hour late. */
const retryDelayMaxMs = 10 * 60_000;

type Context = Pick<UseCaseContext, 'db' | 'isSandbox' | 'timeStampAuthorities'>;

/**
 * Asks this authority, one of the program's, for the stamp that it owes of the newest checkpoint; true when it brought one, so that it is
 * worth asking for the next. Chooses the checkpoints to be stamped on the way, for all authorities alike. No transaction is open while
 * the authority is asked. What it does not answer stays queued, and is asked for again later and later, at least every ten minutes.
 */
export async function stampNext(ctx: Context, authority: TimeStampAuthority): Promise<boolean> {
  const turn = await ctx.db.transaction(workerScope, (tx) => takeTurn(tx, ctx, authority));
  if (!turn) return false;
  const stamped = await authority.stamp(sha256(turn.note));
  await ctx.db.transaction(workerScope, (tx) => settle(tx, turn, stamped));
  return stamped.ok;
}

async function takeTurn(tx: Tx, ctx: Context, { name }: TimeStampAuthority): Promise<StampTurn | undefined> {
  const names = ctx.timeStampAuthorities.map((authority) => authority.name);
  await chooseForStamping(tx, names, ctx.isSandbox ? sandboxPolicy : productionPolicy);
  return takeStampTurn(tx, name, leaseMs);
}

async function settle(tx: Tx, turn: StampTurn, stamped: Stamped): Promise<void> {
  if (stamped.ok) await keepTimeStamp(tx, turn, stamped);
  // Nobody else asks this authority, so there is nobody to be spread from.
  const delayMs = delayBeforeAttemptMs(turn.failures + 1, 0.5);
  const outcome = stamped.ok
    ? { reason: null, waitMs: 0 }
    : { reason: stamped.reason, waitMs: Math.min(delayMs, retryDelayMaxMs) };
  await endStampTurn(tx, turn, outcome);
}
