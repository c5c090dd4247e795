-- The door for whoever holds a receipt and asks whether it is true.
--
-- What must stay true: the code, whole and right, is all that opens it; it answers where the session is and nothing that it says.
-- Undo: drop the function.

CREATE FUNCTION find_session_by_receipt(code text) RETURNS TABLE (session_id uuid, workspace_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT s.id, s.workspace_id FROM public.signing_sessions s WHERE s.receipt_code = code $$;
REVOKE ALL ON FUNCTION find_session_by_receipt(text) FROM PUBLIC;

DO $$
DECLARE is_joined boolean := false;
BEGIN
  IF to_regrole('aceite_lookup') IS NULL THEN
    RETURN;
  END IF;
  IF NOT pg_has_role(current_user, 'aceite_lookup', 'USAGE') THEN
    GRANT aceite_lookup TO CURRENT_USER;
    is_joined := true;
  END IF;
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION find_session_by_receipt(text) OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;
  GRANT EXECUTE ON FUNCTION find_session_by_receipt(text) TO aceite_app;
  IF is_joined THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $$;
