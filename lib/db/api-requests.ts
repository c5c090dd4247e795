import type { FieldCode, RefusalDetails } from '#lib/domain/field-messages.ts';
import type { Database, Tx } from './database.ts';

/** A wrong field as it is kept; its code may be one of an older version. */
export type KeptFault = { pointer: string; code: FieldCode | (string & {}); details?: RefusalDetails };

export type NewApiRequest = {
  requestId: string;
  apiKeyId: string;
  /** How long ago it was answered, when the row is written. */
  agoMs: number;
  durationMs: number;
  method: string;
  path: string;
  sessionId?: string;
  status: number;
  code?: string;
  faults: readonly KeptFault[];
  hasIdempotencyKey: boolean;
  contentType?: string;
  userAgent?: string;
  exchangeSealed?: Buffer;
};

// Nobody waits for these rows and nothing is proved by them, so their commit need not wait for the disk.
const insert = {
  name: 'insert_api_requests',
  text: `INSERT INTO api_requests (workspace_id, request_id, api_key_id, answered_at, duration_ms, method, path, session_id, status, code,
      faults, has_idempotency_key, content_type, user_agent, exchange_sealed)
    SELECT $1, r."requestId", r."apiKeyId", aceite_now() - r."agoMs" * interval '1 millisecond', r."durationMs", r.method, r.path,
      r."sessionId", r.status, r.code, r.faults, r."hasIdempotencyKey", r."contentType", r."userAgent", decode(r.exchange, 'base64')
    FROM (SELECT set_config('synchronous_commit', 'off', true) AS commit) AS hurried,
      jsonb_to_recordset($2::jsonb) AS r("requestId" text, "apiKeyId" uuid, "agoMs" integer, "durationMs" integer, method text, path text,
        "sessionId" uuid, status smallint, code text, faults jsonb, "hasIdempotencyKey" boolean, "contentType" text, "userAgent" text,
        exchange text)
    WHERE hurried.commit = 'off'`,
};

/** Keeps some answered requests of one workspace, oldest first, and ends the transaction. */
export async function insertApiRequests(
  tx: Tx,
  workspaceId: string,
  requests: readonly NewApiRequest[],
): Promise<void> {
  const rows = requests.map(({ exchangeSealed, ...request }) => ({
    ...request,
    exchange: exchangeSealed?.toString('base64'),
  }));
  await tx.lastRow(insert, [workspaceId, JSON.stringify(rows)]);
}

export type ApiRequestRow = {
  position: string;
  request_id: string;
  answered_at: Date;
  duration_ms: number;
  method: string;
  path: string;
  session_id: string | null;
  status: number;
  code: string | null;
  last_four: string;
};

export type ApiRequestFilter = {
  /** The first digit of the status. */
  statusClass?: number | undefined;
  requestId?: string | undefined;
  /** Only older ones than this position. */
  before?: string | undefined;
  limit: number;
};

const columns = `r.position, r.request_id, r.answered_at, r.duration_ms, r.method, r.path, r.session_id, r.status, r.code, k.last_four`;

const list = {
  name: 'list_api_requests',
  text: `SELECT ${columns} FROM api_requests r JOIN api_keys k ON k.id = r.api_key_id AND k.workspace_id = $1
    WHERE r.workspace_id = $1 AND r.position < $2 AND ($3::integer IS NULL OR r.status / 100 = $3) AND ($4::text IS NULL OR r.request_id = $4)
    ORDER BY r.position DESC LIMIT $5`,
};
const afterAll = '9223372036854775807';

/** Newest first. */
export function listApiRequests(tx: Tx, workspaceId: string, filter: ApiRequestFilter): Promise<ApiRequestRow[]> {
  const { statusClass, requestId, before, limit } = filter;
  return tx.rows<ApiRequestRow>(list, [workspaceId, before ?? afterAll, statusClass ?? null, requestId ?? null, limit]);
}

export type WholeApiRequestRow = ApiRequestRow & {
  key_name: string;
  faults: KeptFault[];
  has_idempotency_key: boolean;
  content_type: string | null;
  user_agent: string | null;
  exchange_sealed: Buffer | null;
};

const read = {
  name: 'read_api_request',
  text: `SELECT ${columns}, k.name AS key_name, r.faults, r.has_idempotency_key, r.content_type, r.user_agent, r.exchange_sealed
    FROM api_requests r JOIN api_keys k ON k.id = r.api_key_id AND k.workspace_id = $1
    WHERE r.workspace_id = $1 AND r.request_id = $2`,
};

export function readApiRequest(
  tx: Tx,
  workspaceId: string,
  requestId: string,
): Promise<WholeApiRequestRow | undefined> {
  return tx.row<WholeApiRequestRow>(read, [workspaceId, requestId]);
}

const prune = { name: 'prune_api_requests', text: 'SELECT prune_api_requests($1) AS pruned' };

/** Deletes up to twice `howMany`: those that are too old, and those that are too many; answers how many went. */
export async function pruneApiRequests(db: Database, howMany: number): Promise<number> {
  return (await db.door<{ pruned: number }>(prune, [howMany]))[0]?.pruned ?? 0;
}
