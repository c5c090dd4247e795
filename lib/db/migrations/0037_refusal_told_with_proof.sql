-- `evidence.final` of a signature that the lender refused names the lender's code, as `lender.rejected` does.
-- Undo: CREATE OR REPLACE it as migration 0033 has it.

CREATE OR REPLACE FUNCTION tell_final() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last integer;
BEGIN
  -- As the chain does: an event that comes at the same time is told before this or after it, never in the same place.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.session_id::text, 8));
  SELECT max(e.sequence) INTO last FROM events e WHERE e.session_id = NEW.session_id;
  IF EXISTS (SELECT FROM signing_sessions s WHERE s.id = NEW.session_id AND s.status = 'COMPLETED') THEN
    PERFORM queue_webhook(NEW.workspace_id, 'evidence.final', NEW.session_id, 2 * last + 1, NEW.made_at, json_build_object('lenderCode',
      (SELECT e.data ->> 'lenderCode' FROM deliveries d JOIN events e ON e.session_id = d.session_id AND e.type = 'lender_rejected'
        WHERE d.session_id = NEW.session_id AND d.status = 'REJECTED' ORDER BY e.sequence DESC LIMIT 1)));
  END IF;
  RETURN NULL;
END $$;
