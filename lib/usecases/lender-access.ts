import type { Tx } from '#lib/db/database.ts';
import { type CredentialRow, readCredential } from '#lib/db/lender-credentials.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { LenderAccess, LenderSettings } from '#lib/providers/lender-access.ts';
import type { UseCaseContext } from './context.ts';

/** Opened once per version: reading keys costs a millisecond, and most workspaces never change theirs. */
const opened = new WeakMap<object, Map<string, { version: string; access: LenderAccess }>>();

/** The lender as this workspace reaches it: under its own settings, or the installation's where it has none. */
export async function lenderAccessOf(ctx: UseCaseContext, tx: Tx, workspaceId: string): Promise<LenderAccess> {
  return (await ownLenderAccess(ctx, tx, workspaceId)) ?? ctx;
}

/** The workspace's own; undefined where it has none. */
export async function ownLenderAccess(
  ctx: UseCaseContext,
  tx: Tx,
  workspaceId: string,
): Promise<LenderAccess | undefined> {
  const row = await readCredential(tx, workspaceId);
  return row && openOwn(ctx, workspaceId, row);
}

function openOwn(ctx: UseCaseContext, workspaceId: string, row: CredentialRow): LenderAccess {
  const known = opened.get(ctx.db) ?? new Map();
  opened.set(ctx.db, known);
  const last = known.get(workspaceId);
  if (last?.version === row.version) return last.access;
  if (!ctx.openLender) throw new Error('a workspace has settings for the lender, and nothing here can use them');
  const access = ctx.openLender(openSettings(ctx, workspaceId, row));
  known.set(workspaceId, { version: row.version, access });
  return access;
}

/** The settings with their seal broken. */
export function openSettings(
  { keys }: Pick<UseCaseContext, 'keys'>,
  workspaceId: string,
  row: CredentialRow,
): LenderSettings {
  const wrapped = { wrappingKeyId: row.wrapping_key_id, wrappedKey: row.wrapped_key };
  return keys.sessionVault(credentialPlace(workspaceId), wrapped).openJson('lender_settings', row.settings_sealed);
}

/** Sealed as a session's data are, at a place that no session has. */
export function credentialPlace(workspaceId: string): SessionPlace {
  return { workspaceId, sessionId: '-' };
}

/** Belongs to no workspace: it finds the workspace. */
const installation = '-';

/** By which a notice's integration key finds whose it is. */
export function integrationMark({ keys }: Pick<UseCaseContext, 'keys'>, apiClientKey: string): Buffer {
  return keys.requestMark(installation, Buffer.from(`lender integration ${apiClientKey}`));
}
