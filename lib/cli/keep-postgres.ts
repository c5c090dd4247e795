import { setTimeout as pause } from 'node:timers/promises';
import type { EmbeddedFailure, EmbeddedPostgres } from '#lib/db/embedded-postgres.ts';
import { isMarkRunning, processMark } from '#lib/db/embedded-process.ts';

/** How soon the death of the server is noticed; every answer until it runs again is a 503. */
const lookEveryMs = 250;
/** Before each start of one outage. A full disk or a volume that went away gets a minute and a half to be put right. */
const usualWaitsMs = [0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000];
/** A server that has run for so long has settled: its next end is a new outage. */
const settledAfterMs = 60_000;

type Start = () => Promise<EmbeddedPostgres | EmbeddedFailure>;
type Voice = (message: string) => void;

export type KeptPostgres = {
  /** Settles with a sentence when the server cannot be kept running; nothing is tried any more then. */
  lost: Promise<string>;
  /** Ends the watch, and then the server, unless somebody else still uses it. */
  stop(): Promise<void>;
};

/**
 * Keeps an embedded Postgres running, whoever ends it: `start` starts or joins it again, at the same address, since processes that run
 * already know no other. Each start is announced by `say`; after one start more than `waitsMs` has entries it is given up.
 */
export function keepPostgres(
  first: EmbeddedPostgres,
  start: Start,
  say: Voice,
  waitsMs: readonly number[] = usualWaitsMs,
): KeptPostgres {
  const stopping = new AbortController();
  const post: Post = { server: first, start, say, waitsMs, signal: stopping.signal };
  const watching = watch(post);
  return {
    lost: watching.then((sentence) => sentence ?? new Promise(() => undefined)),
    stop: async () => {
      stopping.abort();
      await watching.catch(() => undefined);
      await post.server.stop();
    },
  };
}

type Post = { server: EmbeddedPostgres; start: Start; say: Voice; waitsMs: readonly number[]; signal: AbortSignal };

const movedAway = 'Postgres was started at another port by another command, and the running processes do not know it.';

/** Until a stop (undefined), or until there is no hope (the reason). */
async function watch(post: Post): Promise<string | undefined> {
  const { signal, say } = post;
  const { appUrl } = post.server;
  let attempts = 0;
  while (post.server.appUrl === appUrl) {
    const ranForMs = await untilItEnds(post.server, signal);
    if (signal.aborted) return undefined;
    if (ranForMs > settledAfterMs) attempts = 0;
    const again = await startAgain(post, post.waitsMs.slice(attempts));
    if (!again.ok) return signal.aborted ? undefined : again.sentence;
    attempts += again.attempts;
    // Takes back the note of the server that died; the new one has its own, and goes on.
    await post.server.stop();
    post.server = again.server;
    say(`Postgres runs again, as process ${again.server.pid}.`);
  }
  return movedAway;
}

async function untilItEnds({ pid }: EmbeddedPostgres, signal: AbortSignal): Promise<number> {
  const since = performance.now();
  const mark = await processMark(pid);
  while (!signal.aborted && (await isMarkRunning(mark))) await rest(lookEveryMs, signal);
  return performance.now() - since;
}

type Again =
  | { ok: true; server: EmbeddedPostgres; attempts: number }
  | { ok: false; sentence: string; attempts: number };

async function startAgain({ start, say, signal }: Post, waitsMs: readonly number[]): Promise<Again> {
  let attempts = 0;
  let reason = '';
  for (const waitMs of waitsMs) {
    say(`Postgres ${reason || 'ended unexpectedly'}; starting it again${waitMs > 0 ? ` in ${waitMs / 1000} s` : ''}.`);
    await rest(waitMs, signal);
    if (signal.aborted) break;
    attempts += 1;
    const started = await start().catch(failureOf);
    if (started.ok) return { ok: true, server: started, attempts };
    reason = `could not be started: ${started.message}`;
  }
  return { ok: false, sentence: `Postgres ${reason || 'ended again and again'}`, attempts };
}

/** A fault that the launcher does not foresee may pass like any other. */
function failureOf(error: unknown): Pick<EmbeddedFailure, 'ok' | 'message'> {
  return { ok: false, message: error instanceof Error ? error.message : String(error) };
}

/** A pause that a stop cuts short. */
function rest(ms: number, signal: AbortSignal): Promise<void> {
  return pause(ms, undefined, { signal }).catch(() => undefined);
}
