import type { Tx } from '#lib/db/database.ts';
import { type DeliveryRow, readDelivery, releasePausedDelivery, startSending } from '#lib/db/deliveries.ts';
import { noteLenderCalls } from '#lib/db/lender-breakers.ts';
import { isHostFailure } from '#lib/domain/circuit-breaker.ts';
import { alarmOf, type DeliveryAlarm } from '#lib/domain/delivery-alarm.ts';
import { lenderCode } from '#lib/domain/lender-code.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import { partBytes, partName } from '#lib/evidence/parts.ts';
import { type Claim, type Clocks, claimNext, settleClaim } from '#lib/outbox/claim.ts';
import type { Lender, LenderExchange, LenderWords, QueryOutcome, SubmitOutcome } from '#lib/providers/lender.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import type { UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { jitter } from '../jitter.ts';
import { lenderAccessOf } from '../lender-access.ts';
import { newId } from '../new-id.ts';
import { type AttemptReply, attemptPart } from '../session-parts.ts';
import { type Descent, readBody, readDescent } from './body-to-send.ts';
import { mayResend, type Step, stepAfterQuery, stepAfterSubmit } from './delivery-step.ts';
import { raiseAlarm } from './raise-alarms.ts';

/** One call to the lender, as it is kept. */
type Call = {
  kind: 'submit' | 'query';
  exchange: LenderExchange;
  outcome: string;
  reason: string;
  words?: LenderWords;
  /** Of the bytes that went out. */
  bodySha256?: Buffer;
};
type Standing = {
  claim: Claim;
  row: DeliveryRow;
  descent: Descent | undefined;
  vault: SessionVault;
  lender: Lender;
};

/** A step that was taken, and the alarm that it raised for the first time in its session. */
export type StepTaken = { sessionId: string; alarm?: DeliveryAlarm };

/**
 * Takes the delivery that has been due longest one step further; undefined when none is due. While its lender is given a rest none is even
 * claimed. The lender is called outside any transaction; what it answered is written under the claim's fence. `clocks` are this
 * process's own unless told otherwise.
 */
export async function deliverNext(ctx: UseCaseContext, clocks?: Clocks): Promise<StepTaken | undefined> {
  const claim = await claimNext(ctx.db, ctx.lender.host, clocks);
  if (!claim) return undefined;
  const standing = await readStanding(ctx, claim);
  const calls: Call[] = [];
  const step = await takeStep(ctx, standing, calls);
  const alarm = step && (await writeStep(ctx, standing, step, calls));
  const failed = calls.map(({ exchange }) => isHostFailure(exchange.httpStatus));
  const { host, is_probe: isProbe } = claim;
  if (isProbe || failed.length > 0) await noteLenderCalls(ctx.db, { host, failed, isProbe });
  return { sessionId: claim.session_id, ...(alarm && { alarm }) };
}

function readStanding(ctx: UseCaseContext, claim: Claim): Promise<Standing> {
  return ctx.db.transaction({ role: 'aceite_worker', workspaceId: claim.workspace_id }, async (tx) => {
    const row = await readDelivery(tx, claim.workspace_id, claim.session_id);
    if (!row) throw new Error('a claimed delivery cannot be read');
    const place = { workspaceId: claim.workspace_id, sessionId: claim.session_id };
    const { lender } = await lenderAccessOf(ctx, tx, claim.workspace_id);
    return {
      claim,
      row,
      descent: await readDescent(tx, place, row),
      lender,
      vault: ctx.keys.sessionVault(place, { wrappingKeyId: row.wrapping_key_id, wrappedKey: row.wrapped_key }),
    };
  });
}

async function takeStep(ctx: UseCaseContext, standing: Standing, calls: Call[]): Promise<Step | undefined> {
  const { row, lender } = standing;
  // Whatever may have arrived before is asked about before anything goes out again.
  if (row.was_ambiguous || row.status !== 'SENDING') {
    const question = await lender.query(row.debt_key);
    noteCalls(calls, { kind: 'query' }, question);
    if (!mayResend(row, question)) return stepAfterQuery(row, question, jitter());
    if (!(await markSending(ctx, standing))) return undefined;
  }
  // The database may have answered long ago, and somebody else may have sent the bytes since.
  if (!standing.claim.isHeld()) return undefined;
  const body = readBody(standing);
  if (!body) return stepAfterSubmit(row, bodyAltered(row), jitter());
  const answer = await lender.submit(row.debt_key, body);
  noteCalls(calls, { kind: 'submit', bodySha256: row.body_sha256 }, answer);
  return stepAfterSubmit(row, answer, jitter());
}

/** The call that decided, and before it the one that was refused for its signature: of that one the words are past. */
function noteCalls(
  calls: Call[],
  what: Pick<Call, 'kind' | 'bodySha256'>,
  { earlier, class: outcome, exchange, reason, words }: SubmitOutcome | QueryOutcome,
): void {
  if (earlier) calls.push({ ...what, ...earlier });
  calls.push({ ...what, outcome, exchange, reason, ...(words && { words }) });
}

function markSending(ctx: UseCaseContext, { claim }: Standing): Promise<boolean> {
  return ctx.db.transaction({ role: 'aceite_worker', workspaceId: claim.workspace_id }, (tx) =>
    startSending(tx, claim),
  );
}

/** Nothing is sent: a person has to look. */
function bodyAltered({ now }: DeliveryRow) {
  return {
    class: 'paused' as const,
    reason: 'kept_body_altered',
    exchange: { startedAt: now, endedAt: now, requestMayHaveArrived: false },
  };
}

async function writeStep(
  ctx: UseCaseContext,
  { claim, row, vault, lender }: Standing,
  step: Step,
  calls: readonly Call[],
): Promise<DeliveryAlarm | undefined> {
  const place = { workspaceId: claim.workspace_id, sessionId: claim.session_id };
  const words = calls.findLast((call) => call.words)?.words;
  return ctx.db.transaction({ role: 'aceite_worker', workspaceId: place.workspaceId }, async (tx) => {
    const change = { ...step, lenderWordsSealed: words ? vault.sealJson('lender_words', words) : null };
    const made = calls.map((call) => ({ id: newId(call.exchange.startedAt), call }));
    const attempts = made.map(({ id, call }) => ({ ...place, id, ...keptCall(vault, call) }));
    const settled = await settleClaim(tx, claim, change, attempts);
    const parts = Object.fromEntries(made.map(({ id, call }) => committedCall(id, call, settled.counted)));
    const moved = settled.counted && step.status !== row.status;
    await tellStory(tx, { place, vault }, moved ? step : undefined, {
      ...settled,
      words: settled.counted ? words : undefined,
      parts,
    });
    // Paused for settings that somebody has replaced while the call was under way: nobody would release it.
    const isOutdated = step.status === 'PAUSED' && (await lenderAccessOf(ctx, tx, place.workspaceId)).lender !== lender;
    if (isOutdated) await releasePausedDelivery(tx, place.workspaceId, place.sessionId);
    const alarm = settled.counted ? alarmOf(step.reason) : undefined;
    return alarm && (await raiseAlarm(tx, { place, vault }, alarm)) ? alarm : undefined;
  });
}

function replyOf({ replyHeaders, replyBody }: LenderExchange): AttemptReply | undefined {
  if (!replyHeaders && !replyBody) return undefined;
  return { headers: replyHeaders ?? {}, bodyBase64: Buffer.from(replyBody ?? []).toString('base64') };
}

function keptCall(vault: SessionVault, { kind, exchange, outcome, reason, bodySha256 }: Call) {
  const reply = replyOf(exchange);
  return {
    kind,
    bodySha256: bodySha256 ?? null,
    startedAt: exchange.startedAt,
    endedAt: exchange.endedAt,
    outcome,
    reason,
    httpStatus: exchange.httpStatus ?? null,
    replySealed: reply ? vault.sealJson('lender_reply', reply) : null,
  };
}

/** What the event commits to: the call as the dossier will show it. */
function committedCall(id: string, call: Call, counted: boolean): [string, Uint8Array] {
  const { exchange, kind, outcome, reason, bodySha256 } = call;
  const { startedAt, endedAt, httpStatus } = exchange;
  const reply = replyOf(exchange);
  const said = { id, kind, outcome, reason, counted, startedAt, endedAt, httpStatus, bodySha256, reply };
  return [partName.attempt(id), partBytes(attemptPart(said))];
}

const eventOf = {
  DELIVERED: { type: 'lender_received', actor: 'lender' },
  REJECTED: { type: 'lender_rejected', actor: 'lender' },
  RETRY_WAIT: { type: 'delivery_retry', actor: 'system' },
  AMBIGUOUS: { type: 'delivery_ambiguous', actor: 'system' },
  PAUSED: { type: 'delivery_paused', actor: 'system' },
  NEEDS_ATTENTION: { type: 'delivery_needs_attention', actor: 'system' },
} as const;

type Told = { deliveredAt?: Date | undefined; words: LenderWords | undefined; parts: Record<string, Uint8Array> };

/** Every call is an event, because events are what is proved; one that moved the delivery is named by where it led. */
async function tellStory(
  tx: Tx,
  where: Parameters<typeof recordEvent>[1],
  step: Step | undefined,
  { deliveredAt, words, parts }: Told,
): Promise<void> {
  if (!step || step.status === 'QUEUED' || step.status === 'SENDING') {
    if (Object.keys(parts).length > 0)
      await recordEvent(tx, where, { type: 'lender_attempt', actor: 'system', lenderWords: words, parts });
    return;
  }
  const data = {
    reason: step.reason,
    ...withoutAbsent({
      lenderCode: lenderCode(words?.code),
      deliveredAt: deliveredAt?.toISOString(),
      deliveredBy: step.deliveredBy,
    }),
  };
  await recordEvent(tx, where, { ...eventOf[step.status], data, lenderWords: words, parts });
}
