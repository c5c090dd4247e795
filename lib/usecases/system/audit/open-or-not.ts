import { canonicalJson } from '#lib/domain/canonical-json.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';

/** What a sealed column of JSON holds, in its canonical form; what does not open is like nothing that an event could tell. */
export function jsonIn(vault: SessionVault, field: string, sealed: Buffer | null): string | undefined {
  if (!sealed) return undefined;
  try {
    return canonicalJson(vault.openJson(field, sealed));
  } catch {
    return 'unreadable';
  }
}

export function jsonOf(told: unknown): string | undefined {
  return told === undefined ? undefined : canonicalJson(told);
}
