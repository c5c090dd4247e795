import type { Tx } from './database.ts';

const insert = {
  name: 'insert_webhook_signing_key',
  text: 'INSERT INTO webhook_signing_keys (workspace_id, public_key, seed_sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
};

/** Keeps a workspace's key, unless it has one. */
export async function insertSigningKey(
  tx: Tx,
  key: { workspaceId: string; publicKey: Buffer; seedSealed: Buffer },
): Promise<void> {
  await tx.rows(insert, [key.workspaceId, key.publicKey, key.seedSealed]);
}

const read = {
  name: 'read_webhook_signing_key',
  text: 'SELECT public_key, seed_sealed, created_at FROM webhook_signing_keys WHERE workspace_id = $1',
};

export type SigningKeyRow = { public_key: Buffer; seed_sealed: Buffer; created_at: Date };

export function readSigningKey(tx: Tx, workspaceId: string): Promise<SigningKeyRow | undefined> {
  return tx.row<SigningKeyRow>(read, [workspaceId]);
}
