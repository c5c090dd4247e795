-- Laws that hold for everyone, the owner of the tables included.
--
-- What must stay true:
--   * Evidence is append-only.
--   * A session moves only along the table of lib/domain/session-state.ts, and never out of a final state.
--   * A delivery moves only along the table of lib/domain/delivery-state.ts, and its bytes never change.
-- Undo: drop the triggers and their functions.

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
