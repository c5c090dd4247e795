import { type ListFilter, listSessionRows } from '#lib/db/sessions.ts';
import { asAdmin, type BenchDatabase } from './bench-cluster.ts';
import type { BenchPortal } from './bench-portal.ts';
import { contractFacts, keptDetails } from './waiting-sessions.ts';

/** One statement for each so many sessions, so that somebody who watches sees it move. */
const batchSize = 100_000;

/**
 * A year of a merchant's sessions, newest first from number 0 on: one every 30 seconds, most of them accepted and delivered, the open
 * ones all of the last days. What is sealed has the right length and opens nowhere; see `sealSessions`.
 */
const fill = `
  WITH numbered AS (
    SELECT n, md5(n::text)::uuid AS id, aceite_now() - n * interval '30 seconds' AS created_at,
      CASE WHEN n % 50 = 0 AND n < 10000 THEN CASE n % 100 WHEN 0 THEN 'PENDING' ELSE 'IN_PROGRESS' END
        WHEN n % 20 = 1 THEN 'EXPIRED' WHEN n % 30 = 2 THEN 'CANCELLED' WHEN n % 30 = 3 THEN 'FAILED' ELSE 'COMPLETED' END AS status
    FROM generate_series($1::integer, $2::integer) n),
  sessions AS (
    INSERT INTO signing_sessions (id, workspace_id, api_key_id, order_id, debt_key, provider, language, status, created_at, expires_at,
      started_at, closed_at, failure_reason, cancelled_by, receipt_code, link_sha256, contract_sha256, contract_bytes, merchant_legal_name, lender_legal_name,
      keep_until)
    SELECT id, $3, $4, 'order-' || n, 'bench-' || n, 'opt-in', 'pt-BR', status, created_at, created_at + interval '7 days',
      CASE WHEN status IN ('IN_PROGRESS', 'COMPLETED', 'FAILED') THEN created_at END,
      CASE WHEN status NOT IN ('PENDING', 'IN_PROGRESS') THEN created_at END,
      CASE status WHEN 'FAILED' THEN 'signer_declined' END, CASE status WHEN 'CANCELLED' THEN 'merchant' END,
      CASE status WHEN 'COMPLETED' THEN 'RECEIPT-' || n END, sha256(id::text::bytea), sha256('contract'), 30000, 'Loja',
      'Credor', CASE WHEN status NOT IN ('PENDING', 'IN_PROGRESS') THEN created_at + interval '6 years' END FROM numbered
    RETURNING id, workspace_id, debt_key, status, created_at),
  keys AS (INSERT INTO session_keys (session_id, workspace_id, wrapping_key_id, wrapped_key)
    SELECT id, workspace_id, 'bench', decode(repeat('00', 61), 'hex') FROM sessions),
  texts AS (INSERT INTO contracts (session_id, workspace_id, text_sealed, facts_sealed, sha3_256, display_sha256, character_count)
    SELECT id, workspace_id, decode(repeat('00', 61), 'hex'), decode(repeat('00', 200), 'hex'),
    sha256('contract'), sha256('contract'), 30000 FROM sessions),
  details AS (INSERT INTO signer_details (session_id, version, workspace_id, set_by, details_sealed, created_at)
    SELECT id, 1, workspace_id, 'merchant', decode(repeat('00', 330), 'hex'), created_at FROM sessions)
  INSERT INTO deliveries (session_id, workspace_id, debt_key, status, body_sealed, body_sha256, attempts, last_attempt_at, next_attempt_at,
    delivered_at, delivered_by)
  SELECT id, workspace_id, debt_key, 'DELIVERED', decode(repeat('00', 61), 'hex'), sha256('body'), 1, created_at, NULL, created_at, 'reply'
  FROM sessions WHERE status = 'COMPLETED'`;

/** Fills a portal's empty database with so many sessions, by SQL. Contract and lender body are short: no list reads them. */
export async function fillSessions(
  { merchant }: BenchPortal,
  { adminUrl }: BenchDatabase,
  sessions: number,
  onProgress: (message: string) => void,
): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    // Neither the checks of references nor the laws of states are what is measured here; constraints and indexes stay.
    await admin.query("SET session_replication_role = 'replica'");
    for (let from = 0; from < sessions; from += batchSize) {
      if (from > 0) onProgress(`made ${from} of ${sessions} sessions for the lists`);
      const last = Math.min(from + batchSize, sessions) - 1;
      await admin.query(fill, [from, last, merchant.workspaceId, merchant.apiKeyId]);
    }
    await admin.query('VACUUM ANALYZE');
    await admin.query('CHECKPOINT');
  });
}

const reseal = `
  WITH made AS (
    SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[]) AS m (id, wrapped_key, facts_sealed, details_sealed)),
  keys AS (UPDATE session_keys k SET wrapping_key_id = $5, wrapped_key = made.wrapped_key FROM made WHERE k.session_id = made.id),
  texts AS (UPDATE contracts c SET facts_sealed = made.facts_sealed FROM made WHERE c.session_id = made.id)
  UPDATE signer_details d SET details_sealed = made.details_sealed FROM made WHERE d.session_id = made.id`;

/** Gives the sessions of one page of a list, which a reader will open, seals that open. */
export async function sealSessions(
  { ctx, merchant }: BenchPortal,
  { adminUrl }: BenchDatabase,
  page: ListFilter,
): Promise<void> {
  const { workspaceId } = merchant;
  const rows = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, (tx) =>
    listSessionRows(tx, workspaceId, page),
  );
  const made = rows.map(({ id }) => {
    const { vault, wrapped } = ctx.keys.newSessionVault({ workspaceId, sessionId: id });
    return {
      id,
      ...wrapped,
      facts: vault.sealJson('contract_facts', contractFacts()),
      details: vault.sealJson('details', keptDetails),
    };
  });
  const column = <Key extends keyof (typeof made)[number]>(key: Key) => made.map((session) => session[key]);
  await asAdmin(adminUrl, async (admin) => {
    await admin.query("SET session_replication_role = 'replica'");
    const values = [column('id'), column('wrappedKey'), column('facts'), column('details'), made[0]?.wrappingKeyId];
    await admin.query(reseal, values);
    // What an update leaves behind must not be what is measured.
    await admin.query('VACUUM session_keys, contracts, signer_details');
  });
}
