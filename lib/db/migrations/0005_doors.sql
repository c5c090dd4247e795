-- Doors that open before the workspace is known. Each answers one question with ids and the workspace (for an API key also its own
-- rights, which its bearer may know); whoever has the answer then enters that workspace.
--
-- What must stay true: no door returns what a signer typed or a contract says, and none takes a condition from outside.
-- Undo: drop the functions; nothing could come in any more.

CREATE FUNCTION find_api_key(hash bytea)
  RETURNS TABLE (api_key_id uuid, workspace_id uuid, scopes text[], return_origins text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT k.id, k.workspace_id, k.scopes, k.return_origins FROM public.api_keys k WHERE k.key_sha256 = hash AND k.revoked_at IS NULL $$;

CREATE FUNCTION find_session(wanted uuid) RETURNS TABLE (session_id uuid, workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT s.id, s.workspace_id FROM public.signing_sessions s WHERE s.id = wanted $$;

CREATE FUNCTION find_session_by_link(hash bytea) RETURNS TABLE (session_id uuid, workspace_id uuid, link_issue integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT s.id, s.workspace_id, s.link_issue FROM public.signing_sessions s WHERE s.link_sha256 = hash $$;

CREATE FUNCTION find_staff_memberships(wanted text) RETURNS TABLE (workspace_id uuid, role text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT m.workspace_id, m.role FROM public.staff_members m WHERE m.user_id = wanted AND m.disabled_at IS NULL ORDER BY m.created_at $$;

-- Who holds a debt, so that no second person is asked to sign it: an open session, or a signature that the lender has not rejected.
CREATE FUNCTION find_debt_holders(wanted text) RETURNS TABLE (workspace_id uuid, is_signed boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT s.workspace_id, false FROM public.signing_sessions s WHERE s.debt_key = wanted AND s.status IN ('PENDING', 'IN_PROGRESS')
        UNION ALL SELECT d.workspace_id, true FROM public.deliveries d WHERE d.debt_key = wanted AND d.status <> 'REJECTED' $$;

-- For the command line, which then enters each workspace to read it.
CREATE FUNCTION find_workspaces() RETURNS TABLE (workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT w.id FROM public.workspaces w ORDER BY w.created_at, w.id $$;

-- Live sessions whose time has run out, oldest first, for the sweep. The clock is a scalar subquery so that the index bounds the scan.
CREATE FUNCTION find_lapsed_sessions(how_many integer) RETURNS TABLE (session_id uuid, workspace_id uuid)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT s.id, s.workspace_id FROM public.signing_sessions s
        WHERE s.status IN ('PENDING', 'IN_PROGRESS') AND s.expires_at <= (SELECT public.aceite_now())
        ORDER BY s.expires_at LIMIT how_many $$;

-- The worker's claim: one due delivery, leased and fenced. What was due to be sent becomes SENDING; a lease that ran out while SENDING
-- becomes AMBIGUOUS, because the body may have gone out; AMBIGUOUS and NEEDS_ATTENTION stay and are asked about. What goes out without
-- a question is an attempt from here on, whether or not its worker survives it; after a question the worker counts it as it sends.
CREATE FUNCTION claim_delivery(lease_ms integer) RETURNS TABLE (session_id uuid, workspace_id uuid, fence bigint)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    UPDATE public.deliveries d SET
      status = CASE d.status WHEN 'QUEUED' THEN 'SENDING' WHEN 'RETRY_WAIT' THEN 'SENDING' WHEN 'SENDING' THEN 'AMBIGUOUS' ELSE d.status END,
      was_ambiguous = d.was_ambiguous OR d.status IN ('SENDING', 'AMBIGUOUS'),
      attempts = d.attempts + (d.status IN ('QUEUED', 'RETRY_WAIT') AND NOT d.was_ambiguous)::integer,
      first_attempt_at = coalesce(d.first_attempt_at, public.aceite_now()),
      last_attempt_at = CASE WHEN d.status IN ('QUEUED', 'RETRY_WAIT') AND NOT d.was_ambiguous THEN public.aceite_now() ELSE d.last_attempt_at END,
      fence = d.fence + 1,
      lease_until = public.aceite_now() + lease_ms * interval '1 millisecond',
      next_attempt_at = public.aceite_now() + lease_ms * interval '1 millisecond'
    WHERE d.session_id = (
      SELECT c.session_id FROM public.deliveries c WHERE c.next_attempt_at <= (SELECT public.aceite_now())
      ORDER BY c.next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING d.session_id, d.workspace_id, d.fence $$;

-- A start of the worker gives paused deliveries another chance: the credential may have been mended.
CREATE FUNCTION find_paused_deliveries(how_many integer) RETURNS TABLE (session_id uuid, workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT d.session_id, d.workspace_id FROM public.deliveries d WHERE d.status = 'PAUSED' ORDER BY d.session_id LIMIT how_many $$;

-- Removes idempotency records that are a day old, in small batches; they carry no evidence.
CREATE FUNCTION prune_idempotency_keys(how_many integer) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    WITH gone AS (
      DELETE FROM public.idempotency_keys WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM public.idempotency_keys WHERE created_at < public.aceite_now() - interval '24 hours' LIMIT how_many))
      RETURNING 1)
    SELECT count(*)::integer FROM gone $$;

-- Figures for /metrics: counts without any identity.
CREATE FUNCTION delivery_figures() RETURNS TABLE (status text, how_many bigint, oldest_seconds double precision)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT d.status, count(*), extract(epoch FROM public.aceite_now() - min(d.queued_at))::double precision
        FROM public.deliveries d WHERE d.next_attempt_at IS NOT NULL OR d.status = 'PAUSED' GROUP BY d.status $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON FUNCTION aceite_now(), aceite_workspace() TO PUBLIC;
