-- How the log stands, for figures and for staff: since when something waits for it, and whether its signer refuses what it finds.
--
-- What must stay true:
--   * Whoever watches the portal learns that no proofs are made any more without reading the words of a process.
--   * A refusal stands here until the signer signs again. It decides nothing: what may be signed the signer knows from its own memory.
-- Undo: drop the table and the column; nothing else reads them.

ALTER TABLE log_queue ADD COLUMN queued_at timestamptz(3) NOT NULL DEFAULT aceite_now();

CREATE TABLE log_refusals (
  is_the_only_row boolean PRIMARY KEY DEFAULT true CHECK (is_the_only_row),
  code text NOT NULL CHECK (code IN ('log_rollback_detected', 'log_rewritten')),
  -- Entries of the log that was found, and of the one that was signed before.
  size bigint NOT NULL CHECK (size >= 0),
  signed bigint NOT NULL CHECK (signed >= 0),
  -- When it was refused first; it is refused again every few seconds.
  refused_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);

DO $$ BEGIN
  GRANT SELECT ON log_queue, log_refusals TO aceite_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON log_refusals TO aceite_worker;
EXCEPTION WHEN undefined_object THEN
  NULL;
END $$;
