-- The log tells for ever which of its entries are acceptances, other closings and erasures.
--
-- Erasing destroys the salts, and with them every proof of what the events of a session said. Whoever owns the tables could so relabel the
-- events of a session that was signed today, erase it as one that nobody ever opened, and nothing contradicted it. The first byte of an
-- entry stands in the tree, in every checkpoint and in other people's hands.
--
-- What must stay true:
--   * What waits for the log bears the kind of its event, as lib/domain/log-entry-kind.ts has it, and nobody but the trigger writes it: a
--     login that may insert into the queue could stop the log or put acceptances into it that nobody made.
-- Undo: drop the column, give the function its old body; the log keeps the kinds that it has.

DO $$ BEGIN
  IF EXISTS (SELECT FROM log_entries WHERE get_byte(entry, 0) = 1) OR EXISTS (SELECT FROM log_queue) THEN
    RAISE EXCEPTION 'this database holds a log from before its entries told acceptances apart, for which no proof can be made any more; begin with an empty database (another ACEITE_DATA_DIR)';
  END IF;
END $$;

ALTER TABLE log_queue ADD COLUMN kind integer NOT NULL CHECK (kind IN (1, 3, 4, 5));

CREATE OR REPLACE FUNCTION queue_event_for_log() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.log_queue (event_position, hash, kind) VALUES (NEW.position, NEW.hash,
    CASE WHEN NEW.type = 'accepted' THEN 3 WHEN NEW.type IN ('declined', 'cancelled', 'expired') THEN 4 WHEN NEW.type = 'erased' THEN 5 ELSE 1 END);
  RETURN NULL;
END $$;

DO $$
DECLARE is_joined boolean := false;
BEGIN
  -- A server that forbids roles has no second wall: migration 0006 has said so.
  IF to_regrole('aceite_lookup') IS NULL THEN
    RETURN;
  END IF;
  IF NOT pg_has_role(current_user, 'aceite_lookup', 'USAGE') THEN
    GRANT aceite_lookup TO CURRENT_USER;
    is_joined := true;
  END IF;
  REVOKE INSERT ON log_queue FROM aceite_app, aceite_worker, aceite_eraser;
  GRANT INSERT ON log_queue TO aceite_lookup;
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION queue_event_for_log() OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;
  IF is_joined THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $$;
