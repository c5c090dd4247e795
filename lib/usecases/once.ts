import type { DatabaseRole, Tx } from '#lib/db/database.ts';
import { keepAnswer, readKeptAnswer, takeIdempotencyKey } from '#lib/db/idempotency-keys.ts';
import type { FieldRefusal } from '#lib/schema/field-refusals.ts';
import type { UseCaseContext } from './context.ts';

/** An answer as bytes, so that a replay is the same to the last one. */
export type Rendered = {
  status: number;
  headers: Record<string, string>;
  bytes: Uint8Array;
  /** Of a refusal, the wrong fields as rules; for whoever looks at requests afterwards, not for the answer. */
  errors?: readonly FieldRefusal[];
};

/** How a mutating call is answered, and under which key it must happen only once. Without a key nothing is kept. */
export type Once<Result> = { key?: string; fingerprint: Uint8Array; render(result: Result): Rendered };

export type Settled =
  | { kind: 'answered'; rendered: Rendered; isReplay: boolean }
  | { kind: 'refused'; code: 'idempotency_key_reused'; firstUsedAt: Date }
  | { kind: 'refused'; code: 'idempotency_in_progress' };

type Work<Result> = {
  workspaceId: string;
  role: DatabaseRole;
  effect(tx: Tx): Promise<Result>;
  /** Refusals of the request itself are not kept: a corrected request may use the same key. */
  isKept(result: Result): boolean;
};

/**
 * Runs one effect in one transaction. With a key, the record is inserted before the effect and its answer stored after it, so that
 * no moment exists at which one is durable without the other (`security-and-reliability` section 5).
 */
export async function settleOnce<Result>(
  ctx: UseCaseContext,
  once: Once<Result>,
  work: Work<Result>,
): Promise<Settled> {
  if (once.key === undefined) {
    const result = await ctx.db.transaction(work, work.effect);
    return { kind: 'answered', rendered: once.render(result), isReplay: false };
  }
  try {
    return await settleUnderKey(ctx, once, once.key, work);
  } catch (error) {
    if (error instanceof NotKept) return { kind: 'answered', rendered: error.rendered, isReplay: false };
    if (error instanceof StillRunning) return { kind: 'refused', code: 'idempotency_in_progress' };
    throw error;
  }
}

function settleUnderKey<Result>(
  ctx: UseCaseContext,
  once: Once<Result>,
  key: string,
  work: Work<Result>,
): Promise<Settled> {
  const { workspaceId } = work;
  return ctx.db.transaction<Settled>(work, async (tx) => {
    const mark = ctx.keys.requestMark(workspaceId, once.fingerprint);
    const isFirst = await takeIdempotencyKey(tx, { workspaceId, key }, mark).catch(refuseWhenLocked);
    if (!isFirst) return replay(ctx, tx, mark, { workspaceId, key });
    const result = await work.effect(tx);
    const rendered = once.render(result);
    if (!work.isKept(result)) throw new NotKept(rendered);
    await keepAnswer(
      tx,
      { workspaceId, key },
      rendered.status,
      ctx.keys.sealAnswer(workspaceId, key, packed(rendered)),
    );
    return { kind: 'answered', rendered, isReplay: false };
  });
}

async function replay(
  ctx: UseCaseContext,
  tx: Tx,
  mark: Buffer,
  place: { workspaceId: string; key: string },
): Promise<Settled> {
  const kept = await readKeptAnswer(tx, place);
  if (!kept) throw new Error('an idempotency record was neither free nor readable');
  if (!kept.fingerprint.equals(mark)) {
    return { kind: 'refused', code: 'idempotency_key_reused', firstUsedAt: kept.created_at };
  }
  const { headers, body } = JSON.parse(
    ctx.keys.openAnswer(place.workspaceId, place.key, kept.answer_sealed).toString('utf8'),
  );
  const rendered = { status: kept.status, headers, bytes: Buffer.from(body, 'base64') };
  return { kind: 'answered', rendered, isReplay: true };
}

function packed({ headers, bytes }: Rendered): Buffer {
  return Buffer.from(JSON.stringify({ headers, body: Buffer.from(bytes).toString('base64') }));
}

/** SQLSTATE of a wait that the lock timeout ended: the first request with this key is still running. */
const lockNotAvailable = '55P03';

function refuseWhenLocked(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === lockNotAvailable) throw new StillRunning();
  throw error;
}

/** Thrown to roll back the key's record together with an effect that did nothing. */
class NotKept extends Error {
  readonly rendered: Rendered;
  constructor(rendered: Rendered) {
    super('the answer is not kept');
    this.rendered = rendered;
  }
}

class StillRunning extends Error {}
