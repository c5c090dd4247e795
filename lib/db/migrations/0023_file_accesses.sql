-- Who took evidence out of the portal by other ways than the dashboard: merchants by their keys, signers in the browser that accepted, and
-- whoever holds the signed address of a document. What staff do stands in staff_accesses.
--
-- A program may ask every minute for years. So there is one row per file, person and day (UTC), which counts; the first time stays.
--
-- What must stay true:
--   * The row is committed before the file leaves (Decreto 8.771/2016, art. 13).
--   * Nobody makes a row smaller, older or another's, and none ever goes: the list outlives the erasing of its session, and names no person.
-- Undo: drop the table; the list would then tell of staff only.

CREATE TABLE file_accesses (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  session_id uuid NOT NULL REFERENCES signing_sessions,
  actor text NOT NULL CHECK (actor IN ('merchant', 'signer', 'link_holder')),
  api_key_id uuid REFERENCES api_keys,
  what text NOT NULL CHECK (what IN ('evidence', 'dossier', 'document', 'certificate', 'court_certificate')),
  day date NOT NULL,
  count integer NOT NULL DEFAULT 1 CHECK (count >= 1),
  -- Of the first call of the day.
  request_id text,
  first_at timestamptz(3) NOT NULL,
  last_at timestamptz(3) NOT NULL,
  CHECK ((actor = 'merchant') = (api_key_id IS NOT NULL)),
  CHECK (first_at <= last_at AND (first_at AT TIME ZONE 'UTC')::date = day AND (last_at AT TIME ZONE 'UTC')::date = day),
  UNIQUE NULLS NOT DISTINCT (session_id, actor, api_key_id, what, day)
);
-- The list of accesses, of a session or of the whole workspace, newest first; each of its halves is read in this order.
CREATE INDEX file_accesses_by_time ON file_accesses (workspace_id, first_at, position);
CREATE INDEX file_accesses_by_session ON file_accesses (session_id, first_at, position);
CREATE INDEX staff_accesses_by_time ON staff_accesses (workspace_id, occurred_at, position);
CREATE INDEX staff_accesses_by_session_time ON staff_accesses (session_id, occurred_at, position);

CREATE FUNCTION guard_file_access() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (OLD.position, OLD.workspace_id, OLD.session_id, OLD.actor, OLD.api_key_id, OLD.what, OLD.day, OLD.request_id, OLD.first_at)
     IS DISTINCT FROM
     (NEW.position, NEW.workspace_id, NEW.session_id, NEW.actor, NEW.api_key_id, NEW.what, NEW.day, NEW.request_id, NEW.first_at)
     OR NEW.count <> OLD.count + 1 OR NEW.last_at < OLD.last_at THEN
    RAISE EXCEPTION 'an access is written once and append-only: only its count grows' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_change BEFORE UPDATE ON file_accesses FOR EACH ROW EXECUTE FUNCTION guard_file_access();
CREATE TRIGGER no_delete BEFORE DELETE ON file_accesses FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON file_accesses FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE ALL ON FUNCTION guard_file_access() FROM PUBLIC;

ALTER TABLE file_accesses ENABLE ROW LEVEL SECURITY;
ALTER TABLE file_accesses FORCE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON file_accesses USING (workspace_id = aceite_workspace());
DO $$ BEGIN
  GRANT SELECT, INSERT, UPDATE (count, last_at) ON file_accesses TO aceite_app;
  GRANT SELECT ON file_accesses TO aceite_worker;
EXCEPTION WHEN undefined_object THEN
  -- A server that forbids roles: migration 0006 has said so.
  NULL;
END $$;
