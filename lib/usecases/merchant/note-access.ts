import { noteFileAccess } from '#lib/db/file-accesses.ts';
import type { AccessedFile } from '#lib/domain/custody.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import type { MerchantActor, UseCaseContext } from '../context.ts';

/**
 * Writes that a merchant is about to be given a file, for good before the file is made: a transaction of its own, so that nobody waits for
 * another's dossier. False when there is nothing to give.
 */
export async function noteAccess(
  { db }: Pick<UseCaseContext, 'db'>,
  { workspaceId, apiKeyId, request }: MerchantActor,
  sessionId: string,
  what: AccessedFile,
): Promise<boolean> {
  if (!isUuid(sessionId)) return false;
  const access = { workspaceId, sessionId, by: 'merchant', apiKeyId, what, requestId: request.requestId } as const;
  return db.transaction({ role: 'aceite_app', workspaceId }, (tx) => noteFileAccess(tx, access));
}
