-- The outbox to the lender, and every call that was made from it.
--
-- What must stay true:
--   * One delivery per acceptance, written with it; at most one that is not rejected per debt, in whatever workspace.
--   * The bytes are made once, and are sealed bytea: every attempt sends the same.
--   * Whatever is neither final nor paused names the moment at which it goes on.
-- Undo: drop both tables. Acceptances that the lender does not have yet would be lost with them.

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
CREATE UNIQUE INDEX deliveries_one_live_per_debt ON deliveries (debt_key) WHERE status <> 'REJECTED';
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
