-- What merchants' programs asked the API and were answered, so that whoever integrates sees what went wrong without a log of their own.
--
-- What must stay true:
--   * Nothing here proves or decides anything: a row may be missing, and the newest 1,000 of a workspace live for seven days at most.
--   * No key, no text of a contract, and of a person nothing that is not sealed; in production nothing of a person at all.
--   * Seven days are less than the shortest term after which a session may be erased (720 hours), so that nobody outlives their erasing here.
-- Undo: drop the door and the table; nothing else reads them.

CREATE TABLE api_requests (
  workspace_id uuid NOT NULL REFERENCES workspaces,
  position bigint GENERATED ALWAYS AS IDENTITY,
  request_id text NOT NULL CHECK (length(request_id) BETWEEN 1 AND 64),
  api_key_id uuid NOT NULL REFERENCES api_keys,
  answered_at timestamptz(3) NOT NULL,
  duration_ms integer NOT NULL CHECK (duration_ms >= 0),
  method text NOT NULL CHECK (method ~ '^[A-Z]{3,7}$'),
  -- With {id} in place of what stood there; which session it was, when it was the id of one, stands beside it.
  path text NOT NULL CHECK (length(path) <= 200),
  session_id uuid,
  status smallint NOT NULL CHECK (status BETWEEN 100 AND 599),
  code text CHECK (length(code) <= 64),
  -- [{ pointer, code, details }]: names and numbers of our rules, never a value.
  faults jsonb NOT NULL CHECK (jsonb_typeof(faults) = 'array'),
  has_idempotency_key boolean NOT NULL,
  content_type text CHECK (length(content_type) <= 200),
  user_agent text CHECK (length(user_agent) <= 200),
  -- Query and bodies; in sandbox only.
  exchange_sealed bytea,
  PRIMARY KEY (workspace_id, position),
  UNIQUE (workspace_id, request_id)
);
CREATE INDEX api_requests_by_age ON api_requests (answered_at);

-- Removes what is a week old or behind the newest thousand of its workspace, in small batches.
CREATE FUNCTION prune_api_requests(how_many integer) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
    WITH gone AS (
      DELETE FROM public.api_requests WHERE ctid = ANY (ARRAY(
        (SELECT r.ctid FROM public.api_requests r WHERE r.answered_at < (SELECT public.aceite_now()) - interval '7 days' LIMIT how_many)
        UNION
        (SELECT r.ctid FROM public.workspaces w
          CROSS JOIN LATERAL (SELECT k.position FROM public.api_requests k WHERE k.workspace_id = w.id
            ORDER BY k.position DESC OFFSET 999 LIMIT 1) AS last_kept
          JOIN public.api_requests r ON r.workspace_id = w.id AND r.position < last_kept.position
          LIMIT how_many)))
      RETURNING 1)
    SELECT count(*)::integer FROM gone $$;
REVOKE ALL ON FUNCTION prune_api_requests(integer) FROM PUBLIC;

ALTER TABLE api_requests ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON api_requests USING (workspace_id = aceite_workspace());

DO $$
DECLARE was_member boolean;
BEGIN
  -- A server that let 0006 make no roles has no second wall to fit these into.
  IF to_regrole('aceite_lookup') IS NULL THEN
    RETURN;
  END IF;
  ALTER TABLE api_requests FORCE ROW LEVEL SECURITY;
  was_member := pg_has_role(current_user, 'aceite_lookup', 'USAGE');
  IF NOT was_member THEN
    GRANT aceite_lookup TO CURRENT_USER;
  END IF;
  GRANT SELECT, DELETE ON api_requests TO aceite_lookup;
  CREATE POLICY doors ON api_requests TO aceite_lookup USING (true);
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION prune_api_requests(integer) OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;
  GRANT EXECUTE ON FUNCTION prune_api_requests(integer) TO aceite_worker;
  GRANT SELECT, INSERT ON api_requests TO aceite_app;
  IF NOT was_member THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $$;
