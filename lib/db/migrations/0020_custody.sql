-- A certificate says how often people have looked at its session or taken its evidence out, by their roles. Whoever makes it has to count.
--
-- What must stay true: the worker counts accesses, and writes none.
-- Undo: take the rights back; certificates would say that nobody has counted.

DO $$ BEGIN
  GRANT SELECT ON staff_accesses, staff_members TO aceite_worker;
EXCEPTION WHEN undefined_object THEN
  -- A server that forbids roles: migration 0006 has said so.
  NULL;
END $$;
