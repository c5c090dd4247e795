import { setTimeout as pause } from 'node:timers/promises';
import { eventEntry } from '#lib/db/log-entry-sql.ts';
import { readDossier } from '#lib/usecases/merchant/read-dossier.ts';
import { acceptOne } from './accept-rate.ts';
import { asAdmin } from './bench-cluster.ts';
import type { BenchSandbox } from './bench-sandbox.ts';
import { type Figure, ofRounds } from './figure.ts';
import { reviewedAct } from './reviewed-session.ts';
import type { Scale } from './scale.ts';

const part = 'From an acceptance, with the worker and the signer of a portal';
/** Seldom enough not to compete with those who are watched. */
const lookEveryMs = 250;
/** Twice what is promised: whoever is not there by then has a fault, which waiting does not mend. */
const patienceMs = 120_000;

export type Inclusion = { figures: Figure[]; finalSessionId: string };

/** Seconds from the press of the button until a published checkpoint holds it, and until the dossier is final; one after the other. */
export async function measureInclusion(
  sandbox: BenchSandbox,
  scale: Scale,
  onProgress: (message: string) => void,
): Promise<Inclusion> {
  const { ctx, merchant, database } = sandbox;
  const published: number[] = [];
  const final: number[] = [];
  let finalSessionId = '';
  for (let round = 1; round <= scale.rounds; round += 1) {
    onProgress(`from acceptance to checkpoint, round ${round} of ${scale.rounds}`);
    const act = await reviewedAct(sandbox, round);
    const { sessionId } = act.signer;
    const started = performance.now();
    await acceptOne(ctx, act);
    published.push(await secondsUntil('published', started, () => isPublished(database.adminUrl, sessionId)));
    final.push(await secondsUntil('final', started, () => isFinal(ctx, merchant, sessionId)));
    finalSessionId = sessionId;
  }
  const goal = { kind: 'at most', value: 60 } as const;
  const figures: Figure[] = [
    { part, name: 'to a published checkpoint', unit: 's', ...ofRounds(published), goal },
    {
      part,
      name: 'to the final dossier: delivered, published, stamped twice, certified',
      unit: 's',
      ...ofRounds(final),
    },
  ];
  return { figures, finalSessionId };
}

async function secondsUntil(what: string, started: number, isSo: () => Promise<boolean>): Promise<number> {
  while (performance.now() - started < patienceMs) {
    if (await isSo()) return (performance.now() - started) / 1000;
    await pause(lookEveryMs);
  }
  throw new Error(`an acceptance was not ${what} after ${patienceMs / 1000} seconds`);
}

const covering = `SELECT 1 FROM events e JOIN log_entries l ON l.entry = ${eventEntry('e.hash', 'e.type')}
  WHERE e.session_id = $1 AND e.type = 'accepted' AND EXISTS (SELECT 1 FROM log_checkpoints c WHERE c.size > l.index)`;

async function isPublished(adminUrl: string, sessionId: string): Promise<boolean> {
  return (await asAdmin(adminUrl, (admin) => admin.query(covering, [sessionId]))).rows.length > 0;
}

async function isFinal(
  ctx: BenchSandbox['ctx'],
  merchant: BenchSandbox['merchant'],
  sessionId: string,
): Promise<boolean> {
  const dossier = await readDossier(ctx, merchant, sessionId);
  return dossier.ok && dossier.state === 'final';
}
