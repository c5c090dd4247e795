-- The story of a session becomes a chain, and the parties of a session are kept with it.
--
-- Each event carries the hash of what it says (made by the program, salted) and the hash of the event before it; the database adds
-- place and instant, because only it knows them under concurrency. A changed, removed, inserted or moved event no longer fits.
--
-- What must stay true:
--   * The events of a session are numbered 1, 2, 3 … without a gap, and their instants never go back.
--   * Every event is queued for the log in the transaction that writes it, so none can be forgotten.
--   * A salt is either sealed under its session's key, and gone with it, or belongs to an event that names nobody.
-- Undo: drop the columns, the queue and the two triggers; the evidence since then could no longer be checked.

DO $$ BEGIN
  IF EXISTS (SELECT FROM events) THEN
    RAISE EXCEPTION 'this database holds sessions from before evidence was chained, which no proof can be made for; begin with an empty database (another ACEITE_DATA_DIR)';
  END IF;
END $$;

-- As they were called when the session was made; a workspace may be renamed, a contract's parties not. The first event commits to all that
-- a session is about, so none of it may change.
ALTER TABLE signing_sessions
  ADD COLUMN merchant_legal_name text NOT NULL CHECK (length(merchant_legal_name) BETWEEN 1 AND 200),
  ADD COLUMN lender_legal_name text NOT NULL CHECK (length(lender_legal_name) BETWEEN 1 AND 200);

CREATE OR REPLACE FUNCTION guard_session_change() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF (OLD.id, OLD.workspace_id, OLD.api_key_id, OLD.order_id, OLD.debt_key, OLD.provider, OLD.language, OLD.created_at, OLD.expires_at,
      OLD.return_url, OLD.signing_deadline, OLD.final_due_date, OLD.contract_sha256, OLD.contract_bytes, OLD.contract_language,
      OLD.metadata_sealed, OLD.merchant_legal_name, OLD.lender_legal_name)
     IS DISTINCT FROM
     (NEW.id, NEW.workspace_id, NEW.api_key_id, NEW.order_id, NEW.debt_key, NEW.provider, NEW.language, NEW.created_at, NEW.expires_at,
      NEW.return_url, NEW.signing_deadline, NEW.final_due_date, NEW.contract_sha256, NEW.contract_bytes, NEW.contract_language,
      NEW.metadata_sealed, NEW.merchant_legal_name, NEW.lender_legal_name) THEN
    RAISE EXCEPTION 'what a session is about does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

ALTER TABLE events
  ADD COLUMN sequence integer NOT NULL CHECK (sequence >= 1),
  ADD COLUMN salt_sealed bytea,
  ADD COLUMN salt bytea CHECK (length(salt) = 32),
  ADD COLUMN content_hash bytea NOT NULL CHECK (length(content_hash) = 32),
  ADD COLUMN prev_hash bytea NOT NULL CHECK (length(prev_hash) = 32),
  ADD COLUMN hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  ADD CHECK ((salt IS NULL) <> (salt_sealed IS NULL)),
  ADD UNIQUE (session_id, sequence);
-- The number says the order better than the position, and its constraint brings the index.
DROP INDEX events_by_session;

-- What the log has still to take in, oldest first. Only hashes: whoever empties it needs to see no session.
CREATE TABLE log_queue (
  event_position bigint PRIMARY KEY,
  hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32)
);

CREATE FUNCTION chain_event() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  last record;
BEGIN
  -- Two events of one session may come at once, from a worker and a page; the second waits here and then sees the first.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.session_id::text, 8));
  SELECT e.sequence, e.hash, e.occurred_at INTO last FROM events e WHERE e.session_id = NEW.session_id ORDER BY e.sequence DESC LIMIT 1;
  NEW.sequence := coalesce(last.sequence, 0) + 1;
  NEW.prev_hash := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  -- Events carry the instant at which they began to be written; one that had to wait would seem older than the one it waited for.
  NEW.occurred_at := greatest(NEW.occurred_at, last.occurred_at);
  IF NEW.salt IS NULL AND NEW.salt_sealed IS NULL THEN
    -- Only events that the database itself makes, and that name nobody.
    NEW.salt := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    NEW.content_hash := sha256(convert_to(E'aceite-event-v1\n', 'UTF8') || NEW.salt
      || convert_to(format('{"actor":"%s","data":{},"type":"%s"}', NEW.actor, NEW.type), 'UTF8'));
  END IF;
  NEW.hash := sha256(convert_to(E'aceite-chain-v1\n', 'UTF8') || NEW.prev_hash || NEW.content_hash
    || convert_to(NEW.sequence || '|' || to_char(NEW.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'UTF8'));
  RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION chain_event();

CREATE FUNCTION queue_event_for_log() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO log_queue (event_position, hash) VALUES (NEW.position, NEW.hash);
  RETURN NULL;
END $$;
CREATE TRIGGER queue_for_log AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION queue_event_for_log();
REVOKE ALL ON FUNCTION chain_event(), queue_event_for_log() FROM PUBLIC;

DO $$ BEGIN
  GRANT INSERT ON log_queue TO aceite_app, aceite_worker;
EXCEPTION WHEN undefined_object THEN
  -- A server that forbids roles: migration 0006 has said so.
  NULL;
END $$;
