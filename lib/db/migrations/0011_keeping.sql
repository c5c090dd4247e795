-- How long what a session holds of people is kept, what stops its end, what people ask for, and what is left to say afterwards.
--
-- What must stay true, for the owner of the tables too:
--   * Of a signed session nothing goes before five calendar years have passed since it was signed and since the lender answered; of any
--     other that a signer has opened, nothing before six months (Marco Civil, art. 15). How it goes at all is the matter of migration 0012.
--   * No row of these tables names a person.
-- Undo: drop the tables and the two columns; nothing would say any more until when anything is kept.

-- Terms --------------------------------------------------------------------------------------------------------------

-- Calendar months as the law counts them: the day of the same number or, where the month has none, the one after (Código Civil, art. 132 § 3).
CREATE FUNCTION add_calendar_months(start timestamptz, months integer) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
  SET search_path = pg_catalog, public
  AS $$ SELECT (t.moved + CASE WHEN extract(day FROM t.moved) = extract(day FROM t.utc) THEN interval '0' ELSE interval '1 day' END)
          AT TIME ZONE 'UTC'
        FROM (SELECT start AT TIME ZONE 'UTC' AS utc, (start AT TIME ZONE 'UTC') + make_interval(months => months) AS moved) t $$;

-- Until when what a session holds of people is kept; never after erase_session. keep_until is null while the session is open.
ALTER TABLE signing_sessions ADD COLUMN keep_until timestamptz(3), ADD COLUMN erased_at timestamptz(3);

-- The rules of lib/domain/retention.ts, said again where no code path can forget them.
CREATE FUNCTION keeping_class(s signing_sessions) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public
  AS $$ SELECT CASE WHEN s.status = 'COMPLETED' THEN 'E1'
          WHEN EXISTS (SELECT FROM events e WHERE e.session_id = s.id AND e.actor = 'signer') THEN 'E2' ELSE 'E3' END $$;

CREATE FUNCTION keeping_floor(s signing_sessions) RETURNS timestamptz LANGUAGE sql STABLE SET search_path = pg_catalog, public
  AS $$ SELECT CASE WHEN s.closed_at IS NULL THEN NULL ELSE CASE keeping_class(s)
          WHEN 'E1' THEN greatest(
            add_calendar_months(s.closed_at, 60),
            (SELECT add_calendar_months(coalesce(d.delivered_at, d.last_attempt_at), 60) FROM deliveries d
             WHERE d.session_id = s.id AND d.status IN ('DELIVERED', 'REJECTED')),
            -- A debt can be claimed for five years from its last due day; half a year more is for the courts' post.
            add_calendar_months(s.final_due_date::timestamp AT TIME ZONE 'UTC', 60) + interval '4320 hours')
          WHEN 'E2' THEN add_calendar_months(greatest(s.closed_at,
            (SELECT max(e.occurred_at) FROM events e WHERE e.session_id = s.id AND e.actor = 'signer')), 6)
          ELSE s.closed_at + interval '720 hours' END END $$;

-- The date comes with the closing, whoever closes, and never too early.
CREATE FUNCTION set_keep_until() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.keep_until := greatest(NEW.keep_until, keeping_floor(NEW));
  RETURN NEW;
END $$;
CREATE TRIGGER set_keep_until BEFORE UPDATE ON signing_sessions FOR EACH ROW
  WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL) EXECUTE FUNCTION set_keep_until();
-- A session that is written when it is closed already has its date at once.
CREATE TRIGGER set_keep_until_at_once BEFORE INSERT ON signing_sessions FOR EACH ROW
  WHEN (NEW.closed_at IS NOT NULL) EXECUTE FUNCTION set_keep_until();

DO $$ BEGIN
  ALTER TABLE signing_sessions NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE events NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE deliveries NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE signing_sessions DISABLE TRIGGER guard_change;
  UPDATE signing_sessions s SET keep_until = keeping_floor(s) WHERE s.closed_at IS NOT NULL;
  ALTER TABLE signing_sessions ENABLE TRIGGER guard_change;
  IF to_regrole('aceite_app') IS NOT NULL THEN
    ALTER TABLE signing_sessions FORCE ROW LEVEL SECURITY;
    ALTER TABLE events FORCE ROW LEVEL SECURITY;
    ALTER TABLE deliveries FORCE ROW LEVEL SECURITY;
  END IF;
END $$;

ALTER TABLE signing_sessions
  ADD CONSTRAINT keep_until_when_closed CHECK ((keep_until IS NULL) = (closed_at IS NULL)),
  ADD CONSTRAINT five_years_at_least CHECK (status <> 'COMPLETED' OR keep_until >= add_calendar_months(closed_at, 60)),
  ADD CONSTRAINT thirty_days_at_least CHECK (keep_until >= closed_at + interval '720 hours'),
  ADD CONSTRAINT erased_when_closed CHECK (erased_at IS NULL OR closed_at IS NOT NULL);
-- Serves the sweep: the end that comes first stands first.
CREATE INDEX signing_sessions_keep_until ON signing_sessions (keep_until, id) WHERE erased_at IS NULL AND keep_until IS NOT NULL;

-- Holds, requests, tombstones ------------------------------------------------------------------------------------------

-- A dispute or an order of a court: while one stands, nothing of the session goes. Its words are the session's and go with it.
CREATE TABLE legal_holds (
  id uuid PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  placed_by text NOT NULL REFERENCES staff_user,
  placed_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  reason_sealed bytea,
  lifted_by text REFERENCES staff_user,
  lifted_at timestamptz(3),
  lift_reason_sealed bytea,
  CHECK ((lifted_at IS NULL) = (lifted_by IS NULL)),
  CHECK (reason_sealed IS NOT NULL OR lifted_at IS NOT NULL)
);
CREATE INDEX legal_holds_by_session ON legal_holds (session_id, placed_at);

-- What a person asked to have erased, found by the keyed hash of their document, and what they were answered: of each session what was
-- erased or until when it is kept and why. Nothing here names them.
CREATE TABLE erasure_requests (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  subject_digest bytea NOT NULL CHECK (length(subject_digest) = 32),
  asked_by text NOT NULL CHECK (asked_by IN ('data_subject', 'representative', 'authority', 'merchant')),
  recorded_by text NOT NULL REFERENCES staff_user,
  -- The operator's own number for the matter.
  reference text CHECK (reference ~ '^[A-Za-z0-9._/-]{1,60}$'),
  asked_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  -- LGPD, art. 19, II.
  due_at timestamptz(3) NOT NULL,
  answer jsonb,
  answered_at timestamptz(3),
  CHECK (due_at > asked_at),
  CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX erasure_requests_unanswered ON erasure_requests (workspace_id, due_at) WHERE answer IS NULL;
CREATE INDEX erasure_requests_by_subject ON erasure_requests (workspace_id, subject_digest);

-- What is left to say of what was erased. One per session, written by erase_session before anything goes.
CREATE TABLE tombstones (
  session_id uuid PRIMARY KEY REFERENCES signing_sessions,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  class text NOT NULL CHECK (class IN ('E1', 'E2', 'E3')),
  rule text NOT NULL CHECK (rule IN ('term_over', 'requested')),
  request_id uuid REFERENCES erasure_requests,
  kept_until timestamptz(3) NOT NULL,
  erased_at timestamptz(3) NOT NULL,
  contract_sha256 bytea NOT NULL CHECK (length(contract_sha256) = 32),
  -- The session's chain as it was, and the event that says that it ends.
  chain_length integer NOT NULL CHECK (chain_length >= 1),
  chain_head bytea NOT NULL CHECK (length(chain_head) = 32),
  event_hash bytea NOT NULL CHECK (length(event_hash) = 32),
  -- How many rows of which table lost what they held.
  rows jsonb NOT NULL,
  CHECK ((rule = 'requested') = (request_id IS NOT NULL)),
  CHECK (erased_at >= kept_until)
);
CREATE INDEX tombstones_by_workspace ON tombstones (workspace_id, erased_at);

DO $$
DECLARE scoped text;
BEGIN
  FOREACH scoped IN ARRAY ARRAY['legal_holds', 'erasure_requests', 'tombstones'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = aceite_workspace())', scoped);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', scoped);
  END LOOP;
END $$;

-- True only inside erase_session (migration 0012), whose owner nobody may become, and after its tombstone has passed the law of tombstones.
-- Where the server forbids roles the tombstone alone decides.
CREATE FUNCTION is_erasing(wanted uuid) RETURNS boolean LANGUAGE sql VOLATILE SET search_path = pg_catalog, public
  AS $$ SELECT (current_user = 'aceite_eraser' OR to_regrole('aceite_eraser') IS NULL)
          AND EXISTS (SELECT FROM tombstones t WHERE t.session_id = wanted) $$;

CREATE FUNCTION guard_hold() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.lifted_at IS NULL AND NEW.lifted_at IS NOT NULL AND to_jsonb(NEW) - ARRAY['lifted_at', 'lifted_by', 'lift_reason_sealed']
        = to_jsonb(OLD) - ARRAY['lifted_at', 'lifted_by', 'lift_reason_sealed'] THEN
      RETURN NEW;
    END IF;
    IF is_erasing(OLD.session_id) AND to_jsonb(NEW) = to_jsonb(OLD) || '{"reason_sealed": null, "lift_reason_sealed": null}' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a legal hold is placed, then lifted, and nothing else: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER guard_change BEFORE UPDATE OR DELETE ON legal_holds FOR EACH ROW EXECUTE FUNCTION guard_hold();

CREATE FUNCTION guard_request() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.answer IS NULL AND NEW.answer IS NOT NULL
      AND to_jsonb(NEW) - ARRAY['answer', 'answered_at'] = to_jsonb(OLD) - ARRAY['answer', 'answered_at'] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a request is recorded, then answered, and nothing else: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER guard_change BEFORE UPDATE OR DELETE ON erasure_requests FOR EACH ROW EXECUTE FUNCTION guard_request();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON tombstones FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What is handed out of a person's data is looked at as well.
ALTER TABLE staff_accesses DROP CONSTRAINT staff_accesses_what_check,
  ADD CONSTRAINT staff_accesses_what_check CHECK (what IN ('session', 'evidence', 'export'));

REVOKE ALL ON FUNCTION add_calendar_months(timestamptz, integer), keeping_class(signing_sessions), keeping_floor(signing_sessions),
  set_keep_until(), is_erasing(uuid), guard_hold(), guard_request() FROM PUBLIC;
-- Triggers and constraints of the working roles ask these; they tell nothing that a row does not.
GRANT EXECUTE ON FUNCTION add_calendar_months(timestamptz, integer), keeping_class(signing_sessions), keeping_floor(signing_sessions),
  is_erasing(uuid) TO PUBLIC;

DO $$
DECLARE scoped text;
BEGIN
  -- A server that let 0006 make no roles has no second wall to fit these into.
  IF to_regrole('aceite_lookup') IS NULL THEN
    RETURN;
  END IF;
  GRANT SELECT ON legal_holds, erasure_requests, tombstones TO aceite_app, aceite_worker;
  -- Whoever puts evidence together counts the terms.
  GRANT SELECT ON staff_accesses TO aceite_worker;
  GRANT INSERT ON legal_holds, erasure_requests TO aceite_app;
  GRANT UPDATE (lifted_by, lifted_at, lift_reason_sealed) ON legal_holds TO aceite_app;
  GRANT UPDATE (answer, answered_at) ON erasure_requests TO aceite_app, aceite_worker;
  FOREACH scoped IN ARRAY ARRAY['legal_holds', 'erasure_requests', 'tombstones'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
  END LOOP;
END $$;
