import { lockCredentialKey, replaceCredentialKey } from '#lib/db/lender-credentials.ts';
import { findWorkspaceIds } from '#lib/db/workspaces.ts';
import type { UseCaseContext } from '../context.ts';
import { credentialPlace } from '../lender-access.ts';

/**
 * Wraps the keys of the workspaces' own settings for the lender with the current wrapping key. One whose wrapping key is not in the key
 * file stays as it is, and counts among what is left.
 */
export async function rewrapCredentials({ db, keys }: Pick<UseCaseContext, 'db' | 'keys'>): Promise<void> {
  const { current, all } = keys.wrappingKeyIds();
  for (const workspaceId of await findWorkspaceIds(db)) {
    await db.transaction({ role: 'aceite_worker', workspaceId }, async (tx) => {
      const row = await lockCredentialKey(tx, workspaceId, current);
      if (!row || !all.includes(row.wrapping_key_id)) return;
      const wrapped = { wrappingKeyId: row.wrapping_key_id, wrappedKey: row.wrapped_key };
      await replaceCredentialKey(tx, workspaceId, keys.rewrap(credentialPlace(workspaceId), wrapped));
    });
  }
}
