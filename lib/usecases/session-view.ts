import { shownStatus } from '#lib/domain/session-state.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import { absolute, paths } from '#lib/paths.ts';
import type { LenderWords } from '#lib/providers/lender.ts';
import type { SessionView } from '#lib/schema/session.ts';
import type { UseCaseContext } from './context.ts';
import { closingWords, type OpenSession } from './open-session.ts';

/** How long a `documentUrl` works after it was read. */
const documentLinkMs = 10 * 60 * 1000;

/** The session as the API shows it; each field present only in the states that give it meaning. */
export function sessionView(ctx: UseCaseContext, session: OpenSession): SessionView {
  const { row } = session;
  const common = whatAlwaysHolds(session);
  const status = shownStatus({ status: row.status, isExpired: row.is_expired });
  switch (status) {
    case 'PENDING':
    case 'IN_PROGRESS':
      return { ...common, status, redirectUrl: signingLink(ctx, row) };
    case 'COMPLETED':
      return { ...common, status, ...completion(ctx, session) };
    case 'FAILED':
      return {
        ...common,
        status,
        failureReason: present(row.failure_reason),
        ...withoutAbsent({ declineReason: closingWords(session) }),
      };
    case 'EXPIRED':
      return { ...common, status };
    case 'CANCELLED': {
      const cancelledAt = present(row.closed_at).toISOString();
      return { ...common, status, cancelledAt, ...withoutAbsent({ cancelReason: closingWords(session) }) };
    }
  }
}

/** The address to which the merchant sends the customer; derived, never stored. */
function signingLink(ctx: UseCaseContext, row: { id: string; link_issue: number }): string {
  return absolute(ctx.portalUrl, paths.link(ctx.keys.linkToken(row.id, row.link_issue)));
}

function whatAlwaysHolds(session: OpenSession) {
  const { row } = session;
  return {
    signingSessionId: row.id,
    orderId: row.order_id,
    debtKey: row.debt_key,
    provider: row.provider,
    language: row.language,
    signerDetails: detailValues(session),
    contract: contractView(session),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    ...withoutAbsent({ returnUrl: row.return_url, metadata: metadataOf(session) }),
    ...(session.erased && { erased: { ...session.erased, at: session.erased.at.toISOString() } }),
  };
}

function completion(ctx: UseCaseContext, session: OpenSession) {
  const { row } = session;
  return {
    completedAt: present(row.closed_at).toISOString(),
    receiptCode: present(row.receipt_code),
    ...(!session.erased && { documentUrl: documentLink(ctx, session) }),
    delivery: deliveryView(session),
  };
}

function deliveryView({ row, vault }: OpenSession) {
  const words = row.delivery_words_sealed ? vault.openJson<LenderWords>('lender_words', row.delivery_words_sealed) : {};
  return {
    status: present(row.delivery_status),
    attempts: row.delivery_attempts ?? 0,
    lastAttemptAt: row.delivery_last_attempt_at?.toISOString() ?? null,
    deliveredAt: row.delivery_delivered_at?.toISOString() ?? null,
    lenderCode: words.code ?? null,
    lenderMessage: words.message ?? null,
  };
}

function contractView({ row, facts, erased }: OpenSession): SessionView['contract'] {
  return {
    ...(!erased && { title: facts.title }),
    ...withoutAbsent({ version: facts.version, language: row.contract_language }),
    sha256: row.contract_sha256.toString('hex'),
    byteLength: row.contract_bytes,
  };
}

function detailValues({ details }: OpenSession): SessionView['signerDetails'] {
  return withoutAbsent({
    name: details.name?.value,
    email: details.email?.value,
    identity: details.identity?.value,
    phone: details.phone?.value,
  });
}

function metadataOf({ row, vault }: OpenSession): Record<string, string> | undefined {
  return row.metadata_sealed ? vault.openJson('metadata', row.metadata_sealed) : undefined;
}

/** Whoever holds this address may read the signed contract, for ten minutes; the claims name the session and its workspace. */
function documentLink(ctx: UseCaseContext, { row }: OpenSession): string {
  const signature = ctx.keys.sign('documentLink', {
    s: row.id,
    w: row.workspace_id,
    until: row.now.getTime() + documentLinkMs,
  });
  return `${absolute(ctx.portalUrl, paths.apiDocument(row.id))}?signature=${signature}`;
}

/** A column that the table's constraints promise for this status. */
function present<T>(value: T | null): T {
  if (value === null) throw new Error('a session lacks a column that its status promises');
  return value;
}
