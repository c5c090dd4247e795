-- The foundation: the clock, workspaces and their API keys, signing sessions with their evidence, and the memory of repeated requests.
--
-- What must stay true, whoever writes the code above:
--   * At most one acceptance and one receipt code per session; at most one open session per debt, in whatever workspace.
--   * Every row that a merchant or a member of staff may see names its workspace.
--   * All time is aceite_now(); contract text is bytea and sealed, so no collation or encoding ever touches it.
-- Undo: drop the schema; nothing existed before.

CREATE FUNCTION aceite_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT clock_timestamp()';
COMMENT ON FUNCTION aceite_now() IS 'The only clock of the product; sandbox and tests replace it by one that can be moved.';

CREATE FUNCTION aceite_workspace() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('aceite.workspace', true), '')::uuid $$;
COMMENT ON FUNCTION aceite_workspace() IS 'The workspace of the transaction; null, and therefore no row at all, when it was not set.';

-- Workspaces and keys ------------------------------------------------------------------------------------------------

CREATE TABLE workspaces (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 120),
  merchant_legal_name text NOT NULL CHECK (length(merchant_legal_name) BETWEEN 1 AND 200),
  lender_legal_name text NOT NULL CHECK (length(lender_legal_name) BETWEEN 1 AND 200),
  language text NOT NULL CHECK (language IN ('pt-BR', 'en', 'es', 'sv')),
  created_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);

-- A key is shown once, at its making; what stays is enough to recognise it, not to use it.
CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  key_sha256 bytea NOT NULL UNIQUE CHECK (length(key_sha256) = 32),
  last_four text NOT NULL CHECK (length(last_four) = 4),
  scopes text[] NOT NULL CHECK (scopes <@ ARRAY['sessions:read', 'sessions:write', 'evidence:read']),
  return_origins text[] NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  revoked_at timestamptz(3)
);
CREATE INDEX api_keys_by_workspace ON api_keys (workspace_id, created_at);

-- Sessions -----------------------------------------------------------------------------------------------------------

-- One row per signing session, narrow on purpose: lists read it. What a person typed or reads lies sealed in the tables below.
-- Legal combinations: started_at from IN_PROGRESS on, closed_at exactly when final, failure_reason exactly when FAILED,
-- cancelled_by exactly when CANCELLED, receipt_code exactly when COMPLETED.
CREATE TABLE signing_sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspaces,
  api_key_id uuid REFERENCES api_keys,
  order_id text NOT NULL CHECK (length(order_id) BETWEEN 1 AND 128),
  debt_key text NOT NULL CHECK (debt_key ~ '^[A-Za-z0-9_-]{1,64}$'),
  provider text NOT NULL CHECK (provider = 'opt-in'),
  language text NOT NULL CHECK (language IN ('pt-BR', 'en', 'es', 'sv')),
  status text NOT NULL DEFAULT 'PENDING'
    CHECK (status IN ('PENDING', 'IN_PROGRESS', 'COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED')),
  created_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  expires_at timestamptz(3) NOT NULL,
  started_at timestamptz(3),
  closed_at timestamptz(3),
  failure_reason text CHECK (failure_reason IN ('signer_declined', 'identity_not_verified')),
  cancelled_by text CHECK (cancelled_by IN ('merchant', 'staff', 'lender')),
  receipt_code text UNIQUE,
  details_version integer NOT NULL DEFAULT 1 CHECK (details_version >= 1),
  link_issue integer NOT NULL DEFAULT 1 CHECK (link_issue >= 1),
  link_sha256 bytea NOT NULL UNIQUE CHECK (length(link_sha256) = 32),
  return_url text,
  signing_deadline timestamptz(3),
  final_due_date date,
  contract_sha256 bytea NOT NULL CHECK (length(contract_sha256) = 32),
  contract_bytes integer NOT NULL CHECK (contract_bytes BETWEEN 1 AND 1048576),
  contract_language text,
  -- JSON: metadata, and the words of whoever cancelled or declined.
  metadata_sealed bytea,
  closing_words_sealed bytea,
  CHECK (expires_at > created_at),
  CHECK ((status = 'PENDING') <= (started_at IS NULL)),
  CHECK ((status IN ('IN_PROGRESS', 'COMPLETED')) <= (started_at IS NOT NULL)),
  CHECK ((status IN ('COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED')) = (closed_at IS NOT NULL)),
  CHECK ((status = 'FAILED') = (failure_reason IS NOT NULL)),
  CHECK ((status = 'CANCELLED') = (cancelled_by IS NOT NULL)),
  CHECK ((status = 'COMPLETED') = (receipt_code IS NOT NULL))
);
-- Newest first per workspace, with and without a status: the order of every list.
CREATE INDEX signing_sessions_newest ON signing_sessions (workspace_id, created_at DESC, id DESC);
CREATE INDEX signing_sessions_newest_by_status ON signing_sessions (workspace_id, status, created_at DESC, id DESC);
CREATE INDEX signing_sessions_by_order ON signing_sessions (workspace_id, order_id, created_at DESC, id DESC);
CREATE INDEX signing_sessions_by_debt ON signing_sessions (workspace_id, debt_key, created_at DESC, id DESC);
-- Whoever asks for it: a debt is the lender's, and all workspaces share its account.
CREATE UNIQUE INDEX signing_sessions_one_open_per_debt ON signing_sessions (debt_key)
  WHERE status IN ('PENDING', 'IN_PROGRESS');
-- Serves the sweep that records what the clock has already decided.
CREATE INDEX signing_sessions_lapsing ON signing_sessions (expires_at) WHERE status IN ('PENDING', 'IN_PROGRESS');

-- The data key of each session, wrapped by the key-encryption key. Destroying this row erases all that is sealed with it.
CREATE TABLE session_keys (
  session_id uuid PRIMARY KEY REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  wrapping_key_id text NOT NULL,
  wrapped_key bytea NOT NULL
);

-- The contract as it came: sealed text, its hashes, and sealed facts (title, version, summary).
CREATE TABLE contracts (
  session_id uuid PRIMARY KEY REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  text_sealed bytea NOT NULL,
  facts_sealed bytea NOT NULL,
  sha3_256 bytea NOT NULL CHECK (length(sha3_256) = 32),
  display_sha256 bytea NOT NULL CHECK (length(display_sha256) = 32),
  character_count integer NOT NULL CHECK (character_count >= 1)
);

-- Every version of the signer's details: 1 from the merchant, each later one from the signer. The newest is signing_sessions.details_version.
CREATE TABLE signer_details (
  session_id uuid NOT NULL REFERENCES signing_sessions,
  version integer NOT NULL CHECK (version >= 1),
  workspace_id uuid NOT NULL REFERENCES workspaces,
  set_by text NOT NULL CHECK (set_by IN ('merchant', 'signer')),
  details_sealed bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  PRIMARY KEY (session_id, version)
);

-- What the signer typed and what was wrong with it, so that nothing typed is ever lost. Deleted when the session closes.
CREATE TABLE drafts (
  session_id uuid PRIMARY KEY REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  draft_sealed bytea NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);

-- Keyed hashes by which staff find a session without anything readable in the database.
CREATE TABLE blind_indexes (
  session_id uuid NOT NULL REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  field text NOT NULL CHECK (field IN ('identity')),
  digest bytea NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (session_id, field, digest)
);
CREATE INDEX blind_indexes_by_digest ON blind_indexes (workspace_id, field, digest);

-- The signer's act, once. record_sealed is the JSON of what was shown, ticked and seen of the network; record_sha256 its hash.
CREATE TABLE acceptances (
  session_id uuid PRIMARY KEY REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  accepted_at timestamptz(3) NOT NULL,
  receipt_code text NOT NULL UNIQUE,
  details_version integer NOT NULL,
  offer_id text NOT NULL UNIQUE,
  browser_sha256 bytea NOT NULL CHECK (length(browser_sha256) = 32),
  record_sealed bytea NOT NULL,
  record_sha256 bytea NOT NULL CHECK (length(record_sha256) = 32)
);

-- What happened, in order. data holds nothing personal; what is personal (addresses, browsers, reasons) is sealed beside it.
CREATE TABLE events (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  type text NOT NULL CHECK (type ~ '^[a-z_]{1,40}$'),
  actor text NOT NULL CHECK (actor IN ('signer', 'merchant', 'staff', 'system', 'lender')),
  actor_id text,
  request_id text,
  occurred_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  data jsonb NOT NULL DEFAULT '{}',
  private_sealed bytea
);
CREATE INDEX events_by_session ON events (session_id, position);

-- Idempotency --------------------------------------------------------------------------------------------------------

-- One row per key and workspace for 24 hours; the answer is sealed because it repeats what the first answer said.
CREATE TABLE idempotency_keys (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  key text NOT NULL CHECK (key ~ '^[!-~]+$' AND length(key) <= 256),
  fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
  created_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  status integer,
  answer_sealed bytea,
  PRIMARY KEY (workspace_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
