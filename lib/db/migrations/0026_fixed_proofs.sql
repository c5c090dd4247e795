-- Which stamps and witnesses' lines belong to the proof that a certificate fixed. More may come under the same checkpoint later: an authority
-- that was away, a witness that was slow. A final dossier is the same bytes whenever it is asked for, so it shows those of its certificate only.
--
-- What must stay true: both are written with the certificate, of what its own snapshot held, and never change.
-- Undo: drop both columns; final dossiers would change when a stamp or a line comes late.

ALTER TABLE certificates
  -- Authorities by their names, witnesses by theirs. Null in rows from before: all that there are.
  ADD COLUMN stamped_by text[],
  ADD COLUMN cosigned_by text[];
