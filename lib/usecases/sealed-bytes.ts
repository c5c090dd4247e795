import type { SessionVault } from '#lib/vault/session-vault.ts';

/** What a sealed column holds; undefined when there is nothing, or nothing that this session's key opens. */
export function bytesIn(vault: SessionVault, field: string, sealed: Buffer | null): Buffer | undefined {
  try {
    return sealed ? vault.open(field, sealed) : undefined;
  } catch {
    return undefined;
  }
}
