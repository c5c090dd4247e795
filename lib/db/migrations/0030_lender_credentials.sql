-- A workspace may have a contract with the lender of its own: another address, integration and keys than the installation's settings.
--
-- What must stay true:
--   * Settings are sealed like a session's data, by a key of their own that a wrapping key of the key file wraps; such a wrapping key is
--     in use, and cannot be taken away.
--   * Deliveries and notices of a workspace use its own settings, or the installation's where it has none; never another workspace's.
-- Undo: drop the table and the door, give the two counting functions their old bodies. The workspaces fall back on the installation's settings.

CREATE TABLE lender_credentials (
  workspace_id uuid PRIMARY KEY REFERENCES workspaces,
  -- Changes with every change, so that a process knows when what it has opened is out of date.
  version uuid NOT NULL DEFAULT gen_random_uuid(),
  changed_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  -- Keyed hash of the integration key, by which a notice finds whose it is.
  integration_mark bytea NOT NULL CHECK (length(integration_mark) = 32),
  -- Of the lender's address, with a mark of the integration; no secret, and what deliveries to a lender that is down are held back by.
  host text NOT NULL CHECK (length(host) BETWEEN 1 AND 300),
  wrapping_key_id text NOT NULL,
  wrapped_key bytea NOT NULL,
  settings_sealed bytea NOT NULL
);
CREATE INDEX lender_credentials_by_integration ON lender_credentials (integration_mark);
CREATE TRIGGER no_retired_wrapping_key BEFORE INSERT OR UPDATE OF wrapping_key_id ON lender_credentials
  FOR EACH ROW EXECUTE FUNCTION refuse_retired_wrapping_key();

CREATE FUNCTION find_lender_credentials(mark bytea) RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT c.workspace_id FROM public.lender_credentials c WHERE c.integration_mark = mark ORDER BY c.workspace_id $$;
REVOKE ALL ON FUNCTION find_lender_credentials(bytea) FROM PUBLIC;

ALTER TABLE lender_credentials ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON lender_credentials USING (workspace_id = aceite_workspace());

DO $$
DECLARE
  has_roles boolean := to_regrole('aceite_lookup') IS NOT NULL;
  is_joined boolean := false;
BEGIN
  IF has_roles AND NOT pg_has_role(current_user, 'aceite_lookup', 'USAGE') THEN
    GRANT aceite_lookup TO CURRENT_USER;
    is_joined := true;
  END IF;
  -- The doors of migration 0007, which count these keys too.
  CREATE OR REPLACE FUNCTION wrapping_key_uses() RETURNS TABLE (wrapping_key_id text, how_many bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $f$ SELECT k.wrapping_key_id, count(*) FROM (SELECT s.wrapping_key_id FROM public.session_keys s
             UNION ALL SELECT c.wrapping_key_id FROM public.lender_credentials c) k
           GROUP BY k.wrapping_key_id ORDER BY k.wrapping_key_id $f$;
  CREATE OR REPLACE FUNCTION retire_wrapping_key(wanted text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $f$
  DECLARE uses bigint;
  BEGIN
    PERFORM pg_advisory_xact_lock(4127300133);
    SELECT (SELECT count(*) FROM public.session_keys k WHERE k.wrapping_key_id = wanted)
      + (SELECT count(*) FROM public.lender_credentials c WHERE c.wrapping_key_id = wanted) INTO uses;
    IF uses = 0 THEN
      INSERT INTO public.retired_wrapping_keys (id) VALUES (wanted) ON CONFLICT DO NOTHING;
    END IF;
    RETURN uses;
  END $f$;
  IF NOT has_roles THEN
    RETURN;
  END IF;
  ALTER TABLE lender_credentials FORCE ROW LEVEL SECURITY;
  CREATE POLICY doors ON lender_credentials FOR SELECT TO aceite_lookup USING (true);
  GRANT SELECT (workspace_id, integration_mark, host, wrapping_key_id) ON lender_credentials TO aceite_lookup;
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION find_lender_credentials(bytea) OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;
  GRANT EXECUTE ON FUNCTION find_lender_credentials(bytea) TO aceite_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON lender_credentials TO aceite_app;
  GRANT SELECT, UPDATE (wrapping_key_id, wrapped_key) ON lender_credentials TO aceite_worker;
  IF is_joined THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $$;
