-- The foundation: workspaces, API keys, signing sessions with their evidence, the outbox to the lender, and the walls around them.
--
-- What must stay true, whoever writes the code above:
--   * A session moves only along the table of lib/domain/session-state.ts, and never out of a final state.
--   * At most one acceptance, one delivery and one receipt code per session; at most one open session and one unrejected delivery per debt.
--   * Evidence is append-only for everyone, the owner of the tables included.
--   * Every row that a merchant or a member of staff may see names its workspace, and is invisible without it.
--   * All time is aceite_now(); contract text and lender bytes are bytea and sealed, so no collation or encoding ever touches them.
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
CREATE UNIQUE INDEX signing_sessions_one_open_per_debt ON signing_sessions (workspace_id, debt_key)
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

-- Delivery -----------------------------------------------------------------------------------------------------------

-- The outbox. Written in the acceptance's transaction with the very bytes every attempt sends; drained by any number of workers.
-- A claim takes a lease and a new fence; a result counts only under the fence it was claimed with. Statuses and moves: lib/domain/delivery-state.ts.
CREATE TABLE deliveries (
  session_id uuid PRIMARY KEY REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  debt_key text NOT NULL,
  status text NOT NULL DEFAULT 'QUEUED' CHECK (status IN
    ('QUEUED', 'SENDING', 'RETRY_WAIT', 'AMBIGUOUS', 'DELIVERED', 'REJECTED', 'PAUSED', 'NEEDS_ATTENTION')),
  body_sealed bytea NOT NULL,
  body_sha256 bytea NOT NULL CHECK (length(body_sha256) = 32),
  queued_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  first_attempt_at timestamptz(3),
  last_attempt_at timestamptz(3),
  next_attempt_at timestamptz(3) DEFAULT aceite_now(),
  lease_until timestamptz(3),
  fence bigint NOT NULL DEFAULT 0,
  was_ambiguous boolean NOT NULL DEFAULT false,
  delivered_at timestamptz(3),
  delivered_by text CHECK (delivered_by IN ('reply', 'reconciliation')),
  reason text CHECK (reason ~ '^[a-z0-9_]{1,60}$'),
  lender_words_sealed bytea,
  CHECK ((status = 'DELIVERED') = (delivered_at IS NOT NULL AND delivered_by IS NOT NULL)),
  CHECK ((status = 'SENDING') <= (lease_until IS NOT NULL)),
  -- Nothing waits for ever by accident: whatever is not final or paused names its next moment.
  CHECK ((status IN ('DELIVERED', 'REJECTED', 'PAUSED')) = (next_attempt_at IS NULL))
);
CREATE UNIQUE INDEX deliveries_one_live_per_debt ON deliveries (workspace_id, debt_key) WHERE status <> 'REJECTED';
CREATE INDEX deliveries_due ON deliveries (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX deliveries_paused ON deliveries (session_id) WHERE status = 'PAUSED';

CREATE TABLE delivery_attempts (
  id uuid PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  kind text NOT NULL CHECK (kind IN ('submit', 'query')),
  fence bigint NOT NULL,
  -- False for the answer of a worker whose lease had run out: kept as evidence, without effect.
  counted boolean NOT NULL,
  started_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3) NOT NULL,
  outcome text NOT NULL,
  reason text NOT NULL,
  http_status integer,
  reply_sealed bytea
);
CREATE INDEX delivery_attempts_by_session ON delivery_attempts (session_id, started_at, id);

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

-- Staff --------------------------------------------------------------------------------------------------------------

-- better-auth's own tables: its column names, no workspace, no row-level security; only lib/auth touches them.
CREATE TABLE staff_user (
  "id" text PRIMARY KEY,
  "name" text NOT NULL,
  "email" text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL DEFAULT false,
  "image" text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE TABLE staff_session (
  "id" text PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  "token" text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId" text NOT NULL REFERENCES staff_user ON DELETE CASCADE
);
CREATE INDEX staff_session_by_user ON staff_session ("userId");
CREATE TABLE staff_account (
  "id" text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES staff_user ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX staff_account_by_user ON staff_account ("userId");
CREATE TABLE staff_verification (
  "id" text PRIMARY KEY,
  "identifier" text NOT NULL,
  "value" text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX staff_verification_by_identifier ON staff_verification ("identifier");

-- Failed sign-ins of the last minutes, by keyed hash of the account and of the address: enough to slow down guessing, nothing to read.
CREATE TABLE staff_sign_in_failures (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject bytea NOT NULL CHECK (length(subject) = 32),
  failed_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);
CREATE INDEX staff_sign_in_failures_by_subject ON staff_sign_in_failures (subject, failed_at);

-- Who may enter which workspace, and as what. A person without a row here sees nothing.
CREATE TABLE staff_members (
  user_id text NOT NULL REFERENCES staff_user,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  role text NOT NULL CHECK (role IN ('viewer', 'operator', 'auditor', 'admin')),
  created_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  disabled_at timestamptz(3),
  PRIMARY KEY (user_id, workspace_id)
);

-- Who looked at what, written before it is shown (Decreto 8.771/2016, art. 13).
CREATE TABLE staff_accesses (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  session_id uuid NOT NULL REFERENCES signing_sessions,
  user_id text NOT NULL REFERENCES staff_user,
  what text NOT NULL CHECK (what IN ('session', 'evidence')),
  request_id text,
  occurred_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);
CREATE INDEX staff_accesses_by_session ON staff_accesses (session_id, position);

-- Laws that hold for everyone ------------------------------------------------------------------------------------------

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is evidence and append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

DO $$
DECLARE evidence text;
BEGIN
  FOREACH evidence IN ARRAY ARRAY['contracts', 'signer_details', 'acceptances', 'events', 'delivery_attempts', 'staff_accesses'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', evidence);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', evidence);
  END LOOP;
  -- Sessions and deliveries move, row by row, along their tables below; none of them ever goes.
  FOREACH evidence IN ARRAY ARRAY['signing_sessions', 'deliveries'] LOOP
    EXECUTE format('CREATE TRIGGER no_delete BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', evidence);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', evidence);
  END LOOP;
END $$;

-- The state table of lib/domain/session-state.ts, said again where no code path can forget it.
CREATE FUNCTION guard_session_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status NOT IN ('PENDING', 'IN_PROGRESS') THEN
    RAISE EXCEPTION 'session % is % and final', OLD.id, OLD.status USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (OLD.status, NEW.status) NOT IN (
    ('PENDING', 'PENDING'), ('IN_PROGRESS', 'IN_PROGRESS'),
    ('PENDING', 'IN_PROGRESS'), ('IN_PROGRESS', 'COMPLETED'),
    ('PENDING', 'FAILED'), ('IN_PROGRESS', 'FAILED'),
    ('PENDING', 'CANCELLED'), ('IN_PROGRESS', 'CANCELLED'),
    ('PENDING', 'EXPIRED'), ('IN_PROGRESS', 'EXPIRED'))
  THEN
    RAISE EXCEPTION 'a session does not move from % to %', OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (OLD.id, OLD.workspace_id, OLD.order_id, OLD.debt_key, OLD.created_at, OLD.contract_sha256, OLD.contract_bytes)
     IS DISTINCT FROM
     (NEW.id, NEW.workspace_id, NEW.order_id, NEW.debt_key, NEW.created_at, NEW.contract_sha256, NEW.contract_bytes) THEN
    RAISE EXCEPTION 'what a session is about does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_change BEFORE UPDATE ON signing_sessions FOR EACH ROW EXECUTE FUNCTION guard_session_change();

-- The moves of lib/domain/delivery-state.ts. The same status again is allowed, because leases and counters change without a move;
-- only what the lender has, it has.
CREATE FUNCTION guard_delivery_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_allowed boolean := OLD.status <> 'DELIVERED' AND OLD.status = NEW.status OR CASE OLD.status
    WHEN 'QUEUED' THEN NEW.status IN ('SENDING')
    WHEN 'SENDING' THEN NEW.status IN ('DELIVERED', 'RETRY_WAIT', 'AMBIGUOUS', 'REJECTED', 'PAUSED', 'NEEDS_ATTENTION')
    WHEN 'RETRY_WAIT' THEN NEW.status IN ('SENDING', 'NEEDS_ATTENTION')
    WHEN 'AMBIGUOUS' THEN NEW.status IN ('DELIVERED', 'RETRY_WAIT', 'REJECTED', 'NEEDS_ATTENTION')
    WHEN 'PAUSED' THEN NEW.status IN ('QUEUED')
    WHEN 'NEEDS_ATTENTION' THEN NEW.status IN ('QUEUED', 'SENDING', 'AMBIGUOUS', 'DELIVERED', 'RETRY_WAIT', 'REJECTED')
    WHEN 'REJECTED' THEN NEW.status IN ('QUEUED')
    ELSE false END;
BEGIN
  IF NOT is_allowed THEN
    RAISE EXCEPTION 'a delivery does not move from % to %', OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (OLD.session_id, OLD.workspace_id, OLD.debt_key, OLD.body_sha256) IS DISTINCT FROM
     (NEW.session_id, NEW.workspace_id, NEW.debt_key, NEW.body_sha256) OR OLD.body_sealed <> NEW.body_sealed THEN
    RAISE EXCEPTION 'the bytes of a delivery are made once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_change BEFORE UPDATE ON deliveries FOR EACH ROW EXECUTE FUNCTION guard_delivery_change();

-- Doors that open before the workspace is known --------------------------------------------------------------------------
-- Each answers one question with ids and the workspace (for an API key also its own rights, which its bearer may know).

CREATE FUNCTION find_api_key(hash bytea)
  RETURNS TABLE (api_key_id uuid, workspace_id uuid, scopes text[], return_origins text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT k.id, k.workspace_id, k.scopes, k.return_origins FROM public.api_keys k WHERE k.key_sha256 = hash AND k.revoked_at IS NULL $$;

CREATE FUNCTION find_session(wanted uuid) RETURNS TABLE (session_id uuid, workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT s.id, s.workspace_id FROM public.signing_sessions s WHERE s.id = wanted $$;

CREATE FUNCTION find_session_by_link(hash bytea) RETURNS TABLE (session_id uuid, workspace_id uuid, link_issue integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT s.id, s.workspace_id, s.link_issue FROM public.signing_sessions s WHERE s.link_sha256 = hash $$;

CREATE FUNCTION find_staff_memberships(wanted text) RETURNS TABLE (workspace_id uuid, role text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT m.workspace_id, m.role FROM public.staff_members m WHERE m.user_id = wanted AND m.disabled_at IS NULL ORDER BY m.created_at $$;

-- For the command line, which then enters each workspace to read it.
CREATE FUNCTION find_workspaces() RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT w.id FROM public.workspaces w ORDER BY w.created_at, w.id $$;

-- Live sessions whose time has run out, oldest first, for the sweep. The clock is a scalar subquery so that the index bounds the scan.
CREATE FUNCTION find_lapsed_sessions(how_many integer) RETURNS TABLE (session_id uuid, workspace_id uuid)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT s.id, s.workspace_id FROM public.signing_sessions s
        WHERE s.status IN ('PENDING', 'IN_PROGRESS') AND s.expires_at <= (SELECT public.aceite_now())
        ORDER BY s.expires_at LIMIT how_many $$;

-- The worker's claim: one due delivery, leased and fenced. What was due to be sent becomes SENDING; a lease that ran out while SENDING
-- becomes AMBIGUOUS, because the body may have gone out; AMBIGUOUS and NEEDS_ATTENTION stay and are asked about. What goes out without
-- a question is an attempt from here on, whether or not its worker survives it; after a question the worker counts it as it sends.
CREATE FUNCTION claim_delivery(lease_ms integer) RETURNS TABLE (session_id uuid, workspace_id uuid, fence bigint)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    UPDATE public.deliveries d SET
      status = CASE d.status WHEN 'QUEUED' THEN 'SENDING' WHEN 'RETRY_WAIT' THEN 'SENDING' WHEN 'SENDING' THEN 'AMBIGUOUS' ELSE d.status END,
      was_ambiguous = d.was_ambiguous OR d.status IN ('SENDING', 'AMBIGUOUS'),
      attempts = d.attempts + (d.status IN ('QUEUED', 'RETRY_WAIT') AND NOT d.was_ambiguous)::integer,
      first_attempt_at = coalesce(d.first_attempt_at, public.aceite_now()),
      last_attempt_at = CASE WHEN d.status IN ('QUEUED', 'RETRY_WAIT') AND NOT d.was_ambiguous THEN public.aceite_now() ELSE d.last_attempt_at END,
      fence = d.fence + 1,
      lease_until = public.aceite_now() + lease_ms * interval '1 millisecond',
      next_attempt_at = public.aceite_now() + lease_ms * interval '1 millisecond'
    WHERE d.session_id = (
      SELECT c.session_id FROM public.deliveries c WHERE c.next_attempt_at <= (SELECT public.aceite_now())
      ORDER BY c.next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING d.session_id, d.workspace_id, d.fence $$;

-- A start of the worker gives paused deliveries another chance: the credential may have been mended.
CREATE FUNCTION find_paused_deliveries(how_many integer) RETURNS TABLE (session_id uuid, workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT d.session_id, d.workspace_id FROM public.deliveries d WHERE d.status = 'PAUSED' ORDER BY d.session_id LIMIT how_many $$;

-- Removes idempotency records that are a day old, in small batches; they carry no evidence.
CREATE FUNCTION prune_idempotency_keys(how_many integer) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    WITH gone AS (
      DELETE FROM public.idempotency_keys WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM public.idempotency_keys WHERE created_at < public.aceite_now() - interval '24 hours' LIMIT how_many))
      RETURNING 1)
    SELECT count(*)::integer FROM gone $$;

-- Figures for /metrics: counts without any identity.
CREATE FUNCTION delivery_figures() RETURNS TABLE (status text, how_many bigint, oldest_seconds double precision)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT d.status, count(*), extract(epoch FROM public.aceite_now() - min(d.queued_at))::double precision
        FROM public.deliveries d WHERE d.next_attempt_at IS NOT NULL OR d.status = 'PAUSED' GROUP BY d.status $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON FUNCTION aceite_now(), aceite_workspace() TO PUBLIC;

-- The second wall ------------------------------------------------------------------------------------------------------
-- Four roles without a login. The portal's login owns nothing and takes one of the first three for each transaction; the fourth
-- owns the doors above. A server that forbids CREATE ROLE runs without this wall; the start says so.

ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON workspaces USING (id = aceite_workspace());
DO $$
DECLARE scoped text;
BEGIN
  FOREACH scoped IN ARRAY ARRAY['api_keys', 'signing_sessions', 'session_keys', 'contracts', 'signer_details', 'drafts', 'blind_indexes',
    'acceptances', 'events', 'deliveries', 'delivery_attempts', 'idempotency_keys', 'staff_members', 'staff_accesses'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = aceite_workspace())', scoped);
  END LOOP;
END $$;

DO $$
DECLARE
  role_name text;
  scoped text;
  joined text[] := '{}';
BEGIN
  FOREACH role_name IN ARRAY ARRAY['aceite_app', 'aceite_worker', 'aceite_retention', 'aceite_lookup'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
    END IF;
    IF NOT pg_has_role(current_user, role_name, 'USAGE') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
      joined := joined || role_name;
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role_name);
  END LOOP;

  GRANT SELECT ON workspaces, api_keys, signing_sessions, session_keys, contracts, signer_details, blind_indexes, acceptances, events,
    deliveries, delivery_attempts TO aceite_app, aceite_worker;
  GRANT SELECT, INSERT, UPDATE ON workspaces, api_keys, staff_members TO aceite_app;
  GRANT INSERT ON signing_sessions, session_keys, contracts, signer_details, blind_indexes, acceptances, events, deliveries TO aceite_app;
  GRANT UPDATE (status, started_at, closed_at, failure_reason, cancelled_by, receipt_code, details_version, link_issue, link_sha256,
    expires_at, closing_words_sealed) ON signing_sessions TO aceite_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON drafts TO aceite_app;
  GRANT SELECT, INSERT, UPDATE ON idempotency_keys TO aceite_app;
  GRANT SELECT, INSERT ON staff_accesses TO aceite_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON staff_user, staff_session, staff_account, staff_verification,
    staff_sign_in_failures TO aceite_app;
  GRANT UPDATE (status, closed_at) ON signing_sessions TO aceite_worker;
  GRANT DELETE, SELECT ON drafts TO aceite_worker;
  GRANT INSERT ON events, delivery_attempts TO aceite_worker;
  GRANT UPDATE (status, attempts, failures, first_attempt_at, last_attempt_at, next_attempt_at, lease_until, was_ambiguous,
    delivered_at, delivered_by, reason, lender_words_sealed) ON deliveries TO aceite_worker;

  GRANT SELECT ON workspaces, staff_members, api_keys, signing_sessions, deliveries, idempotency_keys TO aceite_lookup;
  GRANT UPDATE ON deliveries TO aceite_lookup;
  GRANT DELETE ON idempotency_keys TO aceite_lookup;
  FOREACH scoped IN ARRAY ARRAY['workspaces', 'staff_members', 'api_keys', 'signing_sessions', 'deliveries', 'idempotency_keys'] LOOP
    EXECUTE format('CREATE POLICY doors ON %I TO aceite_lookup USING (true)', scoped);
  END LOOP;
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION find_api_key(bytea) OWNER TO aceite_lookup;
  ALTER FUNCTION find_session(uuid) OWNER TO aceite_lookup;
  ALTER FUNCTION find_session_by_link(bytea) OWNER TO aceite_lookup;
  ALTER FUNCTION find_staff_memberships(text) OWNER TO aceite_lookup;
  ALTER FUNCTION find_workspaces() OWNER TO aceite_lookup;
  ALTER FUNCTION find_lapsed_sessions(integer) OWNER TO aceite_lookup;
  ALTER FUNCTION claim_delivery(integer) OWNER TO aceite_lookup;
  ALTER FUNCTION find_paused_deliveries(integer) OWNER TO aceite_lookup;
  ALTER FUNCTION prune_idempotency_keys(integer) OWNER TO aceite_lookup;
  ALTER FUNCTION delivery_figures() OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;

  GRANT EXECUTE ON FUNCTION find_api_key(bytea), find_session(uuid), find_session_by_link(bytea), find_staff_memberships(text),
    find_workspaces(), delivery_figures() TO aceite_app;
  GRANT EXECUTE ON FUNCTION find_lapsed_sessions(integer), claim_delivery(integer), find_paused_deliveries(integer),
    prune_idempotency_keys(integer) TO aceite_worker;
  -- Joined only to hand the doors over: whoever stays a member sees past the wall. A later change of a door joins again.
  IF 'aceite_lookup' = ANY (joined) THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;

  FOREACH scoped IN ARRAY ARRAY['workspaces', 'api_keys', 'signing_sessions', 'session_keys', 'contracts', 'signer_details', 'drafts',
    'blind_indexes', 'acceptances', 'events', 'deliveries', 'delivery_attempts', 'idempotency_keys', 'staff_members', 'staff_accesses'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'aceite: this server does not let us create roles (%); row-level security is not forced', SQLERRM;
END $$;
