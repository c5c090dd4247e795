import type { Tx } from '#lib/db/database.ts';
import { insertBlindIndexes } from '#lib/db/signer-details.ts';
import { searchValues } from '#lib/domain/search-values.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { DetailField } from '#lib/domain/signer-detail.ts';
import type { UseCaseContext } from './context.ts';

/** Makes a session findable by these canonical details; by earlier ones it stays findable, because staff hear those too. */
export async function indexDetails(
  { keys }: UseCaseContext,
  tx: Tx,
  place: SessionPlace,
  values: Partial<Record<DetailField, string>>,
): Promise<void> {
  const entries = searchValues(values).map(({ field, value }) => ({
    field,
    digest: keys.blindIndex(place.workspaceId, field, value),
  }));
  if (entries.length > 0) await insertBlindIndexes(tx, place, entries);
}
