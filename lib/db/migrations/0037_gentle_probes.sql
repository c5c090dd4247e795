-- Two things that are told or tried in a better order:
--   * The call that finds out whether a lender is there again asks about a signature in doubt, when one is due, before it sends another. A lender
--     that keeps signatures and loses its answers would otherwise be given a new doubt by each try, and its old ones would wait behind the backlog.
--   * `evidence.final` of a signature that the lender refused names the lender's code, as `lender.rejected` does.
--
-- What must stay true: a claim that finds its lender's breaker closed looks for one row through one index, whatever the backlog.
-- Undo: CREATE OR REPLACE both as migrations 0032 and 0033 have them.

DO $do$
DECLARE is_joined boolean := false;
BEGIN
  -- The claim belongs to the doors' role wherever there is one; only its members may replace it.
  IF to_regrole('aceite_lookup') IS NOT NULL AND NOT pg_has_role(current_user, 'aceite_lookup', 'USAGE') THEN
    GRANT aceite_lookup TO CURRENT_USER;
    is_joined := true;
  END IF;

CREATE OR REPLACE FUNCTION claim_delivery(lease_ms integer, own_host text, wait_ms integer, probe_ms integer)
  RETURNS TABLE (session_id uuid, workspace_id uuid, fence bigint, host text, is_probe boolean)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  due record;
  in_doubt uuid;
  admission text := 'closed';
BEGIN
  SELECT d.session_id AS id, coalesce(c.host, own_host) AS goes_to, b.opened_at INTO due
    FROM public.deliveries d
      LEFT JOIN public.lender_credentials c ON c.workspace_id = d.workspace_id
      LEFT JOIN public.lender_breakers b ON b.host = coalesce(c.host, own_host)
    WHERE d.next_attempt_at <= (SELECT public.aceite_now()) AND (b.opened_at IS NULL OR (
      b.opened_at + wait_ms * interval '1 millisecond' <= (SELECT public.aceite_now())
      AND (b.probe_until IS NULL OR b.probe_until <= (SELECT public.aceite_now()))))
    ORDER BY d.next_attempt_at LIMIT 1 FOR UPDATE OF d SKIP LOCKED;
  IF due.id IS NULL THEN
    RETURN;
  END IF;
  IF due.opened_at IS NOT NULL THEN
    admission := public.admit_to_lender(due.goes_to, wait_ms, probe_ms);
  END IF;
  -- Somebody else has taken the turn at this moment.
  IF admission = 'open' THEN
    RETURN;
  END IF;
  IF admission = 'probe' THEN
    SELECT d.session_id INTO in_doubt
      FROM public.deliveries d LEFT JOIN public.lender_credentials c ON c.workspace_id = d.workspace_id
      WHERE d.status = 'AMBIGUOUS' AND d.next_attempt_at <= (SELECT public.aceite_now()) AND coalesce(c.host, own_host) = due.goes_to
      ORDER BY d.next_attempt_at LIMIT 1 FOR UPDATE OF d SKIP LOCKED;
  END IF;
  RETURN QUERY UPDATE public.deliveries d SET
      status = CASE d.status WHEN 'QUEUED' THEN 'SENDING' WHEN 'RETRY_WAIT' THEN 'SENDING' WHEN 'SENDING' THEN 'AMBIGUOUS' ELSE d.status END,
      was_ambiguous = d.was_ambiguous OR d.status IN ('SENDING', 'AMBIGUOUS'),
      attempts = d.attempts + (d.status IN ('QUEUED', 'RETRY_WAIT') AND NOT d.was_ambiguous)::integer,
      first_attempt_at = coalesce(d.first_attempt_at, public.aceite_now()),
      last_attempt_at = CASE WHEN d.status IN ('QUEUED', 'RETRY_WAIT') AND NOT d.was_ambiguous THEN public.aceite_now() ELSE d.last_attempt_at END,
      fence = d.fence + 1,
      lease_until = public.aceite_now() + lease_ms * interval '1 millisecond',
      next_attempt_at = public.aceite_now() + lease_ms * interval '1 millisecond'
    WHERE d.session_id = coalesce(in_doubt, due.id)
    RETURNING d.session_id, d.workspace_id, d.fence, due.goes_to, admission = 'probe';
END $$;

  IF is_joined THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $do$;

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
