-- Where from and until when an API key is good, when it was last used, and the change of one key for another without a moment in between.
--
-- What must stay true:
--   * A key that is over, by its date or because it was revoked, is found by nobody; neither is ever taken back.
--   * Of one key and all that have followed it at most two are live at once.
--   * What a key may do was fixed when it was made.
-- Undo: drop the columns and triggers, put the door of 0005 back; every key would then be good from anywhere and for ever.

ALTER TABLE api_keys
  -- Single addresses and ranges in canonical form; empty means from anywhere.
  ADD COLUMN allowed_addresses text[] NOT NULL DEFAULT '{}',
  ADD COLUMN expires_at timestamptz(3),
  -- Written once a minute at the most.
  ADD COLUMN last_used_at timestamptz(3),
  -- The first of the keys that have followed each other; null in that key itself.
  ADD COLUMN first_key_id uuid REFERENCES api_keys,
  -- Who of the staff; null at the command line.
  ADD COLUMN created_by text REFERENCES staff_user,
  ADD COLUMN revoked_by text REFERENCES staff_user,
  ADD COLUMN revoke_reason text CHECK (length(revoke_reason) BETWEEN 1 AND 500),
  ADD CHECK (first_key_id <> id),
  ADD CHECK (revoked_at IS NOT NULL OR (revoked_by IS NULL AND revoke_reason IS NULL));
CREATE INDEX api_keys_by_first ON api_keys (first_key_id) WHERE first_key_id IS NOT NULL;

CREATE FUNCTION guard_new_api_key() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Whoever rotates the same key at the same time waits here, and then sees the key that came first.
  PERFORM FROM api_keys k WHERE k.id = NEW.first_key_id AND k.workspace_id = NEW.workspace_id AND k.first_key_id IS NULL
    FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a key follows the first key of its workspace' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (SELECT count(*) FROM api_keys k WHERE NEW.first_key_id IN (k.id, k.first_key_id) AND k.revoked_at IS NULL
        AND (k.expires_at IS NULL OR k.expires_at > aceite_now())) >= 2 THEN
    RAISE EXCEPTION 'at most two of the keys that follow each other are live' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new BEFORE INSERT ON api_keys FOR EACH ROW WHEN (NEW.first_key_id IS NOT NULL)
  EXECUTE FUNCTION guard_new_api_key();

CREATE FUNCTION guard_api_key() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- The workspace is held by row-level security.
  IF (OLD.id, OLD.key_sha256, OLD.last_four, OLD.scopes, OLD.return_origins, OLD.allowed_addresses, OLD.first_key_id, OLD.created_at,
      OLD.created_by)
     IS DISTINCT FROM
     (NEW.id, NEW.key_sha256, NEW.last_four, NEW.scopes, NEW.return_origins, NEW.allowed_addresses, NEW.first_key_id, NEW.created_at,
      NEW.created_by)
     OR (OLD.revoked_at IS NOT NULL AND (OLD.revoked_at, OLD.revoked_by, OLD.revoke_reason)
         IS DISTINCT FROM (NEW.revoked_at, NEW.revoked_by, NEW.revoke_reason))
     OR (OLD.expires_at IS NOT NULL AND (NEW.expires_at IS NULL OR NEW.expires_at > OLD.expires_at))
     OR (OLD.last_used_at IS NOT NULL AND (NEW.last_used_at IS NULL OR NEW.last_used_at < OLD.last_used_at)) THEN
    RAISE EXCEPTION 'a key can be ended, never changed or brought back' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_change BEFORE UPDATE ON api_keys FOR EACH ROW EXECUTE FUNCTION guard_api_key();
REVOKE ALL ON FUNCTION guard_new_api_key(), guard_api_key() FROM PUBLIC;

-- Beside the call that it tells of, in one statement and without its workspace. Of many calls within a minute one writes.
CREATE FUNCTION note_api_key_use(wanted uuid) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ UPDATE public.api_keys SET last_used_at = public.aceite_now()
        WHERE id = wanted AND (last_used_at IS NULL OR last_used_at <= public.aceite_now() - interval '1 minute') $$;

-- The door by the key's hash says also where the key may be used from, and whether its use is to be written down. It answers more than
-- it did and is therefore made anew; whoever asks for the old columns is answered.
DO $do$
DECLARE
  has_roles boolean := to_regrole('aceite_lookup') IS NOT NULL;
  is_joined boolean := false;
BEGIN
  IF has_roles AND NOT pg_has_role(current_user, 'aceite_lookup', 'USAGE') THEN
    GRANT aceite_lookup TO CURRENT_USER;
    is_joined := true;
  END IF;
  DROP FUNCTION find_api_key(bytea);
  CREATE FUNCTION find_api_key(hash bytea)
    RETURNS TABLE (api_key_id uuid, workspace_id uuid, scopes text[], return_origins text[], allowed_addresses text[], is_use_due boolean)
    LANGUAGE sql VOLATILE ROWS 1 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
      SELECT k.id, k.workspace_id, k.scopes, k.return_origins, k.allowed_addresses,
        k.last_used_at IS NULL OR k.last_used_at <= t.now - interval '1 minute'
      FROM public.api_keys k, (SELECT public.aceite_now() AS now) t
      WHERE k.key_sha256 = hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > t.now) $$;
  REVOKE ALL ON FUNCTION find_api_key(bytea), note_api_key_use(uuid) FROM PUBLIC;
  IF has_roles THEN
    GRANT UPDATE (last_used_at) ON api_keys TO aceite_lookup;
    GRANT CREATE ON SCHEMA public TO aceite_lookup;
    ALTER FUNCTION find_api_key(bytea) OWNER TO aceite_lookup;
    ALTER FUNCTION note_api_key_use(uuid) OWNER TO aceite_lookup;
    REVOKE CREATE ON SCHEMA public FROM aceite_lookup;
    GRANT EXECUTE ON FUNCTION find_api_key(bytea), note_api_key_use(uuid) TO aceite_app;
  END IF;
  IF is_joined THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $do$;
