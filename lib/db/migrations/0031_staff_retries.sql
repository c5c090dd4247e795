-- Staff may have a delivery tried again that the lender rejected, or that waits for a person. They do it as the worker would: by its rights,
-- through its lease. A rejected signature holds its debt no longer, so that another session may hold it by now: whoever has it tried again
-- asks first, by the same door as the creation of a session.
--
-- What must stay true: two live deliveries of one debt are impossible (deliveries_one_live_per_debt), and nobody is asked to sign a debt
-- whose rejected signature is on its way again.
-- Undo: take the right away.

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
  GRANT EXECUTE ON FUNCTION find_debt_holders(text) TO aceite_worker;
  IF is_joined THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $$;
