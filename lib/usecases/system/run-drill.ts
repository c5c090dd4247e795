import { readClock } from '#lib/db/clock.ts';
import { beginDrill, type DrillFailure, endDrill, isDrillDue, keepDrillFailure, pickForDrill } from '#lib/db/drills.ts';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import { verifyTimeStamp } from '#lib/evidence/verify/time-stamp/verify.ts';
import { verifyDossier } from '#lib/evidence/verify/verify-dossier.ts';
import type { UseCaseContext } from '../context.ts';
import { buildDossier } from '../evidence/build-dossier.ts';
import { findAnySession } from '../find-session.ts';
import { newId } from '../new-id.ts';
import { workerScope } from '../no-workspace.ts';
import { trustFile } from './trust-file.ts';

/** Enough to find within days what befalls one session in ten, and little enough to cost a worker seconds. */
const howMany = { newest: 10, sample: 20 } as const;
/** Until then log, stamps and certificate may still be on their way. */
const proofWithinMs = 3_600_000;

export type DrillResult = {
  checked: number;
  failed: { sessionId: string; workspaceId: string; verdict: string; checks: readonly string[] }[];
};

/**
 * Makes the dossiers of some settled sessions anew and verifies them with what this installation says of itself; keeps what came of it for
 * staff. Undefined, and nothing kept, while no session is settled.
 */
export async function runDrill(ctx: UseCaseContext): Promise<DrillResult | undefined> {
  const places = await pickForDrill(ctx.db, howMany);
  if (places.length === 0) return undefined;
  const runId = await ctx.db.transaction(workerScope, async (tx) => {
    const id = newId(await readClock(tx));
    await beginDrill(tx, id);
    return id;
  });
  const trust = Buffer.from(canonicalJson(await trustFile(ctx)));
  const result: DrillResult = { checked: 0, failed: [] };
  for (const place of places) {
    const failure = await failureOf(ctx, place, trust);
    if (failure === 'gone') continue;
    result.checked += 1;
    if (!failure) continue;
    result.failed.push({ ...place, ...failure });
    const scope = { role: 'aceite_worker', workspaceId: place.workspaceId } as const;
    await ctx.db.transaction(scope, (tx) => keepDrillFailure(tx, { runId, ...place, ...failure }));
  }
  const figures = { checked: result.checked, failed: result.failed.length };
  await ctx.db.transaction(workerScope, (tx) => endDrill(tx, runId, figures));
  return result;
}

/** The same once a day, however many workers there are and however often they start. */
export async function runDrillWhenDue(ctx: UseCaseContext): Promise<DrillResult | undefined> {
  const isDue = await ctx.db.transaction(workerScope, isDrillDue);
  return isDue ? runDrill(ctx) : undefined;
}

async function failureOf(
  ctx: UseCaseContext,
  { sessionId, workspaceId }: SessionPlace,
  trust: Uint8Array,
): Promise<DrillFailure | 'gone' | undefined> {
  const built = await build(ctx, { sessionId, workspaceId });
  if (!('bytes' in built)) return built.failure;
  const { verdict, checks } = await verifyDossier({ dossier: built.bytes, trust, verifyTimeStamp });
  if (verdict === 'VALID' || (verdict === 'VALID_INTERIM' && built.isNew)) return undefined;
  return {
    verdict,
    checks: checks.filter(({ result }) => result !== 'ok' && result !== 'skipped').map(({ id }) => id),
  };
}

const notBuilt: DrillFailure = { verdict: 'not_built', checks: [] };

type Built = { bytes: Uint8Array; isNew: boolean } | { failure: DrillFailure | 'gone' };

/** What was changed may keep a dossier from being made at all. */
async function build(ctx: UseCaseContext, { sessionId, workspaceId }: SessionPlace): Promise<Built> {
  try {
    return await ctx.db.transaction(
      { role: 'aceite_worker', workspaceId, isSnapshot: true },
      async (tx): Promise<Built> => {
        const session = await findAnySession(ctx, tx, workspaceId, sessionId);
        // Erased since it was picked.
        if (session?.erased) return { failure: 'gone' };
        if (!session) return { failure: notBuilt };
        const { bytes } = await buildDossier(ctx, tx, session);
        const settledAt =
          session.row.delivery_delivered_at ?? session.row.delivery_last_attempt_at ?? session.row.closed_at;
        return { bytes, isNew: session.row.now.getTime() - (settledAt?.getTime() ?? 0) < proofWithinMs };
      },
    );
  } catch {
    return { failure: notBuilt };
  }
}
