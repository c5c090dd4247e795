import { readSessionRow } from '#lib/db/sessions.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { UseCaseContext } from '../context.ts';
import { openSession } from '../open-session.ts';
import { buildDossier, type Dossier } from './build-dossier.ts';

/**
 * The dossier of a session as it would be handed out, for whoever checks the evidence itself. Changes nothing: a session whose time has
 * run out is not recorded so. Undefined for an unknown session; throws when a part is missing or does not open.
 */
export function rebuildDossier(
  ctx: UseCaseContext,
  { workspaceId, sessionId }: SessionPlace,
): Promise<Dossier | undefined> {
  return ctx.db.transaction({ role: 'aceite_app', workspaceId, isSnapshot: true }, async (tx) => {
    const row = await readSessionRow(tx, workspaceId, sessionId);
    return row && buildDossier(ctx, tx, openSession(ctx, row));
  });
}
