import { countWrappingKeyUses, findRetiredWrappingKeys } from '#lib/db/session-keys.ts';
import type { UseCaseContext } from '../context.ts';

export type WrappingKeyView = {
  wrappingKeyId: string;
  isCurrent: boolean;
  /** False means that these sessions cannot be read: their key has to come back from a backup. */
  isInKeyFile: boolean;
  /** No session can be written under it, here or by a machine whose copy of the key file is older. */
  isRetired: boolean;
  sessions: number;
};

/** The wrapping keys of the key file, and those that only sessions name, with how many sessions need each. */
export async function listWrappingKeys({ db, keys }: Pick<UseCaseContext, 'db' | 'keys'>): Promise<WrappingKeyView[]> {
  const [uses, retired] = await Promise.all([countWrappingKeyUses(db), findRetiredWrappingKeys(db)]);
  const { current, all } = keys.wrappingKeyIds();
  return [...new Set([...all, ...uses.keys()])].map((wrappingKeyId) => ({
    wrappingKeyId,
    isCurrent: wrappingKeyId === current,
    isInKeyFile: all.includes(wrappingKeyId),
    isRetired: retired.has(wrappingKeyId),
    sessions: uses.get(wrappingKeyId) ?? 0,
  }));
}
