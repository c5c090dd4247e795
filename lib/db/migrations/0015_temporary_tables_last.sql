-- No temporary table stands in for one of ours.
--
-- A search path that does not name pg_temp is searched there first. Whoever may speak SQL as the portal's login could so show the laws other
-- rows than there are: a session that seems due, a queue that forgets, another last event. Named, pg_temp comes last, after every table.
--
-- What must stay true: every function of ours, the later ones too, names its search path, with pg_temp at its end. But for aceite_now and
-- aceite_workspace, which are planned into the statements around them and look at no table that could be another.
-- Undo: set the search paths without pg_temp again.

DO $$
DECLARE
  role_name text;
  ours regprocedure;
  joined text[] := '{}';
BEGIN
  FOREACH role_name IN ARRAY ARRAY['aceite_lookup', 'aceite_eraser'] LOOP
    IF to_regrole(role_name) IS NOT NULL AND NOT pg_has_role(current_user, role_name, 'USAGE') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
      joined := joined || role_name;
    END IF;
  END LOOP;

  FOR ours IN SELECT p.oid FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname NOT IN ('aceite_now', 'aceite_workspace')
      AND (p.proowner = current_user::regrole OR p.proowner IN (to_regrole('aceite_lookup'), to_regrole('aceite_eraser')))
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', ours);
  END LOOP;

  FOREACH role_name IN ARRAY joined LOOP
    EXECUTE format('REVOKE %I FROM CURRENT_USER', role_name);
  END LOOP;
END $$;
