-- A backup leaves a note of itself here, so that somebody notices when no more are made, and learns how much of the log the last one holds.
--
-- What must stay true:
--   * A note is written when its file is whole and on the disk, by the owner alone: a portal that was taken over cannot claim a backup.
--   * A restored database notes that it was restored, in the restore's own transaction. Notes before that one are of backups of the database
--     from which it came, and none of them counts as its own.
--   * Nothing here names a place or a person.
-- Undo: drop the table; nothing else reads it.

CREATE TABLE backup_notes (
  -- Without gaps and without a sequence, so that a restored database counts on as the one that was backed up.
  position integer PRIMARY KEY CHECK (position > 0),
  -- made: a file was made of this database. restored: this database was made of a file.
  what text NOT NULL CHECK (what IN ('made', 'restored')),
  noted_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  -- The instant that the file shows; of a restored one by the clock of the machine that made it.
  taken_at timestamptz(3) NOT NULL,
  bytes bigint NOT NULL CHECK (bytes > 0),
  -- As in the last line of the file.
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  -- Entries of the log in it, and those that the newest checkpoint in it covers.
  log_size bigint NOT NULL CHECK (log_size >= 0),
  signed_size bigint NOT NULL CHECK (signed_size >= 0),
  -- Which build made it or restored it.
  build text NOT NULL CHECK (length(build) BETWEEN 1 AND 64)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON backup_notes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON backup_notes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$ BEGIN
  GRANT SELECT ON backup_notes TO aceite_app, aceite_worker;
EXCEPTION WHEN undefined_object THEN
  NULL;
END $$;
