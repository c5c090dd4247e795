import { readCredential } from '#lib/db/lender-credentials.ts';
import { findWorkspaceIds, readWorkspaceRow } from '#lib/db/workspaces.ts';
import type { LenderSettings } from '#lib/providers/lender-access.ts';
import type { UseCaseContext } from '../context.ts';
import { openSettings } from '../lender-access.ts';

/** Workspaces by name, and the settings that they share, with their secrets: to call the lender with, never to show. */
export type OwnLender = { workspaces: string[]; settings: LenderSettings };

/** Each distinct contract with the lender that workspaces have of their own, oldest workspace first; and those whose settings the key file does not open. */
export async function listOwnLenders(
  ctx: Pick<UseCaseContext, 'db' | 'keys'>,
): Promise<{ lenders: OwnLender[]; unopened: string[] }> {
  const ids = await findWorkspaceIds(ctx.db);
  const found = (await Promise.all(ids.map((id) => findOwn(ctx, id)))).filter((own) => own !== undefined);
  const lenders = new Map<string, OwnLender>();
  for (const { workspace, settings } of found) {
    if (!settings) continue;
    const known = lenders.get(whatIsAsked(settings));
    if (known) known.workspaces.push(workspace);
    else lenders.set(whatIsAsked(settings), { workspaces: [workspace], settings });
  }
  const unopened = found.filter(({ settings }) => !settings).map(({ workspace }) => workspace);
  return { lenders: [...lenders.values()], unopened };
}

function findOwn(ctx: Pick<UseCaseContext, 'db' | 'keys'>, workspaceId: string) {
  return ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await readCredential(tx, workspaceId);
    if (!row) return undefined;
    const workspace = (await readWorkspaceRow(tx, workspaceId))?.name ?? workspaceId;
    try {
      return { workspace, settings: openSettings(ctx, workspaceId, row) };
    } catch {
      return { workspace, settings: undefined };
    }
  });
}

/** Everything on which the lender's answer hangs. */
function whatIsAsked(settings: LenderSettings): string {
  const { baseUrl, apiClientKey, privateKeyPem, lenderPublicKeyPem, authScheme, emptyPayload } = settings;
  return JSON.stringify([baseUrl, apiClientKey, privateKeyPem, lenderPublicKeyPem, authScheme, emptyPayload]);
}
