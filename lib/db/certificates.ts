import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { Database, Tx } from './database.ts';

export type CertificateKind = 'court' | 'shared' | 'document';

const read = {
  name: 'read_certificate',
  text: `SELECT pdf_sealed FROM certificates
    WHERE workspace_id = $1 AND session_id = $2 AND through_hash = $3 AND kind = $4`,
};

/** The certificate of the story that ends with the event of that hash; undefined before it was made. */
export function readCertificate(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  throughHash: Buffer,
  kind: CertificateKind,
): Promise<{ pdf_sealed: Buffer } | undefined> {
  return tx.row<{ pdf_sealed: Buffer }>(read, [workspaceId, sessionId, throughHash, kind]);
}

const fixed = {
  name: 'fixed_checkpoint_size',
  text: `SELECT checkpoint_size FROM certificates WHERE workspace_id = $1 AND session_id = $2 AND through_hash = $3
    ORDER BY made_at, kind LIMIT 1`,
};

/** The checkpoint by which the first certificate of that story proves it; undefined before there is one. */
export async function fixedCheckpointSize(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  throughHash: Buffer,
): Promise<number | undefined> {
  const row = await tx.row<{ checkpoint_size: string }>(fixed, [workspaceId, sessionId, throughHash]);
  return row && Number(row.checkpoint_size);
}

const insert = {
  name: 'insert_certificate',
  text: `INSERT INTO certificates (workspace_id, session_id, through_hash, kind, checkpoint_size, pdf_sealed)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
};

export type NewCertificate = SessionPlace & {
  throughHash: Buffer;
  kind: CertificateKind;
  checkpointSize: number;
  /** Sealed under field `certificate`. */
  pdfSealed: Buffer;
};

/** Keeps it, unless another process was first: then that one stands. */
export async function insertCertificate(tx: Tx, made: NewCertificate): Promise<void> {
  const { workspaceId, sessionId, throughHash, kind, checkpointSize, pdfSealed } = made;
  await tx.rows(insert, [workspaceId, sessionId, throughHash, kind, checkpointSize, pdfSealed]);
}

const claim = { name: 'claim_certificates', text: 'SELECT session_id, workspace_id FROM claim_certificates($1)' };

/** Sessions whose certificate is due to be made; each is put off for a while, in case it cannot be made yet. */
export async function claimCertificates(db: Database, howMany: number): Promise<SessionPlace[]> {
  const rows = await db.door<{ session_id: string; workspace_id: string }>(claim, [howMany]);
  return rows.map(({ session_id, workspace_id }) => ({ sessionId: session_id, workspaceId: workspace_id }));
}

const unqueue = {
  name: 'unqueue_certificate',
  text: `DELETE FROM certificate_queue q WHERE workspace_id = $1 AND session_id = $2
    AND EXISTS (SELECT FROM certificates c WHERE c.session_id = q.session_id AND c.through_hash = $3 AND c.kind = 'court')`,
};

/** Takes a session off the list once the certificate of that story is there. */
export async function unqueueCertificate(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  throughHash: Buffer,
): Promise<void> {
  await tx.rows(unqueue, [workspaceId, sessionId, throughHash]);
}
