import type { Actor, FailureReason, SessionStatus } from '#lib/domain/session-state.ts';
import type { Tx } from './database.ts';

/** A session as every reader needs it, in one statement: its row, its parties, its key, its newest details, its delivery. */
export type SessionRow = {
  id: string;
  workspace_id: string;
  api_key_id: string | null;
  order_id: string;
  debt_key: string;
  provider: 'opt-in';
  language: 'pt-BR' | 'en' | 'es' | 'sv';
  status: SessionStatus;
  created_at: Date;
  expires_at: Date;
  started_at: Date | null;
  closed_at: Date | null;
  failure_reason: FailureReason | null;
  cancelled_by: Extract<Actor, 'merchant' | 'staff' | 'lender'> | null;
  receipt_code: string | null;
  details_version: number;
  link_issue: number;
  return_url: string | null;
  signing_deadline: Date | null;
  /** A calendar day, `YYYY-MM-DD`. */
  final_due_date: string | null;
  contract_sha256: Buffer;
  contract_bytes: number;
  contract_language: string | null;
  metadata_sealed: Buffer | null;
  closing_words_sealed: Buffer | null;
  merchant_legal_name: string;
  lender_legal_name: string;
  wrapping_key_id: string;
  wrapped_key: Buffer;
  facts_sealed: Buffer;
  display_sha256: Buffer;
  sha3_256: Buffer;
  character_count: number;
  details_sealed: Buffer;
  now: Date;
  /** The database's own comparison, made when the row was read. */
  is_expired: boolean;
  delivery_status: import('#lib/domain/delivery-state.ts').DeliveryStatus | null;
  delivery_attempts: number | null;
  delivery_last_attempt_at: Date | null;
  delivery_delivered_at: Date | null;
  delivery_words_sealed: Buffer | null;
  delivery_alarms: string[] | null;
};

/** What is left of an erased session: its row, what is known of its delivery, and when and by which rule the rest went. */
export type ErasedRow = Omit<
  SessionRow,
  | 'status'
  | 'wrapping_key_id'
  | 'wrapped_key'
  | 'facts_sealed'
  | 'display_sha256'
  | 'sha3_256'
  | 'character_count'
  | 'details_sealed'
> & {
  status: Exclude<SessionStatus, 'PENDING' | 'IN_PROGRESS'>;
  erased_at: Date;
  erased_class: 'E1' | 'E2' | 'E3';
  erased_rule: 'term_over' | 'requested';
};

/** Lists hold both; what is erased can neither be opened nor moved. */
export type AnySessionRow = (SessionRow & { erased_at: null }) | ErasedRow;

const columns = `
  s.id, s.workspace_id, s.api_key_id, s.order_id, s.debt_key, s.provider, s.language, s.status, s.created_at, s.expires_at, s.started_at, s.closed_at,
  s.failure_reason, s.cancelled_by, s.receipt_code, s.details_version, s.link_issue, s.return_url, s.signing_deadline,
  to_char(s.final_due_date, 'YYYY-MM-DD') AS final_due_date, s.contract_sha256, s.contract_bytes, s.contract_language,
  s.metadata_sealed, s.closing_words_sealed, s.merchant_legal_name, s.lender_legal_name, k.wrapping_key_id, k.wrapped_key,
  c.facts_sealed, c.display_sha256, c.sha3_256, c.character_count, p.details_sealed, s.expires_at <= aceite_now() AS is_expired, aceite_now() AS now,
  d.status AS delivery_status, d.attempts AS delivery_attempts, d.last_attempt_at AS delivery_last_attempt_at,
  d.delivered_at AS delivery_delivered_at, d.lender_words_sealed AS delivery_words_sealed,
  d.alarms AS delivery_alarms`;

const sources = `
  signing_sessions s
  JOIN session_keys k ON k.session_id = s.id
  JOIN contracts c ON c.session_id = s.id
  JOIN signer_details p ON p.session_id = s.id AND p.version = s.details_version
  LEFT JOIN deliveries d ON d.session_id = s.id`;

/** The same for sessions of which only the skeleton may be left. */
const anyColumns = `${columns}, s.erased_at, t.class AS erased_class, t.rule AS erased_rule`;
const anySources = `
  signing_sessions s
  LEFT JOIN session_keys k ON k.session_id = s.id
  LEFT JOIN contracts c ON c.session_id = s.id
  LEFT JOIN signer_details p ON p.session_id = s.id AND p.version = s.details_version
  LEFT JOIN deliveries d ON d.session_id = s.id
  LEFT JOIN tombstones t ON t.session_id = s.id`;

const readOne = {
  name: 'read_session',
  text: `SELECT ${columns} FROM ${sources} WHERE s.workspace_id = $1 AND s.id = $2`,
};

/** A session that is whole; an erased one is not here, but at `readErasedRow`. */
export function readSessionRow(tx: Tx, workspaceId: string, sessionId: string): Promise<SessionRow | undefined> {
  return tx.row<SessionRow>(readOne, [workspaceId, sessionId]);
}

const readErased = {
  name: 'read_erased_session',
  text: `SELECT ${anyColumns} FROM ${anySources} WHERE s.workspace_id = $1 AND s.id = $2 AND s.erased_at IS NOT NULL`,
};

export function readErasedRow(tx: Tx, workspaceId: string, sessionId: string): Promise<ErasedRow | undefined> {
  return tx.row<ErasedRow>(readErased, [workspaceId, sessionId]);
}

const lock = {
  name: 'lock_session',
  text: 'SELECT FROM signing_sessions WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
};

/** As `readSessionRow`, and nobody else moves the session until this transaction ends. */
export async function lockSessionRow(tx: Tx, workspaceId: string, sessionId: string): Promise<SessionRow | undefined> {
  // A statement of its own, sent along: what is read, and the clock, are from after the wait for whoever held the session.
  const [, row] = await Promise.all([
    tx.rows(lock, [workspaceId, sessionId]),
    readSessionRow(tx, workspaceId, sessionId),
  ]);
  return row;
}

const readPage = {
  name: 'read_signer_page',
  text: `SELECT ${columns}, c.text_sealed, f.draft_sealed, a.browser_sha256,
      EXISTS (SELECT FROM certificates p WHERE p.session_id = s.id AND p.workspace_id = $1 AND p.kind = 'court') AS is_proved,
      coalesce((SELECT jsonb_agg(jsonb_build_object('type', e.type, 'from', e.data ->> 'from', 'at', e.occurred_at)) FROM events e
        WHERE e.session_id = s.id AND e.workspace_id = $1 AND e.type IN ('withdrawal_requested', 'disputed')), '[]') AS objections
    FROM ${sources} LEFT JOIN drafts f ON f.session_id = s.id LEFT JOIN acceptances a ON a.session_id = s.id
    WHERE s.workspace_id = $1 AND s.id = $2`,
};

export type SignerPageRow = SessionRow & {
  text_sealed: Buffer;
  draft_sealed: Buffer | null;
  browser_sha256: Buffer | null;
  /** Whether the final certificate is there: the log has the acceptance, strangers have stamped it, the lender has answered. */
  is_proved: boolean;
  /** What was said against the contract after it was signed: the events' types, whose word each was, and when (RFC 3339). */
  objections: { type: string; from: string; at: string }[];
};

/** All that a page of the signer shows, contract and draft included, in one statement. */
export function readSignerPageRow(tx: Tx, workspaceId: string, sessionId: string): Promise<SignerPageRow | undefined> {
  return tx.row<SignerPageRow>(readPage, [workspaceId, sessionId]);
}

/** As `readSignerPageRow`, and nobody else moves the session until this transaction ends; read after the wait, as above. */
export async function lockSignerPageRow(
  tx: Tx,
  workspaceId: string,
  sessionId: string,
): Promise<SignerPageRow | undefined> {
  const [, row] = await Promise.all([
    tx.rows(lock, [workspaceId, sessionId]),
    readSignerPageRow(tx, workspaceId, sessionId),
  ]);
  return row;
}

const readText = {
  name: 'read_contract_text',
  text: 'SELECT text_sealed FROM contracts WHERE workspace_id = $1 AND session_id = $2',
};

export async function readContractSealed(tx: Tx, workspaceId: string, sessionId: string): Promise<Buffer | undefined> {
  return (await tx.row<{ text_sealed: Buffer }>(readText, [workspaceId, sessionId]))?.text_sealed;
}

export type ListFilter = {
  status?: SessionStatus;
  orderId?: string;
  debtKey?: string;
  /** Only sessions whose delivery waits for a person or bears an alarm. */
  isOfConcern?: boolean;
  /** Rows strictly older than this place in the order (created_at, id). */
  before?: { createdAt: Date; id: string };
  /** Rows strictly newer than this place, the nearest ones; not together with `before`. */
  after?: { createdAt: Date; id: string };
  limit: number;
};

/** Word for word as in the index `deliveries_of_concern`. */
const ofConcern = `(d.status IN ('PAUSED', 'NEEDS_ATTENTION') OR d.alarms <> '{}' AND d.status NOT IN ('DELIVERED', 'REJECTED'))`;

/** Newest first, but nearest first with `after`. Every combination of filters is a statement of its own, so that each keeps the plan its index serves. */
export function listSessionRows(tx: Tx, workspaceId: string, filter: ListFilter): Promise<AnySessionRow[]> {
  const values: unknown[] = [workspaceId];
  const place = (value: unknown) => `$${values.push(value)}`;
  const conditions = ['s.workspace_id = $1'];
  if (filter.status) conditions.push(`s.status = ${place(filter.status)}`);
  if (filter.orderId !== undefined) conditions.push(`s.order_id = ${place(filter.orderId)}`);
  if (filter.debtKey !== undefined) conditions.push(`s.debt_key = ${place(filter.debtKey)}`);
  if (filter.isOfConcern) conditions.push(ofConcern);
  if (filter.before)
    conditions.push(`(s.created_at, s.id) < (${place(filter.before.createdAt)}, ${place(filter.before.id)})`);
  if (filter.after)
    conditions.push(`(s.created_at, s.id) > (${place(filter.after.createdAt)}, ${place(filter.after.id)})`);
  const direction = filter.after ? 'ASC' : 'DESC';
  const text = `SELECT ${anyColumns} FROM ${anySources} WHERE ${conditions.join(' AND ')} ORDER BY s.created_at ${direction}, s.id ${direction} LIMIT ${place(filter.limit)}`;
  const used = [
    filter.status && 'status',
    filter.orderId !== undefined && 'order',
    filter.debtKey !== undefined && 'debt',
    filter.isOfConcern && 'concern',
    filter.before && 'before',
    filter.after && 'after',
  ];
  return tx.rows<AnySessionRow>({ name: ['list_sessions', ...used.filter(Boolean)].join('_'), text }, values);
}

const readMany = {
  name: 'read_sessions',
  text: `SELECT ${anyColumns} FROM ${anySources} WHERE s.workspace_id = $1 AND s.id = ANY($2) ORDER BY s.created_at DESC, s.id DESC`,
};

/** The sessions with these ids, newest first; ids of other workspaces are simply not there. */
export function readSessionRows(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<AnySessionRow[]> {
  return tx.rows<AnySessionRow>(readMany, [workspaceId, ids]);
}
