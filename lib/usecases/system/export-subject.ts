import type { Tx } from '#lib/db/database.ts';
import { type ErasureRequestRow, listRequestsOfSubject, sessionsOfSubject } from '#lib/db/erasure-requests.ts';
import { readDraftSealed } from '#lib/db/signer-details.ts';
import { insertStaffAccess } from '#lib/db/staff-accesses.ts';
import { readWorkspaceRow } from '#lib/db/workspaces.ts';
import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { parseIdentity } from '#lib/domain/identity.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { UseCaseContext } from '../context.ts';
import { dossierInput } from '../evidence/dossier-input.ts';
import { readProof } from '../evidence/session-proof.ts';
import { readStory } from '../evidence/story.ts';
import { findSession } from '../find-session.ts';
import type { OpenSession } from '../open-session.ts';

export type SubjectExport = { ok: true; bytes: Uint8Array; sessions: number } | { ok: false; code: 'identity_invalid' };

type Exporter = { userId: string; requestId: string };

/**
 * All that is held under a CPF or CNPJ in the named workspaces, found by its keyed hash, as canonical JSON (RFC 8785): the same holdings give
 * the same bytes. Who took it is written into the list of accesses of each session first. The list itself, which is about staff, is not in it.
 */
export async function exportSubject(
  ctx: UseCaseContext,
  exporters: ReadonlyMap<string, Exporter>,
  identity: string,
): Promise<SubjectExport> {
  const parsed = parseIdentity(identity);
  if (!parsed.ok) return { ok: false, code: 'identity_invalid' };
  const subject = parsed.value.value;
  const workspaces = [];
  for (const [workspaceId, exporter] of [...exporters].sort(([a], [b]) => (a < b ? -1 : 1)))
    workspaces.push(await exportWorkspace(ctx, workspaceId, exporter, subject));
  const bytes = Buffer.from(canonicalJson({ format: 'aceite-subject-export-1', subject, workspaces }));
  return { ok: true, bytes, sessions: workspaces.reduce((sum, { sessions }) => sum + sessions.length, 0) };
}

function exportWorkspace(ctx: UseCaseContext, workspaceId: string, exporter: Exporter, subject: string) {
  const digest = ctx.keys.blindIndex(workspaceId, 'identity', subject);
  return ctx.db.transaction({ role: 'aceite_app', workspaceId, isSnapshot: true }, async (tx) => {
    const workspace = await readWorkspaceRow(tx, workspaceId);
    const sessions = [];
    for (const sessionId of await sessionsOfSubject(tx, workspaceId, digest)) {
      await insertStaffAccess(tx, { workspaceId, sessionId, ...exporter, what: 'export' });
      const session = await findSession(ctx, tx, workspaceId, sessionId);
      if (session) sessions.push(await exportSession(ctx, tx, session));
    }
    const requests = await listRequestsOfSubject(tx, workspaceId, digest);
    return {
      workspaceId,
      name: workspace?.name,
      merchantLegalName: workspace?.merchant_legal_name,
      sessions,
      erasureRequests: requests.map(requestView),
    };
  });
}

async function exportSession(ctx: UseCaseContext, tx: Tx, session: OpenSession) {
  const story = await readStory(tx, session);
  const held = await dossierInput(ctx, tx, session, story, await readProof(ctx, tx, story));
  const draft = await readDraftSealed(tx, session.place);
  return {
    session: held.session,
    contract: { ...held.contractFacts, text: Buffer.from(held.contractText).toString('utf8') },
    details: held.details,
    evidence: held.evidence,
    events: held.events,
    attempts: held.attempts,
    ...(held.acceptance && {
      acceptance: held.acceptance.record,
      lenderRequests: held.acceptance.lenderRequests.map((body) => Buffer.from(body).toString('utf8')),
    }),
    ...(draft && { draft: session.vault.openJson<unknown>('draft', draft) }),
  };
}

function requestView({ id, asked_by, reference, asked_at, due_at, answer, answered_at }: ErasureRequestRow) {
  return {
    requestId: id,
    askedBy: asked_by,
    askedAt: asked_at.toISOString(),
    dueAt: due_at.toISOString(),
    ...withoutAbsent({ reference, answer, answeredAt: answered_at?.toISOString() }),
  };
}
