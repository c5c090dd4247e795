import type pg from 'pg';
import type { AcceptanceRow } from './acceptances.ts';
import type { DeliveryRow } from './deliveries.ts';
import type { AttemptRow } from './delivery-attempts.ts';
import type { EventRow } from './events.ts';
import type { HoldRow } from './legal-holds.ts';
import type { ReencodeRow } from './lender-reencodes.ts';
import type { SessionRow } from './sessions.ts';
import type { SignerDetailsRow } from './signer-details.ts';

/** Every row of one session as it is now. Nothing of it is believed: a row may be gone, or say what it never said. */
export type AuditedSession = {
  session: SessionAlone;
  key: { workspace_id: string; wrapping_key_id: string; wrapped_key: Buffer } | undefined;
  contract: ContractRow | undefined;
  details: (SignerDetailsRow & Walled & { created_at: Date })[];
  blindIndexes: (Walled & { field: string; digest: Buffer })[];
  acceptance: (AcceptanceRow & Walled) | undefined;
  delivery: AuditedDelivery | undefined;
  attempts: (AttemptRow & Walled & { fence: string })[];
  reencodes: (ReencodeRow & Walled)[];
  events: (EventRow & Walled)[];
  holds: (HoldRow & Walled)[];
  tombstone: AuditedTombstone | undefined;
  certificates: (Walled & { kind: string; through_hash: Buffer; pdf_sealed: Buffer })[];
  hasDraft: boolean;
};

type Walled = { workspace_id: string };

type SessionAlone = Omit<
  SessionRow,
  | 'wrapping_key_id'
  | 'wrapped_key'
  | 'facts_sealed'
  | 'display_sha256'
  | 'sha3_256'
  | 'character_count'
  | 'details_sealed'
  | 'is_expired'
  | `delivery_${string}`
> & {
  link_sha256: Buffer;
  keep_until: Date | null;
  erased_at: Date | null;
};

type ContractRow = Walled & {
  text_sealed: Buffer;
  facts_sealed: Buffer;
  sha3_256: Buffer;
  display_sha256: Buffer;
  character_count: number;
};

/** An erased one has neither bytes nor words. */
export type AuditedDelivery = Omit<
  DeliveryRow,
  'contract_sha256' | 'wrapping_key_id' | 'wrapped_key' | 'now' | 'body_sealed' | 'body_sha256'
> & {
  body_sealed: Buffer | null;
  body_sha256: Buffer | null;
};

type AuditedTombstone = Walled & {
  class: string;
  rule: string;
  kept_until: Date;
  erased_at: Date;
  contract_sha256: Buffer;
  request_id: string | null;
  chain_length: number;
  chain_head: Buffer;
  event_hash: Buffer;
  rows: Record<string, number>;
};

/** Read together; few enough for any memory, although one contract may have a megabyte. */
const batch = 50;

const sessions = `
  SELECT s.*, to_char(s.final_due_date, 'YYYY-MM-DD') AS final_due_date, aceite_now() AS now
  FROM signing_sessions s WHERE s.id > $1 ORDER BY s.id LIMIT ${batch}`;

const tables = {
  keys: 'SELECT * FROM session_keys WHERE session_id = ANY ($1)',
  contracts: 'SELECT * FROM contracts WHERE session_id = ANY ($1)',
  details: 'SELECT * FROM signer_details WHERE session_id = ANY ($1) ORDER BY session_id, version',
  blindIndexes: 'SELECT * FROM blind_indexes WHERE session_id = ANY ($1)',
  acceptances: 'SELECT * FROM acceptances WHERE session_id = ANY ($1)',
  deliveries: 'SELECT * FROM deliveries WHERE session_id = ANY ($1)',
  attempts: 'SELECT * FROM delivery_attempts WHERE session_id = ANY ($1) ORDER BY session_id, started_at, id',
  reencodes: 'SELECT * FROM lender_reencodes WHERE session_id = ANY ($1) ORDER BY session_id, proposed_at, id',
  events: 'SELECT * FROM events WHERE session_id = ANY ($1) ORDER BY session_id, sequence, position',
  holds: 'SELECT * FROM legal_holds WHERE session_id = ANY ($1) ORDER BY session_id, placed_at, id',
  tombstones: 'SELECT * FROM tombstones WHERE session_id = ANY ($1)',
  certificates: 'SELECT * FROM certificates WHERE session_id = ANY ($1) ORDER BY session_id, made_at, kind',
  drafts: 'SELECT session_id FROM drafts WHERE session_id = ANY ($1)',
} as const;

/** Every session with all its rows, in the order of their ids. */
export async function* auditedSessions(client: pg.Client): AsyncGenerator<AuditedSession> {
  let behind = '00000000-0000-0000-0000-000000000000';
  while (true) {
    const { rows } = await client.query<AuditedSession['session']>(sessions, [behind]);
    yield* await withTheirRows(client, rows);
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    behind = last.id;
  }
}

async function withTheirRows(client: pg.Client, rows: AuditedSession['session'][]): Promise<AuditedSession[]> {
  const ids = rows.map(({ id }) => id);
  const of = async <Row>(table: keyof typeof tables) => {
    const found = await client.query<Row & { session_id: string }>(tables[table], [ids]);
    return (id: string): Row[] => found.rows.filter(({ session_id }) => session_id === id);
  };
  type Rows = AuditedSession;
  const keys = await of<NonNullable<Rows['key']>>('keys');
  const contracts = await of<ContractRow>('contracts');
  const details = await of<Rows['details'][number]>('details');
  const blindIndexes = await of<Rows['blindIndexes'][number]>('blindIndexes');
  const acceptances = await of<NonNullable<Rows['acceptance']>>('acceptances');
  const deliveries = await of<AuditedDelivery>('deliveries');
  const attempts = await of<Rows['attempts'][number]>('attempts');
  const reencodes = await of<Rows['reencodes'][number]>('reencodes');
  const events = await of<Rows['events'][number]>('events');
  const holds = await of<Rows['holds'][number]>('holds');
  const tombstones = await of<AuditedTombstone>('tombstones');
  const certificates = await of<Rows['certificates'][number]>('certificates');
  const drafts = await of<object>('drafts');
  return rows.map((session) => ({
    session,
    key: keys(session.id)[0],
    contract: contracts(session.id)[0],
    details: details(session.id),
    blindIndexes: blindIndexes(session.id),
    acceptance: acceptances(session.id)[0],
    delivery: deliveries(session.id)[0],
    attempts: attempts(session.id),
    reencodes: reencodes(session.id),
    events: events(session.id),
    holds: holds(session.id),
    tombstone: tombstones(session.id)[0],
    certificates: certificates(session.id),
    hasDraft: drafts(session.id).length > 0,
  }));
}
