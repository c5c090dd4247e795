-- Staff who take a dossier out of the portal say why.
--
-- A dossier holds a signer's details in full, so taking one is the weightiest kind of access: it is written down before the bytes leave, with
-- a reason (sealed under the session's key, because people name people).
--
-- What must stay true: an access to a dossier has a reason, and no other access has one.
-- Undo: delete no row; drop the column and put the old CHECK back once no row says 'dossier'.

ALTER TABLE staff_accesses
  ADD COLUMN reason_sealed bytea,
  DROP CONSTRAINT staff_accesses_what_check,
  ADD CONSTRAINT staff_accesses_what_check CHECK (what IN ('session', 'evidence', 'dossier')),
  ADD CHECK ((what = 'dossier') = (reason_sealed IS NOT NULL));
