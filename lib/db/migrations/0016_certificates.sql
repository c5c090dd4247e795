-- The certificates of sessions whose story has ended, made once and kept as they were handed out.
--
-- A certificate bears a seal and a time stamp, which come out differently each time; a dossier has to be the same to the byte whenever it is
-- asked for. So the one for the court is made when the proof is whole, and with it is fixed by which checkpoint the session is proved.
--
-- What must stay true:
--   * One certificate per story and kind. A story that goes on (the lender first refused, then received) gets another.
--   * It is sealed under its session's key and goes with its session, and so do the reasons that staff gave for taking dossiers.
-- Undo: drop both tables; certificates would be made anew, with other bytes.

CREATE TABLE certificates (
  session_id uuid NOT NULL REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  -- The hash of the last event of the story that it tells.
  through_hash bytea NOT NULL CHECK (length(through_hash) = 32),
  -- For the court; for sharing, with personal data masked; the contract with the latter behind it.
  kind text NOT NULL CHECK (kind IN ('court', 'shared', 'document')),
  checkpoint_size bigint NOT NULL REFERENCES log_checkpoints,
  pdf_sealed bytea NOT NULL,
  made_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  PRIMARY KEY (session_id, through_hash, kind)
);

-- Whose certificate is still to be made: the story has ended, the proof may have to be waited for.
CREATE TABLE certificate_queue (
  session_id uuid PRIMARY KEY REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
  due_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);
CREATE INDEX certificate_queue_by_due ON certificate_queue (due_at);

CREATE FUNCTION queue_certificate() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO certificate_queue (session_id, workspace_id) VALUES (NEW.session_id, NEW.workspace_id)
    ON CONFLICT (session_id) DO UPDATE SET tries = 0, due_at = aceite_now();
  RETURN NULL;
END $$;
CREATE TRIGGER queue_certificate AFTER INSERT ON events FOR EACH ROW
  WHEN (NEW.type IN ('lender_received', 'lender_rejected')) EXECUTE FUNCTION queue_certificate();

-- Takes the entries that have been due longest, and puts them off: soon at first, at last every ten minutes. Who makes the certificate
-- deletes its entry.
CREATE FUNCTION claim_certificates(how_many integer) RETURNS TABLE (session_id uuid, workspace_id uuid)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ UPDATE public.certificate_queue q SET tries = q.tries + 1,
          due_at = public.aceite_now() + least(interval '10 minutes', interval '2 seconds' * power(2, least(q.tries, 9)))
        WHERE q.session_id IN (SELECT d.session_id FROM public.certificate_queue d WHERE d.due_at <= (SELECT public.aceite_now())
          ORDER BY d.due_at LIMIT how_many FOR UPDATE SKIP LOCKED)
        RETURNING q.session_id, q.workspace_id $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON certificates FOR EACH ROW EXECUTE FUNCTION guard_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON certificates FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE staff_accesses DROP CONSTRAINT staff_accesses_check, ADD CONSTRAINT reason_of_dossiers CHECK (what = 'dossier' OR reason_sealed IS NULL);
DROP TRIGGER append_only ON staff_accesses;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON staff_accesses FOR EACH ROW EXECUTE FUNCTION guard_kept('reason_sealed');

-- Runs as whoever erases, in the same transaction.
CREATE FUNCTION forget_certificates() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM certificates WHERE session_id = NEW.session_id;
  DELETE FROM certificate_queue WHERE session_id = NEW.session_id;
  UPDATE staff_accesses SET reason_sealed = NULL WHERE session_id = NEW.session_id AND reason_sealed IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER z_forget_certificates AFTER INSERT ON tombstones FOR EACH ROW EXECUTE FUNCTION forget_certificates();
REVOKE ALL ON FUNCTION queue_certificate(), claim_certificates(integer), forget_certificates() FROM PUBLIC;

DO $$
DECLARE
  scoped text;
  is_joined boolean := false;
BEGIN
  FOREACH scoped IN ARRAY ARRAY['certificates', 'certificate_queue'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = aceite_workspace())', scoped);
  END LOOP;
  IF to_regrole('aceite_lookup') IS NULL THEN
    RETURN;
  END IF;
  IF NOT pg_has_role(current_user, 'aceite_lookup', 'USAGE') THEN
    GRANT aceite_lookup TO CURRENT_USER;
    is_joined := true;
  END IF;
  CREATE POLICY doors ON certificate_queue TO aceite_lookup USING (true);
  GRANT SELECT, UPDATE ON certificate_queue TO aceite_lookup;
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION claim_certificates(integer) OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;
  GRANT EXECUTE ON FUNCTION claim_certificates(integer) TO aceite_worker;
  GRANT SELECT, INSERT ON certificates TO aceite_app, aceite_worker;
  GRANT SELECT, INSERT, UPDATE, DELETE ON certificate_queue TO aceite_worker;
  GRANT SELECT, DELETE ON certificates, certificate_queue TO aceite_eraser;
  GRANT SELECT, UPDATE (reason_sealed) ON staff_accesses TO aceite_eraser;
  IF is_joined THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $$;
