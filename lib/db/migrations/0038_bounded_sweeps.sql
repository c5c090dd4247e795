-- What is swept every few seconds reads what is to go, and not all that stays.
--
-- The clock is volatile, so a condition that calls it bounds no scan of an index: to find that nothing was a month old, every sweep read all
-- messages of that month, and every idempotency key of a day. With some millions of rows a sweep would have come to the end of its time
-- before it had removed anything, and would never have come to what is swept behind it. As a scalar subquery the clock is asked once, and bounds the scan.
--
-- What must stay true: a sweep reads no more rows of the messages and keys than it removes, however many there are.
-- Undo: give both functions their bodies of migrations 0005 and 0033.

DO $do$
DECLARE is_joined boolean := false;
BEGIN
  -- Both belong to the doors' role wherever there is one; only its members may replace them.
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
  IF is_joined THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $do$;
