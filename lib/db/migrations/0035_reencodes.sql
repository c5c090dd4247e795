-- A body that the lender has refused for its form goes out in another spelling, once two people have agreed on it.
--
-- What must stay true, for the owner of the tables too:
--   * A delivery's bytes change in one way alone: by a re-encode that somebody proposed and another approved, from exactly the bytes that it
--     names to exactly those that it holds. Whoever approves it has the delivery queued with them in the same moment.
--   * Only a delivery that was rejected for the form of its body has one, and none of which an earlier body may have arrived.
--   * Its contract text is the session's. A row says so by its hash; that it is so only whoever can open the bytes can tell, and does, before
--     each send.
--   * Both bodies are kept, sealed, for as long as the session, and each submission says which of them it sent.
-- Undo: drop the table and the column, and give guard_delivery_change its body of migration 0012 and the attempts their trigger; the bodies that were
-- replaced would be lost.

CREATE TABLE lender_reencodes (
  id uuid PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  proposed_by text NOT NULL REFERENCES staff_user,
  proposed_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  reason_sealed bytea NOT NULL,
  -- Of the contract text in the new body.
  raw_text_sha256 bytea NOT NULL CHECK (length(raw_text_sha256) = 32),
  -- What the delivery had when this was proposed, and what it gets.
  replaced_sealed bytea NOT NULL,
  replaced_sha256 bytea NOT NULL CHECK (length(replaced_sha256) = 32),
  body_sealed bytea NOT NULL,
  body_sha256 bytea NOT NULL CHECK (length(body_sha256) = 32),
  outcome text CHECK (outcome IN ('approved', 'declined', 'withdrawn')),
  decided_by text REFERENCES staff_user,
  decided_at timestamptz(3),
  decision_sealed bytea,
  CHECK (num_nulls(outcome, decided_by, decided_at, decision_sealed) IN (0, 4)),
  -- Whoever proposed it may take it back and no more; whoever else may decide.
  CONSTRAINT decided_by_another CHECK ((outcome = 'withdrawn') = (decided_by = proposed_by)),
  CHECK (body_sha256 <> replaced_sha256)
);
CREATE UNIQUE INDEX one_open_reencode ON lender_reencodes (session_id) WHERE outcome IS NULL;
CREATE INDEX lender_reencodes_by_session ON lender_reencodes (session_id, proposed_at);

-- Which bytes it sent. Absent for questions, and for what was sent before there could be more than one body.
ALTER TABLE delivery_attempts ADD COLUMN body_sha256 bytea CHECK (body_sha256 IS NULL OR length(body_sha256) = 32 AND kind = 'submit');

-- Proposed, then decided, and nothing else. After the walls, so that these speak first.
CREATE FUNCTION guard_reencode() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE decision text[] := ARRAY['outcome', 'decided_by', 'decided_at', 'decision_sealed'];
BEGIN
  IF TG_OP = 'DELETE' AND is_erasing(OLD.session_id) THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'DELETE' OR TG_OP = 'INSERT' AND NEW.outcome IS NOT NULL OR TG_OP = 'UPDATE' AND NOT (OLD.outcome IS NULL AND NEW.outcome IS NOT NULL
      AND to_jsonb(NEW) - decision = to_jsonb(OLD) - decision) THEN
    RAISE EXCEPTION 'a re-encode is evidence and append-only: it is proposed, then decided, and nothing else: % refused', TG_OP
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (TG_OP = 'INSERT' OR NEW.outcome = 'approved') AND NOT EXISTS (
      SELECT FROM deliveries d JOIN signing_sessions s ON s.id = d.session_id
      WHERE d.session_id = NEW.session_id AND d.workspace_id = NEW.workspace_id AND d.status = 'REJECTED' AND NOT d.was_ambiguous
        AND d.reason IN ('status_400', 'status_415', 'status_422') AND s.contract_sha256 = NEW.raw_text_sha256
        AND (d.body_sealed, d.body_sha256) = (NEW.replaced_sealed, NEW.replaced_sha256)) THEN
    RAISE EXCEPTION 'no delivery was rejected for the form of this body' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  -- So that the way from body to body has no circles, and an approval is good for one step.
  IF TG_OP = 'INSERT' AND EXISTS (SELECT FROM lender_reencodes r WHERE r.session_id = NEW.session_id AND r.outcome = 'approved'
      AND NEW.body_sha256 IN (r.body_sha256, r.replaced_sha256)) THEN
    RAISE EXCEPTION 'the lender has refused this body before' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER guard_change AFTER INSERT OR UPDATE OR DELETE ON lender_reencodes FOR EACH ROW EXECUTE FUNCTION guard_reencode();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON lender_reencodes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Queues the delivery with the new bytes and the whole schedule before it. No role has a right to change bytes by itself.
CREATE FUNCTION queue_reencoded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE public.deliveries d SET body_sealed = NEW.body_sealed, body_sha256 = NEW.body_sha256, status = 'QUEUED',
      next_attempt_at = public.aceite_now(), first_attempt_at = NULL, failures = 0, reason = NULL, lease_until = NULL
    WHERE d.session_id = NEW.session_id AND d.workspace_id = NEW.workspace_id AND d.status = 'REJECTED';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no delivery was rejected for the form of this body' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER queue_reencoded AFTER UPDATE OF outcome ON lender_reencodes FOR EACH ROW
  WHEN (OLD.outcome IS NULL AND NEW.outcome = 'approved') EXECUTE FUNCTION queue_reencoded();

-- As in migration 0012, and the bytes change by an approved re-encode, as its delivery leaves REJECTED.
CREATE OR REPLACE FUNCTION guard_delivery_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
  IF NEW.body_sealed IS NULL AND OLD.body_sealed IS NOT NULL AND is_erasing(OLD.session_id) AND to_jsonb(NEW) = to_jsonb(OLD)
      || '{"body_sealed": null, "body_sha256": null, "lender_words_sealed": null}' THEN
    RETURN NEW;
  END IF;
  IF NOT is_allowed THEN
    RAISE EXCEPTION 'a delivery does not move from % to %', OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (OLD.session_id, OLD.workspace_id, OLD.debt_key) IS DISTINCT FROM (NEW.session_id, NEW.workspace_id, NEW.debt_key) THEN
    RAISE EXCEPTION 'what a delivery is about does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (OLD.body_sealed, OLD.body_sha256) IS DISTINCT FROM (NEW.body_sealed, NEW.body_sha256)
      AND NOT (OLD.status = 'REJECTED' AND NEW.status = 'QUEUED' AND NOT OLD.was_ambiguous AND EXISTS (
        SELECT FROM lender_reencodes r WHERE r.session_id = OLD.session_id AND r.outcome = 'approved'
          AND (r.replaced_sealed, r.replaced_sha256, r.body_sealed, r.body_sha256)
            = (OLD.body_sealed, OLD.body_sha256, NEW.body_sealed, NEW.body_sha256))) THEN
    RAISE EXCEPTION 'the bytes of a delivery are made once, or changed by an approved re-encode' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

-- Erasing takes the hashes of bytes along, which anybody could count up to who knows the rest of a body.
DROP TRIGGER append_only ON delivery_attempts;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON delivery_attempts FOR EACH ROW EXECUTE FUNCTION guard_kept('reply_sealed', 'body_sha256');
-- Runs as whoever erases, in the same transaction.
CREATE FUNCTION forget_bodies() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM lender_reencodes WHERE session_id = NEW.session_id;
  UPDATE delivery_attempts SET reply_sealed = NULL, body_sha256 = NULL WHERE session_id = NEW.session_id;
  RETURN NULL;
END $$;
CREATE TRIGGER z_forget_bodies AFTER INSERT ON tombstones FOR EACH ROW EXECUTE FUNCTION forget_bodies();
REVOKE ALL ON FUNCTION guard_reencode(), queue_reencoded(), forget_bodies() FROM PUBLIC;

ALTER TABLE lender_reencodes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON lender_reencodes USING (workspace_id = aceite_workspace());

DO $$
DECLARE is_joined boolean := false;
BEGIN
  ALTER TABLE lender_reencodes FORCE ROW LEVEL SECURITY;
  IF to_regrole('aceite_lookup') IS NULL THEN
    RETURN;
  END IF;
  IF NOT pg_has_role(current_user, 'aceite_lookup', 'USAGE') THEN
    GRANT aceite_lookup TO CURRENT_USER;
    is_joined := true;
  END IF;
  CREATE POLICY doors ON lender_reencodes FOR SELECT TO aceite_lookup USING (true);
  GRANT SELECT ON lender_reencodes TO aceite_lookup;
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION queue_reencoded() OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;
  GRANT SELECT, INSERT ON lender_reencodes TO aceite_app;
  GRANT UPDATE (outcome, decided_by, decided_at, decision_sealed) ON lender_reencodes TO aceite_app;
  GRANT SELECT ON lender_reencodes TO aceite_worker;
  GRANT SELECT, DELETE ON lender_reencodes TO aceite_eraser;
  GRANT UPDATE (body_sha256) ON delivery_attempts TO aceite_eraser;
  IF is_joined THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $$;
