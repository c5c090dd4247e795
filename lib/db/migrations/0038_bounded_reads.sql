-- What is asked every few moments reads what is wanted, and not all that stays.
--
-- The clock is volatile, so a condition that calls it bounds no scan of an index: to find that nothing was a month old, every sweep read all
-- messages of that month, and every idempotency key of a day. With some millions of rows a sweep would have come to the end of its time
-- before it had removed anything, and would never have come to what is swept behind it. As a scalar subquery the clock is asked once, and bounds the scan.
--
-- While a lender rested, each look for something to deliver walked through all that waited for it: the longer the outage, the dearer every look.
--
-- And what is tried first is told here too, since the claim decides both: the call that finds out whether a lender is there again asks about a signature
-- in doubt, when one is due, before it sends another. A lender that keeps signatures and loses its answers would otherwise be given a new doubt by
-- each try, and its old ones would wait behind the backlog.
--
-- What must stay true:
--   * A sweep reads no more messages and keys than it removes, however many there are.
--   * While lenders rest, a claim looks at one delivery of each workspace whose lender does not, however many wait.
-- Undo: give the functions their bodies of migrations 0005, 0032 and 0033, and drop the index.

CREATE INDEX deliveries_due_by_workspace ON deliveries (workspace_id, next_attempt_at) WHERE next_attempt_at IS NOT NULL;

DO $do$
DECLARE is_joined boolean := false;
BEGIN
  -- All belong to the doors' role wherever there is one; only its members may replace them.
  IF to_regrole('aceite_lookup') IS NOT NULL AND NOT pg_has_role(current_user, 'aceite_lookup', 'USAGE') THEN
    GRANT aceite_lookup TO CURRENT_USER;
    is_joined := true;
  END IF;
  CREATE OR REPLACE FUNCTION prune_idempotency_keys(how_many integer) RETURNS integer
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
      WITH gone AS (
        DELETE FROM public.idempotency_keys WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM public.idempotency_keys WHERE created_at < (SELECT public.aceite_now()) - interval '24 hours'
          ORDER BY created_at LIMIT how_many))
        RETURNING 1)
      SELECT count(*)::integer FROM gone $$;
  -- What waits is in an index of its own, by endpoint; that it is PENDING says the same, and no index knows it.
  CREATE OR REPLACE FUNCTION prune_webhooks(how_many integer) RETURNS integer
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
      WITH rested AS (
        UPDATE public.webhook_deliveries d SET status = 'FAILED', next_attempt_at = NULL, reason = 'endpoint_disabled'
          WHERE d.next_attempt_at IS NOT NULL
            AND d.endpoint_id = ANY (ARRAY(SELECT e.id FROM public.webhook_endpoints e WHERE e.state = 'disabled')) RETURNING 1),
      gone AS (
        DELETE FROM public.webhook_events WHERE id = ANY (ARRAY(
          SELECT id FROM public.webhook_events WHERE created_at < (SELECT public.aceite_now()) - interval '30 days'
          ORDER BY created_at LIMIT how_many))
        RETURNING 1)
      SELECT count(*)::integer FROM gone $$;
  CREATE OR REPLACE FUNCTION claim_delivery(lease_ms integer, own_host text, wait_ms integer, probe_ms integer)
    RETURNS TABLE (session_id uuid, workspace_id uuid, fence bigint, host text, is_probe boolean)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  #variable_conflict use_column
  DECLARE
    due record;
    in_doubt uuid;
    admission text := 'closed';
    resting text[] := ARRAY(SELECT b.host FROM public.lender_breakers b WHERE b.opened_at IS NOT NULL AND (
      b.opened_at + wait_ms * interval '1 millisecond' > (SELECT public.aceite_now()) OR b.probe_until > (SELECT public.aceite_now())));
  BEGIN
    IF cardinality(resting) = 0 THEN
      SELECT d.session_id AS id, coalesce(c.host, own_host) AS goes_to, b.opened_at INTO due
        FROM public.deliveries d
          LEFT JOIN public.lender_credentials c ON c.workspace_id = d.workspace_id
          LEFT JOIN public.lender_breakers b ON b.host = coalesce(c.host, own_host)
        WHERE d.next_attempt_at <= (SELECT public.aceite_now()) AND (b.opened_at IS NULL OR (
          b.opened_at + wait_ms * interval '1 millisecond' <= (SELECT public.aceite_now())
          AND (b.probe_until IS NULL OR b.probe_until <= (SELECT public.aceite_now()))))
        ORDER BY d.next_attempt_at LIMIT 1 FOR UPDATE OF d SKIP LOCKED;
    ELSE
      -- Of what waits for lenders that rest, which may be all there is, nothing is read. The rows are compared so that no other index will do: the
      -- one by time alone would be walked from end to end for a workspace without a delivery.
      SELECT first.id, coalesce(c.host, own_host) AS goes_to, b.opened_at INTO due
        FROM public.workspaces w
          LEFT JOIN public.lender_credentials c ON c.workspace_id = w.id
          LEFT JOIN public.lender_breakers b ON b.host = coalesce(c.host, own_host)
          CROSS JOIN LATERAL (SELECT d.session_id AS id, d.next_attempt_at AS due_at FROM public.deliveries d
            WHERE d.next_attempt_at IS NOT NULL AND (d.workspace_id, d.next_attempt_at) >= (w.id, '-infinity')
              AND (d.workspace_id, d.next_attempt_at) <= (w.id, (SELECT public.aceite_now()))
            ORDER BY d.workspace_id, d.next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED) first
        WHERE coalesce(c.host, own_host) <> ALL (resting)
        ORDER BY first.due_at LIMIT 1;
    END IF;
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
