-- What the lender tells us of a debt by itself: kept first, worked on later. Nothing in it is believed beyond what the table of
-- lib/domain/lender-notice.ts says, so that a notice may come late, twice, or in no order.
--
-- What must stay true:
--   * The same notice is kept once per session, in whatever envelope it comes.
--   * A notice is append-only; its work is settled once, in the transaction that did it.
--   * After erasing neither the bytes nor their mark is left.
-- Undo: drop both tables, the doors and the triggers.

CREATE TABLE lender_notices (
  id uuid PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  received_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  webhook_type text NOT NULL CHECK (length(webhook_type) BETWEEN 1 AND 100),
  -- The lender's word for the debt's state, and its own time, which names no zone.
  state text NOT NULL CHECK (length(state) BETWEEN 1 AND 100),
  event_datetime text CHECK (length(event_datetime) BETWEEN 1 AND 100),
  -- A keyed hash: a plain one would let what stands in the body be guessed.
  content_mark bytea CHECK (length(content_mark) = 32),
  content_sealed bytea,
  CHECK ((content_mark IS NULL) = (content_sealed IS NULL))
);
CREATE UNIQUE INDEX lender_notices_once ON lender_notices (session_id, webhook_type, state, event_datetime, content_mark) NULLS NOT DISTINCT;

CREATE TABLE lender_notice_work (
  notice_id uuid PRIMARY KEY REFERENCES lender_notices,
  session_id uuid NOT NULL REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  tries integer NOT NULL DEFAULT 0 CHECK (tries >= 0),
  due_at timestamptz(3) DEFAULT aceite_now(),
  worked_at timestamptz(3),
  effect text CHECK (effect IN
    ('session_cancelled', 'lender_asked', 'asks_before_sending', 'nothing_new', 'needs_a_look', 'state_unknown')),
  CHECK ((effect IS NULL) = (worked_at IS NULL) AND (effect IS NULL) = (due_at IS NOT NULL))
);
CREATE INDEX lender_notice_work_due ON lender_notice_work (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX lender_notice_work_by_session ON lender_notice_work (session_id);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON lender_notices FOR EACH ROW EXECUTE FUNCTION guard_kept('content_mark', 'content_sealed');
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON lender_notices FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER z_refuse_after_erasing AFTER INSERT ON lender_notices FOR EACH ROW WHEN (NEW.content_sealed IS NOT NULL)
  EXECUTE FUNCTION refuse_after_erasing();

CREATE FUNCTION guard_notice_work() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.effect IS NOT NULL OR (OLD.notice_id, OLD.session_id, OLD.workspace_id) IS DISTINCT FROM (NEW.notice_id, NEW.session_id, NEW.workspace_id) THEN
    RAISE EXCEPTION 'a notice of the lender is worked on once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_change BEFORE UPDATE ON lender_notice_work FOR EACH ROW EXECUTE FUNCTION guard_notice_work();
CREATE TRIGGER no_delete BEFORE DELETE ON lender_notice_work FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON lender_notice_work FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Runs as whoever erases, in the same transaction.
CREATE FUNCTION forget_notices() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE lender_notices SET content_mark = NULL, content_sealed = NULL WHERE session_id = NEW.session_id AND content_sealed IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER z_forget_notices AFTER INSERT ON tombstones FOR EACH ROW EXECUTE FUNCTION forget_notices();

-- Whose debt a notice speaks of: the newest session of each workspace, since an older one is closed and superseded.
CREATE FUNCTION find_debt_sessions(wanted text) RETURNS TABLE (session_id uuid, workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT DISTINCT ON (s.workspace_id) s.id, s.workspace_id FROM public.workspaces w
        JOIN public.signing_sessions s ON s.workspace_id = w.id AND s.debt_key = wanted
        ORDER BY s.workspace_id, s.created_at DESC, s.id DESC $$;

-- Takes the notices that have been due longest, and puts them off: soon at first, at last every ten minutes. Who works on one settles it.
CREATE FUNCTION claim_notices(how_many integer) RETURNS TABLE (notice_id uuid, session_id uuid, workspace_id uuid)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ UPDATE public.lender_notice_work n SET tries = n.tries + 1,
          due_at = public.aceite_now() + least(interval '10 minutes', interval '2 seconds' * power(2, least(n.tries, 9)))
        WHERE n.notice_id IN (SELECT d.notice_id FROM public.lender_notice_work d WHERE d.due_at <= (SELECT public.aceite_now())
          ORDER BY d.due_at LIMIT how_many FOR UPDATE SKIP LOCKED)
        RETURNING n.notice_id, n.session_id, n.workspace_id $$;

-- Figures for /metrics: counts without any identity.
CREATE FUNCTION notice_figures() RETURNS TABLE (unworked bigint, oldest_seconds double precision)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT count(*), coalesce(extract(epoch FROM public.aceite_now() - min(n.received_at)), 0)::double precision
        FROM public.lender_notice_work w JOIN public.lender_notices n ON n.id = w.notice_id WHERE w.due_at IS NOT NULL $$;

REVOKE ALL ON FUNCTION guard_notice_work(), forget_notices(), find_debt_sessions(text), claim_notices(integer), notice_figures() FROM PUBLIC;

DO $$
DECLARE
  scoped text;
  is_joined boolean := false;
BEGIN
  FOREACH scoped IN ARRAY ARRAY['lender_notices', 'lender_notice_work'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = aceite_workspace())', scoped);
  END LOOP;
  -- A server that let 0006 make no roles has no second wall to fit these into.
  IF to_regrole('aceite_lookup') IS NULL THEN
    RETURN;
  END IF;
  FOREACH scoped IN ARRAY ARRAY['lender_notices', 'lender_notice_work'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY doors ON %I TO aceite_lookup USING (true)', scoped);
  END LOOP;
  IF NOT pg_has_role(current_user, 'aceite_lookup', 'USAGE') THEN
    GRANT aceite_lookup TO CURRENT_USER;
    is_joined := true;
  END IF;
  GRANT SELECT ON lender_notices TO aceite_lookup;
  GRANT SELECT, UPDATE ON lender_notice_work TO aceite_lookup;
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION find_debt_sessions(text) OWNER TO aceite_lookup;
  ALTER FUNCTION claim_notices(integer) OWNER TO aceite_lookup;
  ALTER FUNCTION notice_figures() OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;
  GRANT EXECUTE ON FUNCTION find_debt_sessions(text), notice_figures() TO aceite_app;
  GRANT EXECUTE ON FUNCTION claim_notices(integer) TO aceite_worker;
  GRANT SELECT, INSERT ON lender_notices, lender_notice_work TO aceite_app;
  GRANT SELECT ON lender_notices, lender_notice_work TO aceite_worker;
  GRANT UPDATE (due_at, worked_at, effect) ON lender_notice_work TO aceite_worker;
  -- A debt that the lender has cancelled ends its session.
  GRANT UPDATE (cancelled_by, closing_words_sealed) ON signing_sessions TO aceite_worker;
  GRANT SELECT, UPDATE (content_mark, content_sealed) ON lender_notices TO aceite_eraser;
  IF is_joined THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $$;
