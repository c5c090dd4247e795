import { readClock } from '#lib/db/clock.ts';
import type { Tx } from '#lib/db/database.ts';
import {
  type AskedBy,
  type ErasureRequestRow,
  insertErasureRequest,
  keepAnswer,
  listUnansweredRequests,
  readErasureRequest,
  sessionsOfSubject,
} from '#lib/db/erasure-requests.ts';
import { eraseSession } from '#lib/db/keeping.ts';
import { lockSessionRow } from '#lib/db/sessions.ts';
import { deleteDraft } from '#lib/db/signer-details.ts';
import { readTombstone } from '#lib/db/tombstones.ts';
import { findWorkspaceIds } from '#lib/db/workspaces.ts';
import { answeredAlways, type ErasureAnswer, erasedClasses, keptClasses } from '#lib/domain/erasure-answer.ts';
import { parseIdentity } from '#lib/domain/identity.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import { isLive } from '#lib/domain/session-state.ts';
import type { UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { readKeeping } from '../keeping.ts';
import { newId } from '../new-id.ts';
import { openSession } from '../open-session.ts';

/** A complete statement is due within fifteen days (LGPD, art. 19, II). */
const daysToAnswer = 15;

export type ErasureRequest = {
  /** CPF or CNPJ as typed. */
  identity: string;
  askedBy: AskedBy;
  /** The operator's own number for the matter: letters, digits and `._/-`, at most 60. */
  reference?: string | undefined;
};

export type RecordedRequest =
  | { ok: true; requestId: string; dueAt: Date }
  | { ok: false; code: 'identity_invalid' | 'reference_invalid' };

/** Records that somebody wants their data erased, before anything else happens with it. Only a keyed hash of the document is kept. */
export async function recordErasureRequest(
  ctx: UseCaseContext,
  { userId, workspaceId }: { userId: string; workspaceId: string },
  { identity, askedBy, reference }: ErasureRequest,
): Promise<RecordedRequest> {
  const parsed = parseIdentity(identity);
  if (!parsed.ok) return { ok: false, code: 'identity_invalid' };
  if (reference !== undefined && !/^[A-Za-z0-9._/-]{1,60}$/.test(reference))
    return { ok: false, code: 'reference_invalid' };
  const subjectDigest = ctx.keys.blindIndex(workspaceId, 'identity', parsed.value.value);
  return ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const id = newId(await readClock(tx));
    const request = { id, workspaceId, subjectDigest, askedBy, recordedBy: userId, reference };
    return { ok: true, requestId: id, dueAt: await insertErasureRequest(tx, request, daysToAnswer) };
  });
}

/**
 * Carries out of a request what the law allows, and keeps the answer: each session is erased when it need not be kept, and otherwise told with
 * its date and reasons, which stand in its story too. Undefined for an unknown request; one that was answered keeps its answer.
 */
export async function answerErasureRequest(
  ctx: UseCaseContext,
  workspaceId: string,
  requestId: string,
): Promise<ErasureAnswer | undefined> {
  const inWorkspace = <T>(work: (tx: Tx) => Promise<T>) =>
    ctx.db.transaction({ role: 'aceite_app', workspaceId }, work);
  const request = await inWorkspace((tx) => readErasureRequest(tx, workspaceId, requestId));
  if (!request) return undefined;
  if (request.answer !== null) return request.answer as ErasureAnswer;
  const ids = await inWorkspace((tx) => sessionsOfSubject(tx, workspaceId, request.subject_digest));
  const sessions: ErasureAnswer['sessions'] = [];
  for (const sessionId of ids) {
    const place = { workspaceId, sessionId };
    const retention = { role: 'aceite_retention', workspaceId } as const;
    await ctx.db.transaction(retention, (tx) => eraseSession(tx, sessionId, requestId));
    sessions.push(await inWorkspace((tx) => answerFor(ctx, tx, place, request)));
  }
  await inWorkspace((tx) => keepAnswer(tx, workspaceId, requestId, { sessions, always: answeredAlways }));
  const kept = await inWorkspace((tx) => readErasureRequest(tx, workspaceId, requestId));
  return kept?.answer as ErasureAnswer;
}

/** Answers what a crash has left unanswered; how many that were. */
export async function answerForgottenRequests(ctx: UseCaseContext): Promise<number> {
  let answered = 0;
  for (const workspaceId of await findWorkspaceIds(ctx.db)) {
    const open = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
      listUnansweredRequests(tx, workspaceId),
    );
    for (const { id } of open) {
      await answerErasureRequest(ctx, workspaceId, id);
      answered += 1;
    }
  }
  return answered;
}

async function answerFor(
  ctx: UseCaseContext,
  tx: Tx,
  place: SessionPlace,
  { id, recorded_by }: ErasureRequestRow,
): Promise<ErasureAnswer['sessions'][number]> {
  const { workspaceId, sessionId } = place;
  const row = await lockSessionRow(tx, workspaceId, sessionId);
  if (!row) return erasedAnswer(tx, place);
  const classes = keptClasses((await readKeeping(tx, place)) ?? []);
  const isDraftDeleted = isLive(row.status);
  if (isDraftDeleted) await deleteDraft(tx, place);
  await recordEvent(tx, openSession(ctx, row), {
    type: 'erasure_requested',
    actor: 'staff',
    actorId: recorded_by,
    data: { request: id, outcome: 'kept', class: classes[0]?.class ?? '' },
  });
  return { signingSessionId: sessionId, classes, isDraftDeleted };
}

async function erasedAnswer(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
): Promise<ErasureAnswer['sessions'][number]> {
  const stone = await readTombstone(tx, workspaceId, sessionId);
  if (!stone) throw new Error('a session is neither kept nor erased');
  return { signingSessionId: sessionId, classes: erasedClasses(stone.class, stone.rule), isDraftDeleted: false };
}
