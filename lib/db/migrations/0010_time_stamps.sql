-- Which checkpoints strangers are asked to stamp, what each of them still owes, and how asking goes. The stamps themselves are in
-- log_time_stamps (0009).
--
-- What must stay true:
--   * All authorities are asked about the same checkpoints: a stamp by one of them alone proves less.
--   * Nothing stops waiting but by its stamp: a row leaves log_stamp_queue only when log_time_stamps has the answer.
--   * One process at a time asks an authority: whoever holds its turn, by lease and fence.
-- Undo: drop the tables; the stamps that were got stay valid.

CREATE TABLE log_stamp_rounds (
  size bigint PRIMARY KEY REFERENCES log_checkpoints,
  chosen_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);

CREATE TABLE log_stamp_queue (
  authority text NOT NULL CHECK (authority ~ '^[a-z0-9-]{1,32}$'),
  size bigint NOT NULL REFERENCES log_stamp_rounds,
  queued_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  PRIMARY KEY (authority, size)
);

CREATE TABLE log_stamp_turns (
  authority text PRIMARY KEY CHECK (authority ~ '^[a-z0-9-]{1,32}$'),
  fence bigint NOT NULL DEFAULT 0,
  lease_until timestamptz(3),
  next_attempt_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  -- Failures in a row, and the last one's reason; none after a stamp.
  failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  reason text CHECK (reason ~ '^[a-z0-9_]{1,64}$'),
  CHECK ((failures = 0) = (reason IS NULL))
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON log_stamp_rounds FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON log_stamp_rounds FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_update BEFORE UPDATE ON log_stamp_queue FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON log_stamp_queue FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION guard_stamp_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM log_time_stamps s WHERE s.size = OLD.size AND s.authority = OLD.authority) THEN
    RAISE EXCEPTION 'a checkpoint waits for its stamp until it has it' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER guard_delete BEFORE DELETE ON log_stamp_queue FOR EACH ROW EXECUTE FUNCTION guard_stamp_queue();
REVOKE ALL ON FUNCTION guard_stamp_queue() FROM PUBLIC;

DO $$ BEGIN
  GRANT SELECT ON log_stamp_rounds, log_stamp_queue, log_stamp_turns TO aceite_app, aceite_worker;
  GRANT INSERT ON log_stamp_rounds, log_stamp_queue, log_stamp_turns TO aceite_worker;
  GRANT DELETE ON log_stamp_queue TO aceite_worker;
  GRANT UPDATE ON log_stamp_turns TO aceite_worker;
EXCEPTION WHEN undefined_object THEN
  NULL;
END $$;
