import { createHash } from 'node:crypto';
import { readCredential, releasePausedOf, removeCredential, writeCredential } from '#lib/db/lender-credentials.ts';
import type { LenderSettings } from '#lib/providers/lender-access.ts';
import type { UseCaseContext } from '../context.ts';
import { credentialPlace, integrationMark, openSettings } from '../lender-access.ts';

/** A workspace's own settings without anything secret: what people compare with the lender's console. */
export type LenderSettingsView = Pick<
  LenderSettings,
  'baseUrl' | 'authScheme' | 'signatureType' | 'emptyPayload' | 'timestampZone'
> & { integrationKeyEnd: string; privateKeySha256: string; hasLenderPublicKey: boolean; changedAt: string };

type Keys = Pick<UseCaseContext, 'db' | 'keys'>;

/** Undefined where the workspace uses the installation's settings. */
export function showLenderSettings(ctx: Keys, workspaceId: string): Promise<LenderSettingsView | undefined> {
  return ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await readCredential(tx, workspaceId);
    return row && viewOf(openSettings(ctx, workspaceId, row), row.changed_at);
  });
}

export type SetLenderSettingsResult =
  | { ok: true; settings: LenderSettingsView; released: number }
  | { ok: false; code: 'settings_incomplete'; missing: string[] }
  | { ok: false; code: 'settings_unusable'; reason: string };

const defaults = {
  authScheme: 'signed-header',
  signatureType: 'data_signature',
  emptyPayload: '{}',
  timestampZone: 'UTC',
} as const;
const required = ['baseUrl', 'apiClientKey', 'privateKeyPem'] as const;

/**
 * Gives a workspace settings of its own, or changes what is given of them; tried out before they are kept, as far as that goes without the
 * lender. What was paused for the old ones is queued again: the next step of any worker uses the new ones.
 */
export async function setLenderSettings(
  ctx: UseCaseContext,
  workspaceId: string,
  changes: Partial<LenderSettings>,
): Promise<SetLenderSettingsResult> {
  const kept = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await readCredential(tx, workspaceId);
    const merged = { ...defaults, ...(row && openSettings(ctx, workspaceId, row)), ...changes };
    const missing = required.filter((name) => merged[name] === undefined);
    if (missing.length > 0) return { ok: false, code: 'settings_incomplete', missing } as const;
    // Whole by the check above.
    const settings = merged as LenderSettings;
    const reason = faultOf(ctx, settings);
    if (reason !== undefined) return { ok: false, code: 'settings_unusable', reason } as const;
    const { vault, wrapped } = ctx.keys.newSessionVault(credentialPlace(workspaceId));
    const mark = integrationMark(ctx, settings.apiClientKey);
    const sealed = vault.sealJson('lender_settings', settings);
    await writeCredential(tx, workspaceId, { mark, wrapped, sealed, host: breakerHost(settings, mark) });
    return { ok: true } as const;
  });
  if (!kept.ok) return kept;
  // Behind the commit and not in it: a step that writes a pause at this moment must find the new settings, or its delivery would stay paused
  // for the old ones. By the worker's role, which alone moves deliveries; whoever dies in between leaves what a start of the worker releases too.
  const released = await releasePauses(ctx, workspaceId);
  const settings = await showLenderSettings(ctx, workspaceId);
  if (!settings) throw new Error('settings that were just written cannot be read');
  return { ok: true, settings, released };
}

/** Quotas are an integration's: one that is over its own must not have others at the same address given a rest. */
function breakerHost({ baseUrl }: LenderSettings, mark: Buffer): string {
  return `${new URL(baseUrl).host}#${mark.subarray(0, 6).toString('hex')}`;
}

/** Takes a workspace's own settings away: it uses the installation's from now on. */
export async function clearLenderSettings(
  ctx: UseCaseContext,
  workspaceId: string,
): Promise<{ wasSet: boolean; released: number }> {
  const scope = { role: 'aceite_app', workspaceId } as const;
  const wasSet = await ctx.db.transaction(scope, (tx) => removeCredential(tx, workspaceId));
  return { wasSet, released: wasSet ? await releasePauses(ctx, workspaceId) : 0 };
}

/**
 * Queues whatever is paused in a workspace again, whosever settings it uses; answers how many. For what was mended at the lender, where nothing of
 * ours has changed and no worker has a reason to start anew.
 */
export function releasePauses({ db }: Pick<UseCaseContext, 'db'>, workspaceId: string): Promise<number> {
  return db.transaction({ role: 'aceite_worker', workspaceId }, (tx) => releasePausedOf(tx, workspaceId));
}

function faultOf(ctx: UseCaseContext, settings: LenderSettings): string | undefined {
  if (!ctx.openLender) return 'nothing here can use them';
  try {
    ctx.openLender(settings);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown fault';
  }
}

function viewOf(settings: LenderSettings, changedAt: Date): LenderSettingsView {
  const { apiClientKey, privateKeyPem, lenderPublicKeyPem, ...open } = settings;
  return {
    ...open,
    integrationKeyEnd: apiClientKey.slice(-4),
    privateKeySha256: createHash('sha256').update(privateKeyPem.trim()).digest('hex'),
    hasLenderPublicKey: lenderPublicKeyPem !== undefined,
    changedAt: changedAt.toISOString(),
  };
}
