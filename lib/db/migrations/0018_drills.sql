-- Every day some dossiers are made and verified as a stranger would, so that evidence that no longer proves anything is noticed while there
-- is time, and not in court.
--
-- What must stay true:
--   * A run tells figures of the whole installation and names nobody; which session failed only its own workspace sees.
--   * A run without an end was broken off; the next worker does not wait a day for it.
-- Undo: drop the tables and the door; nothing else reads them.

CREATE TABLE drill_runs (
  id uuid PRIMARY KEY,
  started_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  ended_at timestamptz(3),
  checked integer NOT NULL DEFAULT 0 CHECK (checked >= 0),
  failed integer NOT NULL DEFAULT 0 CHECK (failed BETWEEN 0 AND checked)
);
CREATE INDEX drill_runs_newest ON drill_runs (started_at);

CREATE TABLE drill_failures (
  run_id uuid NOT NULL REFERENCES drill_runs,
  session_id uuid NOT NULL REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  -- What the verifier said, or not_built when there was nothing to verify.
  verdict text NOT NULL CHECK (verdict ~ '^[A-Za-z_]{1,40}$'),
  -- The checks that did not hold.
  checks text[] NOT NULL,
  PRIMARY KEY (run_id, session_id)
);

-- Settled sessions: the newest ones, and others by chance. Ids are random, so those behind a random id are a fair sample.
CREATE FUNCTION pick_for_drill(newest integer, sample integer) RETURNS TABLE (session_id uuid, workspace_id uuid)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
    WITH settled AS NOT MATERIALIZED (
      SELECT s.id, s.workspace_id, s.created_at FROM public.signing_sessions s
      WHERE s.closed_at IS NOT NULL AND s.erased_at IS NULL AND (s.status <> 'COMPLETED' OR EXISTS (
        SELECT FROM public.deliveries d WHERE d.session_id = s.id AND d.status IN ('DELIVERED', 'REJECTED')))),
    chance AS (SELECT gen_random_uuid() AS id)
    (SELECT t.id, t.workspace_id FROM settled t ORDER BY t.created_at DESC LIMIT newest)
    UNION (SELECT t.id, t.workspace_id FROM settled t WHERE t.id >= (SELECT c.id FROM chance c) ORDER BY t.id LIMIT sample)
    UNION (SELECT t.id, t.workspace_id FROM settled t WHERE t.id < (SELECT c.id FROM chance c) ORDER BY t.id DESC LIMIT sample / 2) $$;
REVOKE ALL ON FUNCTION pick_for_drill(integer, integer) FROM PUBLIC;

ALTER TABLE drill_failures ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON drill_failures USING (workspace_id = aceite_workspace());

DO $$
DECLARE was_member boolean;
BEGIN
  -- A server that let 0006 make no roles has no second wall to fit these into.
  IF to_regrole('aceite_lookup') IS NULL THEN
    RETURN;
  END IF;
  ALTER TABLE drill_failures FORCE ROW LEVEL SECURITY;
  was_member := pg_has_role(current_user, 'aceite_lookup', 'USAGE');
  IF NOT was_member THEN
    GRANT aceite_lookup TO CURRENT_USER;
  END IF;
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION pick_for_drill(integer, integer) OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;
  GRANT EXECUTE ON FUNCTION pick_for_drill(integer, integer) TO aceite_worker;
  GRANT SELECT ON drill_runs, drill_failures TO aceite_app, aceite_worker;
  GRANT INSERT, UPDATE ON drill_runs TO aceite_worker;
  GRANT INSERT ON drill_failures TO aceite_worker;
  IF NOT was_member THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $$;
