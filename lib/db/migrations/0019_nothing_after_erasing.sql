-- Nothing is written into a session that was erased.
--
-- Making a certificate takes seconds, in which its session may be erased. What came afterwards was sealed with a key that nobody has any
-- more, was deleted by nothing, and contradicted the tombstone.
--
-- What must stay true: of an erased session no row of these tables is left, whoever writes, and also when both happen at once. The
-- trigger's name puts it behind the check of the foreign key, which waits for an erasing that is under way.
-- Undo: drop the triggers and the function.

CREATE FUNCTION refuse_after_erasing() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM tombstones t WHERE t.session_id = NEW.session_id) THEN
    RAISE EXCEPTION 'session % was erased: nothing more is kept in %', NEW.session_id, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION refuse_after_erasing() FROM PUBLIC;

DO $$
DECLARE emptied text;
BEGIN
  FOREACH emptied IN ARRAY ARRAY['session_keys', 'blind_indexes', 'drafts', 'contracts', 'signer_details', 'acceptances', 'certificates',
    'certificate_queue'] LOOP
    EXECUTE format('CREATE TRIGGER z_refuse_after_erasing AFTER INSERT ON %I FOR EACH ROW EXECUTE FUNCTION refuse_after_erasing()', emptied);
  END LOOP;
  CREATE TRIGGER z_refuse_after_erasing AFTER INSERT ON staff_accesses FOR EACH ROW WHEN (NEW.reason_sealed IS NOT NULL)
    EXECUTE FUNCTION refuse_after_erasing();
END $$;
