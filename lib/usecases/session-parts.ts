import type { AttemptRow } from '#lib/db/delivery-attempts.ts';
import type { SessionRow } from '#lib/db/sessions.ts';
import type { SignerDetailsRow } from '#lib/db/signer-details.ts';
import type { KeptDetails } from '#lib/domain/signer-detail.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { AttemptPart, ContractFactsPart, DetailsPart, SessionPart } from '#lib/evidence/parts.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import type { OpenSession } from './open-session.ts';

/** The columns of a session that say what it is about. */
export type SessionTerms = Pick<
  SessionRow,
  | 'id'
  | 'workspace_id'
  | 'api_key_id'
  | 'order_id'
  | 'debt_key'
  | 'provider'
  | 'language'
  | 'created_at'
  | 'expires_at'
  | 'return_url'
  | 'signing_deadline'
  | 'final_due_date'
  | 'metadata_sealed'
  | 'merchant_legal_name'
  | 'lender_legal_name'
>;

/** What a session is about, as its first event commits to it and as a dossier shows it. */
export function sessionPart({ row, vault }: { row: SessionTerms; vault: SessionVault }): SessionPart {
  return {
    signingSessionId: row.id,
    workspaceId: row.workspace_id,
    orderId: row.order_id,
    debtKey: row.debt_key,
    provider: row.provider,
    language: row.language,
    merchantLegalName: row.merchant_legal_name,
    lenderLegalName: row.lender_legal_name,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    ...withoutAbsent({
      apiKeyId: row.api_key_id,
      returnUrl: row.return_url,
      signingDeadline: row.signing_deadline?.toISOString(),
      finalDueDate: row.final_due_date,
    }),
    ...(row.metadata_sealed && { metadata: vault.openJson<Record<string, string>>('metadata', row.metadata_sealed) }),
  };
}

/** The merchant's words about the contract. */
export function contractFactsPart({
  row,
  facts,
}: {
  row: Pick<SessionRow, 'contract_language'>;
  facts: OpenSession['facts'];
}): ContractFactsPart {
  return { ...facts, ...withoutAbsent({ language: row.contract_language }) };
}

/** One version of the signer's details. */
export function detailsPart(vault: SessionVault, { version, set_by, details_sealed }: SignerDetailsRow): DetailsPart {
  return { version, setBy: set_by, details: vault.openJson<KeptDetails>('details', details_sealed) };
}

export type AttemptReply = NonNullable<AttemptPart['reply']>;

type Attempt = Pick<AttemptPart, 'id' | 'kind' | 'outcome' | 'reason' | 'counted'> & {
  startedAt: Date;
  endedAt: Date;
  httpStatus: number | null | undefined;
  bodySha256: Buffer | null | undefined;
  reply: AttemptReply | undefined;
};

/** One call to the lender, with its whole answer. */
export function attemptPart({ startedAt, endedAt, httpStatus, bodySha256, reply, ...said }: Attempt): AttemptPart {
  return {
    ...said,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    ...withoutAbsent({ httpStatus, bodySha256: bodySha256?.toString('hex'), reply }),
  };
}

/** The same call from its row. */
export function keptAttemptPart(vault: SessionVault, row: AttemptRow): AttemptPart {
  const { id, kind, outcome, reason, counted, reply_sealed } = row;
  return attemptPart({
    id,
    kind,
    outcome,
    reason,
    counted,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    httpStatus: row.http_status,
    bodySha256: row.body_sha256,
    reply: reply_sealed ? vault.openJson<AttemptReply>('lender_reply', reply_sealed) : undefined,
  });
}
