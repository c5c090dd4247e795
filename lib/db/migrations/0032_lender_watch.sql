-- What watches over the way to the lender: a circuit breaker that all workers share, and alarms about deliveries that take too long.
--
-- What must stay true:
--   * While the breaker of a host is open nothing goes there but one probe at a time, whoever asks; other hosts notice nothing.
--   * An alarm is raised once per session and kind, and is an event; at the latest after a day, or half of the merchant's own time.
-- Undo: drop the table, the doors and the column, and make the claim of migration 0005 anew; deliveries go on by their schedule alone.

-- No workspace: the lender's host is one for all of them. No identity, and nothing that proves anything.
CREATE TABLE lender_breakers (
  host text PRIMARY KEY CHECK (length(host) BETWEEN 1 AND 300),
  -- Of the newest calls, the newest last, whether they failed.
  recent boolean[] NOT NULL DEFAULT '{}',
  opened_at timestamptz(3),
  probe_until timestamptz(3),
  CHECK (opened_at IS NOT NULL OR probe_until IS NULL)
);
ALTER TABLE lender_breakers ENABLE ROW LEVEL SECURITY;

-- May a call be made to a host whose breaker was seen open? `closed`: as many as there are; `open`: none; `probe`: this one caller, until it has
-- told or its time is up.
CREATE FUNCTION admit_to_lender(wanted text, wait_ms integer, probe_ms integer) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE opened timestamptz := (SELECT b.opened_at FROM public.lender_breakers b WHERE b.host = wanted);
BEGIN
  IF opened IS NULL THEN
    RETURN 'closed';
  END IF;
  UPDATE public.lender_breakers b SET probe_until = public.aceite_now() + probe_ms * interval '1 millisecond'
    WHERE b.host = wanted AND b.opened_at + wait_ms * interval '1 millisecond' <= public.aceite_now()
      AND (b.probe_until IS NULL OR b.probe_until <= public.aceite_now());
  RETURN CASE WHEN FOUND THEN 'probe' ELSE 'open' END;
END $$;

-- In place of the door of migration 0005: leases the delivery that has been due longest of those whose lender may be called. `own_host` is where
-- a workspace's deliveries go that has no settings of its own.
CREATE FUNCTION claim_delivery(lease_ms integer, own_host text, wait_ms integer, probe_ms integer)
  RETURNS TABLE (session_id uuid, workspace_id uuid, fence bigint, host text, is_probe boolean)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  due record;
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
  RETURN QUERY UPDATE public.deliveries d SET
      status = CASE d.status WHEN 'QUEUED' THEN 'SENDING' WHEN 'RETRY_WAIT' THEN 'SENDING' WHEN 'SENDING' THEN 'AMBIGUOUS' ELSE d.status END,
      was_ambiguous = d.was_ambiguous OR d.status IN ('SENDING', 'AMBIGUOUS'),
      attempts = d.attempts + (d.status IN ('QUEUED', 'RETRY_WAIT') AND NOT d.was_ambiguous)::integer,
      first_attempt_at = coalesce(d.first_attempt_at, public.aceite_now()),
      last_attempt_at = CASE WHEN d.status IN ('QUEUED', 'RETRY_WAIT') AND NOT d.was_ambiguous THEN public.aceite_now() ELSE d.last_attempt_at END,
      fence = d.fence + 1,
      lease_until = public.aceite_now() + lease_ms * interval '1 millisecond',
      next_attempt_at = public.aceite_now() + lease_ms * interval '1 millisecond'
    WHERE d.session_id = due.id
    RETURNING d.session_id, d.workspace_id, d.fence, due.goes_to, admission = 'probe';
END $$;

-- Tells how calls ended. A probe closes the breaker or opens it anew; one that found nothing to send hands its turn back.
CREATE FUNCTION note_lender_calls(wanted text, failed boolean[], is_probe boolean, window_calls integer, failures_max integer) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  newest boolean[];
BEGIN
  IF is_probe THEN
    UPDATE public.lender_breakers b SET probe_until = NULL,
      opened_at = CASE WHEN cardinality(failed) = 0 THEN b.opened_at WHEN true = ANY (failed) THEN public.aceite_now() END,
      recent = CASE WHEN cardinality(failed) = 0 OR true = ANY (failed) THEN b.recent ELSE '{}' END
      WHERE b.host = wanted AND b.opened_at IS NOT NULL;
    RETURN;
  END IF;
  INSERT INTO public.lender_breakers (host) VALUES (wanted) ON CONFLICT (host) DO NOTHING;
  SELECT b.recent || failed INTO newest FROM public.lender_breakers b WHERE b.host = wanted FOR UPDATE;
  newest := newest[greatest(1, cardinality(newest) - window_calls + 1):];
  -- Calls that were under way when it opened change nothing any more.
  UPDATE public.lender_breakers b SET recent = newest,
    opened_at = CASE WHEN cardinality(newest) >= window_calls AND cardinality(array_positions(newest, true)) >= failures_max
      THEN public.aceite_now() END
    WHERE b.host = wanted AND b.opened_at IS NULL;
END $$;

CREATE FUNCTION lender_breaker_figures() RETURNS TABLE (host text, is_open boolean, failed_recently integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT b.host, b.opened_at IS NOT NULL, cardinality(array_positions(b.recent, true)) FROM public.lender_breakers b $$;

ALTER TABLE deliveries ADD COLUMN alarms text[] NOT NULL DEFAULT '{}';
CREATE INDEX deliveries_without_alarm ON deliveries (queued_at)
  WHERE status NOT IN ('DELIVERED', 'REJECTED') AND NOT alarms @> '{undelivered}';
-- The list of those that deserve a look; few, whatever the size of the table.
CREATE INDEX deliveries_of_concern ON deliveries (workspace_id, session_id)
  WHERE status IN ('PAUSED', 'NEEDS_ATTENTION') OR alarms <> '{}' AND status NOT IN ('DELIVERED', 'REJECTED');
CREATE UNIQUE INDEX one_alarm_of_each_kind ON events (session_id, (data ->> 'alarm')) WHERE type = 'delivery_alarm';

-- Deliveries that should have arrived by now, oldest first: after `term_ms`, or half of the time that the merchant gave the lender.
CREATE FUNCTION find_undelivered(term_ms integer, how_many integer) RETURNS TABLE (session_id uuid, workspace_id uuid)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT d.session_id, d.workspace_id FROM public.deliveries d JOIN public.signing_sessions s ON s.id = d.session_id
        WHERE d.status NOT IN ('DELIVERED', 'REJECTED') AND NOT d.alarms @> '{undelivered}'
          AND d.queued_at + least(term_ms * interval '1 millisecond', (s.signing_deadline - d.queued_at) / 2) <= public.aceite_now()
        ORDER BY d.queued_at LIMIT how_many $$;

CREATE FUNCTION delivery_alarm_figures() RETURNS TABLE (alarm text, how_many bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT a.alarm, count(*) FROM public.deliveries d CROSS JOIN unnest(d.alarms) AS a(alarm)
        WHERE d.alarms <> '{}' AND d.status NOT IN ('DELIVERED', 'REJECTED') GROUP BY a.alarm $$;

REVOKE ALL ON FUNCTION admit_to_lender(text, integer, integer), claim_delivery(integer, text, integer, integer), note_lender_calls(text, boolean[], boolean, integer, integer),
  lender_breaker_figures(), find_undelivered(integer, integer), delivery_alarm_figures() FROM PUBLIC;

DO $$
DECLARE is_joined boolean := false;
BEGIN
  IF to_regrole('aceite_lookup') IS NULL THEN
    DROP FUNCTION claim_delivery(integer);
    RETURN;
  END IF;
  ALTER TABLE lender_breakers FORCE ROW LEVEL SECURITY;
  IF NOT pg_has_role(current_user, 'aceite_lookup', 'USAGE') THEN
    GRANT aceite_lookup TO CURRENT_USER;
    is_joined := true;
  END IF;
  DROP FUNCTION claim_delivery(integer);
  CREATE POLICY doors ON lender_breakers TO aceite_lookup USING (true);
  GRANT SELECT, INSERT, UPDATE ON lender_breakers TO aceite_lookup;
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION admit_to_lender(text, integer, integer) OWNER TO aceite_lookup;
  ALTER FUNCTION claim_delivery(integer, text, integer, integer) OWNER TO aceite_lookup;
  ALTER FUNCTION note_lender_calls(text, boolean[], boolean, integer, integer) OWNER TO aceite_lookup;
  ALTER FUNCTION lender_breaker_figures() OWNER TO aceite_lookup;
  ALTER FUNCTION find_undelivered(integer, integer) OWNER TO aceite_lookup;
  ALTER FUNCTION delivery_alarm_figures() OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;
  GRANT EXECUTE ON FUNCTION claim_delivery(integer, text, integer, integer), note_lender_calls(text, boolean[], boolean, integer, integer),
    find_undelivered(integer, integer) TO aceite_worker;
  GRANT EXECUTE ON FUNCTION lender_breaker_figures(), delivery_alarm_figures() TO aceite_app;
  GRANT UPDATE (alarms) ON deliveries TO aceite_worker;
  IF is_joined THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $$;
