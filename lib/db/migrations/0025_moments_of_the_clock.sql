-- The moments from which the terms of keeping count are those of the database's clock, and no login chooses them.
--
-- Whoever may speak SQL as the portal's login could close a session that was just signed with a date of long ago, say that the lender had
-- it then, and have it erased at once.
--
-- What must stay true:
--   * A session closes now, or, when its time ran out, at the end of that time; a delivery is tried and arrives now. A little is left for
--     clocks that are put right between two statements.
--   * Evidence of a signed session is kept for five years from the newest of its closing and what happened before it, whatever its row says.
-- Undo: drop the triggers and the function, give keeping_floor its body of migration 0011.

CREATE FUNCTION is_now(moment timestamptz) RETURNS boolean LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT abs(extract(epoch FROM aceite_now() - moment)) <= 300 $$;

CREATE FUNCTION guard_closing_moment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF is_now(NEW.closed_at) OR NEW.status = 'EXPIRED' AND NEW.closed_at = NEW.expires_at AND NEW.closed_at <= aceite_now() THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a session closes when it closes, not at another moment' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER guard_closing_moment BEFORE UPDATE ON signing_sessions FOR EACH ROW
  WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL) EXECUTE FUNCTION guard_closing_moment();

CREATE FUNCTION guard_delivery_moments() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  delivered timestamptz;
  attempted timestamptz;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    delivered := OLD.delivered_at;
    attempted := OLD.last_attempt_at;
  END IF;
  IF (NEW.delivered_at IS NOT DISTINCT FROM delivered OR is_now(NEW.delivered_at))
      AND (NEW.last_attempt_at IS NOT DISTINCT FROM attempted OR is_now(NEW.last_attempt_at)) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a delivery is tried and arrives when it does, not at another moment' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER guard_moments BEFORE INSERT OR UPDATE ON deliveries FOR EACH ROW EXECUTE FUNCTION guard_delivery_moments();

REVOKE ALL ON FUNCTION is_now(timestamptz), guard_closing_moment(), guard_delivery_moments() FROM PUBLIC;
-- Triggers of the working roles ask it; it tells nothing.
GRANT EXECUTE ON FUNCTION is_now(timestamptz) TO PUBLIC;

-- As in migration 0011, and what happened to a session before it was signed is no younger than the signature.
CREATE OR REPLACE FUNCTION keeping_floor(s signing_sessions) RETURNS timestamptz LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT CASE WHEN s.closed_at IS NULL THEN NULL ELSE CASE keeping_class(s)
          WHEN 'E1' THEN greatest(
            add_calendar_months(greatest(s.closed_at, (SELECT max(e.occurred_at) FROM events e
              WHERE e.session_id = s.id AND e.type IN ('created', 'started', 'details_submitted'))), 60),
            (SELECT add_calendar_months(coalesce(d.delivered_at, d.last_attempt_at), 60) FROM deliveries d
             WHERE d.session_id = s.id AND d.status IN ('DELIVERED', 'REJECTED')),
            -- A debt can be claimed for five years from its last due day; half a year more is for the courts' post.
            add_calendar_months(s.final_due_date::timestamp AT TIME ZONE 'UTC', 60) + interval '4320 hours')
          WHEN 'E2' THEN add_calendar_months(greatest(s.closed_at,
            (SELECT max(e.occurred_at) FROM events e WHERE e.session_id = s.id AND e.actor = 'signer')), 6)
          ELSE s.closed_at + interval '720 hours' END END $$;
