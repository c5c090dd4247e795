import { canonicalJson } from '#lib/domain/canonical-json.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';

/** What a sealed column holds; undefined when there is nothing, or nothing that this session's key opens. */
export function bytesIn(vault: SessionVault, field: string, sealed: Buffer | null): Buffer | undefined {
  try {
    return sealed ? vault.open(field, sealed) : undefined;
  } catch {
    return undefined;
  }
}

/** The same for JSON, in its canonical form; what does not open is like nothing that an event could tell. */
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
