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

/** By what the first certificate of a story proves it. Null: by all the stamps, or lines, that the checkpoint has. */
export type FixedProof = { checkpointSize: number; stampedBy: string[] | null; cosignedBy: string[] | null };

const fixed = {
  name: 'fixed_proof',
  text: `SELECT checkpoint_size, stamped_by, cosigned_by FROM certificates WHERE workspace_id = $1 AND session_id = $2 AND through_hash = $3
    ORDER BY made_at, kind LIMIT 1`,
};

/** What the first certificate of that story fixed; undefined before there is one. */
export async function fixedProof(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  throughHash: Buffer,
): Promise<FixedProof | undefined> {
  type Row = { checkpoint_size: string; stamped_by: string[] | null; cosigned_by: string[] | null };
  const row = await tx.row<Row>(fixed, [workspaceId, sessionId, throughHash]);
  return (
    row && {
      checkpointSize: Number(row.checkpoint_size),
      stampedBy: row.stamped_by,
      cosignedBy: row.cosigned_by,
    }
  );
}

const insert = {
  name: 'insert_certificate',
  text: `INSERT INTO certificates (workspace_id, session_id, through_hash, kind, checkpoint_size, stamped_by, cosigned_by, pdf_sealed)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
};

export type NewCertificate = SessionPlace & {
  throughHash: Buffer;
  kind: CertificateKind;
  checkpointSize: number;
  /** The names of the authorities and witnesses of its proof. */
  stampedBy: readonly string[];
  cosignedBy: readonly string[];
  /** Sealed under field `certificate`. */
  pdfSealed: Buffer;
};

/** Keeps it, unless another process was first: then that one stands. */
export async function insertCertificate(tx: Tx, made: NewCertificate): Promise<void> {
  const { workspaceId, sessionId, throughHash, kind, checkpointSize, stampedBy, cosignedBy, pdfSealed } = made;
  const proof = [checkpointSize, stampedBy, cosignedBy];
  await tx.rows(insert, [workspaceId, sessionId, throughHash, kind, ...proof, pdfSealed]);
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
