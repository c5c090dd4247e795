-- Staff find a session by e-mail, phone and words of the name, not by the document alone; and the keys that wrap the sessions' data keys
-- can be exchanged while the portal runs.
--
-- What must stay true: a blind index holds keyed hashes and nothing readable. A session's data key changes only its wrapping. No session
-- is ever written under a wrapping key that was taken away: its rows would be lost with that key.
-- Undo: delete the other kinds of blind indexes and name 'identity' alone again; drop the doors, the trigger and the table.

ALTER TABLE blind_indexes DROP CONSTRAINT blind_indexes_field_check;
ALTER TABLE blind_indexes ADD CONSTRAINT blind_indexes_field_check CHECK (field IN ('identity', 'email', 'phone', 'name_word'));

-- Which sessions still wait to be wrapped anew, and how many. Few different values: the index stays small.
CREATE INDEX session_keys_by_wrapping_key ON session_keys (workspace_id, wrapping_key_id);

-- Ids of wrapping keys that were taken out of the key file. An id never comes back.
CREATE TABLE retired_wrapping_keys (
  id text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{1,32}$'),
  retired_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);

-- The key file is beside the database, and another machine's copy may be old: only here can it be known that a key is gone. The shared
-- lock lets the retirement below wait for sessions that are being written, so that its count misses none.
CREATE FUNCTION refuse_retired_wrapping_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(4127300133);
  IF EXISTS (SELECT FROM retired_wrapping_keys r WHERE r.id = NEW.wrapping_key_id) THEN
    RAISE EXCEPTION 'the wrapping key % was taken away', NEW.wrapping_key_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER no_retired_wrapping_key BEFORE INSERT OR UPDATE OF wrapping_key_id ON session_keys
  FOR EACH ROW EXECUTE FUNCTION refuse_retired_wrapping_key();

CREATE FUNCTION wrapping_key_uses() RETURNS TABLE (wrapping_key_id text, how_many bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT k.wrapping_key_id, count(*) FROM public.session_keys k GROUP BY k.wrapping_key_id ORDER BY k.wrapping_key_id $$;

-- Answers how many sessions still need the key; only with none is it retired.
CREATE FUNCTION retire_wrapping_key(wanted text) RETURNS bigint
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
DECLARE uses bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(4127300133);
  SELECT count(*) INTO uses FROM public.session_keys k WHERE k.wrapping_key_id = wanted;
  IF uses = 0 THEN
    INSERT INTO public.retired_wrapping_keys (id) VALUES (wanted) ON CONFLICT DO NOTHING;
  END IF;
  RETURN uses;
END $$;

REVOKE ALL ON FUNCTION refuse_retired_wrapping_key(), wrapping_key_uses(), retire_wrapping_key(text) FROM PUBLIC;

DO $$
DECLARE was_member boolean;
BEGIN
  -- A server that let 0006 make no roles has no second wall to fit these into.
  IF to_regrole('aceite_lookup') IS NULL THEN
    RETURN;
  END IF;
  was_member := pg_has_role(current_user, 'aceite_lookup', 'USAGE');
  IF NOT was_member THEN
    GRANT aceite_lookup TO CURRENT_USER;
  END IF;
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION wrapping_key_uses() OWNER TO aceite_lookup;
  ALTER FUNCTION retire_wrapping_key(text) OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;

  GRANT SELECT (wrapping_key_id) ON session_keys TO aceite_lookup;
  CREATE POLICY doors ON session_keys FOR SELECT TO aceite_lookup USING (true);
  GRANT SELECT, INSERT ON retired_wrapping_keys TO aceite_lookup;

  GRANT SELECT ON retired_wrapping_keys TO aceite_app, aceite_worker;
  GRANT UPDATE (wrapping_key_id, wrapped_key) ON session_keys TO aceite_worker;
  GRANT EXECUTE ON FUNCTION wrapping_key_uses() TO aceite_app;
  GRANT EXECUTE ON FUNCTION retire_wrapping_key(text) TO aceite_worker;

  IF NOT was_member THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $$;
