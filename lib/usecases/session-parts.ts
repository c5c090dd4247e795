import type { ContractFactsPart, SessionPart } from '#lib/evidence/parts.ts';
import type { OpenSession } from './open-session.ts';
import { given } from './session-view.ts';

/** What a session is about, as its first event commits to it and as a dossier shows it. */
export function sessionPart({ row, vault }: OpenSession): SessionPart {
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
    ...given({
      apiKeyId: row.api_key_id,
      returnUrl: row.return_url,
      signingDeadline: row.signing_deadline?.toISOString(),
      finalDueDate: row.final_due_date,
    }),
    ...(row.metadata_sealed && { metadata: vault.openJson<Record<string, string>>('metadata', row.metadata_sealed) }),
  };
}

/** The merchant's words about the contract. */
export function contractFactsPart({ row, facts }: OpenSession): ContractFactsPart {
  return { ...facts, ...given({ language: row.contract_language }) };
}
