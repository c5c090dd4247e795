-- The installation's log: one Merkle tree (RFC 6962) over everything that was recorded, in tiles (C2SP tlog-tiles), with the checkpoints
-- that its signer has signed and the time stamps that strangers have put on them.
--
-- What must stay true:
--   * Entries are numbered from 0 without a gap and never change; a tile only grows at its right end.
--   * The head moves forward only. Whether it extends what was signed before is checked by the signer, which keeps its own memory.
--   * Nothing here is personal: an entry is a salted hash. So no workspace, no wall, and all of it may be read by anybody.
-- Undo: drop the tables; every proof that was handed out still verifies against the checkpoint that it carries.

CREATE TABLE log_entries (
  index bigint PRIMARY KEY CHECK (index >= 0),
  entry bytea NOT NULL UNIQUE CHECK (length(entry) = 33),
  appended_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);

-- What is said in public and committed to as an entry: keys, releases, texts.
CREATE TABLE log_statements (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
  content text NOT NULL CHECK (length(content) BETWEEN 2 AND 65536),
  hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
  made_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);

CREATE TABLE log_tiles (
  level integer NOT NULL CHECK (level BETWEEN 0 AND 7),
  index bigint NOT NULL CHECK (index >= 0),
  hashes bytea NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
  PRIMARY KEY (level, index)
);

CREATE TABLE log_head (
  is_the_only_row boolean PRIMARY KEY DEFAULT true CHECK (is_the_only_row),
  size bigint NOT NULL CHECK (size >= 0),
  root bytea NOT NULL CHECK (length(root) = 32)
);
INSERT INTO log_head (size, root) VALUES (0, sha256(''));

CREATE TABLE log_checkpoints (
  size bigint PRIMARY KEY CHECK (size > 0),
  root bytea NOT NULL CHECK (length(root) = 32),
  -- The signed note to the byte: what time stamps and witnesses speak of.
  note bytea NOT NULL CHECK (length(note) BETWEEN 64 AND 4096),
  signed_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);

CREATE TABLE log_cosignatures (
  size bigint NOT NULL REFERENCES log_checkpoints,
  witness text NOT NULL CHECK (length(witness) BETWEEN 1 AND 200),
  line text NOT NULL CHECK (length(line) BETWEEN 16 AND 1024),
  made_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  PRIMARY KEY (size, witness)
);

CREATE TABLE log_time_stamps (
  size bigint NOT NULL REFERENCES log_checkpoints,
  authority text NOT NULL CHECK (authority ~ '^[a-z0-9-]{1,40}$'),
  -- The authority's whole answer (RFC 3161 TimeStampResp, DER).
  response bytea NOT NULL CHECK (length(response) BETWEEN 64 AND 65536),
  stamped_at timestamptz(3) NOT NULL,
  PRIMARY KEY (size, authority)
);

DO $$
DECLARE kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['log_entries', 'log_statements', 'log_checkpoints', 'log_cosignatures', 'log_time_stamps'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['log_tiles', 'log_head'] LOOP
    EXECUTE format('CREATE TRIGGER no_delete BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', kept);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', kept);
  END LOOP;
END $$;

CREATE FUNCTION guard_log_growth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'log_head' THEN
    IF NEW.size < OLD.size THEN
      RAISE EXCEPTION 'the log does not shrink' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  ELSIF (NEW.level, NEW.index) <> (OLD.level, OLD.index) OR substring(NEW.hashes FROM 1 FOR length(OLD.hashes)) <> OLD.hashes THEN
    RAISE EXCEPTION 'a tile only grows at its end' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_growth BEFORE UPDATE ON log_tiles FOR EACH ROW EXECUTE FUNCTION guard_log_growth();
CREATE TRIGGER guard_growth BEFORE UPDATE ON log_head FOR EACH ROW EXECUTE FUNCTION guard_log_growth();
REVOKE ALL ON FUNCTION guard_log_growth() FROM PUBLIC;

DO $$ BEGIN
  GRANT SELECT ON log_entries, log_statements, log_tiles, log_head, log_checkpoints, log_cosignatures, log_time_stamps
    TO aceite_app, aceite_worker;
  GRANT INSERT ON log_entries, log_statements, log_tiles, log_checkpoints, log_cosignatures, log_time_stamps TO aceite_worker;
  GRANT UPDATE ON log_tiles, log_head TO aceite_worker;
  GRANT SELECT, DELETE ON log_queue TO aceite_worker;
EXCEPTION WHEN undefined_object THEN
  NULL;
END $$;
