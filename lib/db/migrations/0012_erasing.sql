-- The one way in which what is kept of a session ends.
--
-- What must stay true, for the owner of the tables too:
--   * Evidence goes through erase_session alone: not before its date, not under a legal hold, not while the delivery is unfinished, and
--     never without a tombstone and an event. What stays is the skeleton: ids, moments, status, reasons, the hashes of the chain.
--   * After it nothing is left that opens or can be guessed: neither the session's key nor a salt, sealed value, search entry or unsalted
--     hash over details of a person.
--   * A date only moves away.
-- Undo: none. The laws could be dropped; what was erased does not come back.

-- Laws ---------------------------------------------------------------------------------------------------------------

-- What erasing may do to rows that otherwise never change: take away values of the columns that the trigger names. Without columns the row
-- itself goes.
CREATE FUNCTION guard_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT is_erasing(OLD.session_id) THEN
    RAISE EXCEPTION '% is evidence and append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' AND TG_NARGS = 0 THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND TG_NARGS > 0 AND to_jsonb(NEW) = to_jsonb(OLD) || (SELECT jsonb_object_agg(name, NULL::text) FROM unnest(TG_ARGV) name) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'erasing takes no more from % than it must: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

DROP TRIGGER append_only ON contracts;
DROP TRIGGER append_only ON signer_details;
DROP TRIGGER append_only ON acceptances;
DROP TRIGGER append_only ON events;
DROP TRIGGER append_only ON delivery_attempts;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON contracts FOR EACH ROW EXECUTE FUNCTION guard_kept();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON signer_details FOR EACH ROW EXECUTE FUNCTION guard_kept();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON acceptances FOR EACH ROW EXECUTE FUNCTION guard_kept();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION guard_kept('private_sealed', 'salt_sealed', 'salt');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON delivery_attempts FOR EACH ROW EXECUTE FUNCTION guard_kept('reply_sealed');
-- Who destroys a session's key has destroyed the session.
CREATE TRIGGER no_delete BEFORE DELETE ON session_keys FOR EACH ROW EXECUTE FUNCTION guard_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON session_keys FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON blind_indexes FOR EACH ROW EXECUTE FUNCTION guard_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON blind_indexes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- An event has its salt from the trigger of its chain; after erasing it has none.
ALTER TABLE events DROP CONSTRAINT events_check, ADD CONSTRAINT one_salt_at_most CHECK (salt IS NULL OR salt_sealed IS NULL);

-- The bytes of a delivery are there until it is finished.
ALTER TABLE deliveries ALTER COLUMN body_sealed DROP NOT NULL, ALTER COLUMN body_sha256 DROP NOT NULL,
  ADD CONSTRAINT body_until_finished CHECK (body_sealed IS NOT NULL AND body_sha256 IS NOT NULL
    OR body_sealed IS NULL AND body_sha256 IS NULL AND lender_words_sealed IS NULL AND status IN ('DELIVERED', 'REJECTED'));

-- As in migration 0004, and nothing is sent again of what was erased.
CREATE OR REPLACE FUNCTION guard_delivery_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  is_allowed boolean := OLD.status <> 'DELIVERED' AND OLD.status = NEW.status OR CASE OLD.status
    WHEN 'QUEUED' THEN NEW.status IN ('SENDING')
    WHEN 'SENDING' THEN NEW.status IN ('DELIVERED', 'RETRY_WAIT', 'AMBIGUOUS', 'REJECTED', 'PAUSED', 'NEEDS_ATTENTION')
    WHEN 'RETRY_WAIT' THEN NEW.status IN ('SENDING', 'NEEDS_ATTENTION')
    WHEN 'AMBIGUOUS' THEN NEW.status IN ('DELIVERED', 'RETRY_WAIT', 'REJECTED', 'NEEDS_ATTENTION')
    WHEN 'PAUSED' THEN NEW.status IN ('QUEUED')
    WHEN 'NEEDS_ATTENTION' THEN NEW.status IN ('QUEUED', 'SENDING', 'AMBIGUOUS', 'DELIVERED', 'RETRY_WAIT', 'REJECTED')
    WHEN 'REJECTED' THEN NEW.status IN ('QUEUED')
    ELSE false END;
BEGIN
  IF NEW.body_sealed IS NULL AND OLD.body_sealed IS NOT NULL AND is_erasing(OLD.session_id) AND to_jsonb(NEW) = to_jsonb(OLD)
      || '{"body_sealed": null, "body_sha256": null, "lender_words_sealed": null}' THEN
    RETURN NEW;
  END IF;
  IF NOT is_allowed THEN
    RAISE EXCEPTION 'a delivery does not move from % to %', OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (OLD.session_id, OLD.workspace_id, OLD.debt_key, OLD.body_sha256, OLD.body_sealed) IS DISTINCT FROM
     (NEW.session_id, NEW.workspace_id, NEW.debt_key, NEW.body_sha256, NEW.body_sealed) THEN
    RAISE EXCEPTION 'the bytes of a delivery are made once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

-- As in migration 0008; and of what is final the date may move away, and erasing may take what it must.
CREATE OR REPLACE FUNCTION guard_session_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF OLD.status NOT IN ('PENDING', 'IN_PROGRESS') THEN
    IF NEW.keep_until > OLD.keep_until AND to_jsonb(NEW) - 'keep_until' = to_jsonb(OLD) - 'keep_until' THEN
      RETURN NEW;
    END IF;
    IF NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL AND is_erasing(OLD.id) AND to_jsonb(NEW) - 'erased_at' = to_jsonb(OLD) - 'erased_at'
        || '{"metadata_sealed": null, "closing_words_sealed": null, "return_url": null}' THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'session % is % and final', OLD.id, OLD.status USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (OLD.status, NEW.status) NOT IN (
    ('PENDING', 'PENDING'), ('IN_PROGRESS', 'IN_PROGRESS'),
    ('PENDING', 'IN_PROGRESS'), ('IN_PROGRESS', 'COMPLETED'),
    ('PENDING', 'FAILED'), ('IN_PROGRESS', 'FAILED'),
    ('PENDING', 'CANCELLED'), ('IN_PROGRESS', 'CANCELLED'),
    ('PENDING', 'EXPIRED'), ('IN_PROGRESS', 'EXPIRED'))
  THEN
    RAISE EXCEPTION 'a session does not move from % to %', OLD.status, NEW.status USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (OLD.id, OLD.workspace_id, OLD.api_key_id, OLD.order_id, OLD.debt_key, OLD.provider, OLD.language, OLD.created_at, OLD.expires_at,
      OLD.return_url, OLD.signing_deadline, OLD.final_due_date, OLD.contract_sha256, OLD.contract_bytes, OLD.contract_language,
      OLD.metadata_sealed, OLD.merchant_legal_name, OLD.lender_legal_name, OLD.erased_at)
     IS DISTINCT FROM
     (NEW.id, NEW.workspace_id, NEW.api_key_id, NEW.order_id, NEW.debt_key, NEW.provider, NEW.language, NEW.created_at, NEW.expires_at,
      NEW.return_url, NEW.signing_deadline, NEW.final_due_date, NEW.contract_sha256, NEW.contract_bytes, NEW.contract_language,
      NEW.metadata_sealed, NEW.merchant_legal_name, NEW.lender_legal_name, NEW.erased_at) THEN
    RAISE EXCEPTION 'what a session is about does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

-- The lender's answer starts the five years anew.
CREATE FUNCTION lengthen_keeping() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE signing_sessions s SET keep_until = keeping_floor(s) WHERE s.id = NEW.session_id AND s.keep_until < keeping_floor(s);
  RETURN NULL;
END $$;
CREATE TRIGGER lengthen_keeping AFTER UPDATE OF status ON deliveries FOR EACH ROW
  WHEN (NEW.status IN ('DELIVERED', 'REJECTED') AND OLD.status <> NEW.status) EXECUTE FUNCTION lengthen_keeping();

-- The one way out ------------------------------------------------------------------------------------------------------

-- How a session of this workspace stands: unknown, open, erased, held, undelivered, kept, due. `asked` is a request that may end the keeping
-- of what was never opened before its term; nothing else is shortened by a request.
CREATE FUNCTION erasure_standing(wanted uuid, asked uuid, OUT standing text, OUT class text, OUT rule text, OUT kept_until timestamptz)
  LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public AS $$
DECLARE s signing_sessions;
BEGIN
  SELECT * INTO s FROM signing_sessions WHERE id = wanted AND workspace_id = aceite_workspace();
  IF s.id IS NULL THEN
    standing := 'unknown';
    RETURN;
  END IF;
  class := keeping_class(s);
  kept_until := greatest(s.keep_until, keeping_floor(s));
  rule := 'term_over';
  standing := CASE
    WHEN s.erased_at IS NOT NULL THEN 'erased'
    WHEN s.closed_at IS NULL THEN 'open'
    WHEN EXISTS (SELECT FROM legal_holds h WHERE h.session_id = s.id AND h.lifted_at IS NULL) THEN 'held'
    WHEN class = 'E1' AND NOT EXISTS (SELECT FROM deliveries d WHERE d.session_id = s.id AND d.status IN ('DELIVERED', 'REJECTED'))
      THEN 'undelivered'
    WHEN aceite_now() >= kept_until THEN 'due'
    ELSE 'kept' END;
  IF standing = 'kept' AND class = 'E3' AND EXISTS (
      SELECT FROM erasure_requests r JOIN blind_indexes b ON b.workspace_id = r.workspace_id AND b.field = 'identity' AND b.digest = r.subject_digest
      WHERE r.id = asked AND r.workspace_id = s.workspace_id AND b.session_id = s.id) THEN
    standing := 'due';
    rule := 'requested';
    kept_until := aceite_now();
  END IF;
END $$;

-- Whoever writes a tombstone, however: the session must be due. After the walls, so that these speak first.
CREATE FUNCTION guard_tombstone() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE judged record;
BEGIN
  SELECT * INTO judged FROM erasure_standing(NEW.session_id, NEW.request_id);
  IF judged.standing <> 'due' OR (judged.class, judged.rule) <> (NEW.class, NEW.rule)
      OR current_user <> 'aceite_eraser' AND to_regrole('aceite_eraser') IS NOT NULL THEN
    RAISE EXCEPTION 'session % is % and not erased', NEW.session_id, judged.standing USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER guard_tombstone AFTER INSERT ON tombstones FOR EACH ROW EXECUTE FUNCTION guard_tombstone();

-- Erases what a session of this workspace holds of people, when it is due, and answers 'erased'; otherwise changes nothing and answers how the
-- session stands. What is erased twice at once is erased once.
CREATE FUNCTION erase_session(wanted uuid, asked uuid) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  judged record;
  head record;
  ending record;
  counted jsonb;
  told jsonb;
  salt bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
  at timestamptz(3);
BEGIN
  -- Statements after the wait see what its cause has committed: another sweep, a hold.
  PERFORM FROM signing_sessions WHERE id = wanted AND workspace_id = aceite_workspace() FOR UPDATE;
  PERFORM FROM deliveries WHERE session_id = wanted FOR UPDATE;
  SELECT * INTO judged FROM erasure_standing(wanted, asked);
  IF judged.standing <> 'due' THEN
    RETURN judged.standing;
  END IF;

  SELECT e.sequence, e.hash, e.occurred_at INTO head FROM events e WHERE e.session_id = wanted ORDER BY e.sequence DESC LIMIT 1;
  SELECT jsonb_build_object(
    'acceptances', (SELECT count(*) FROM acceptances WHERE session_id = wanted),
    'blind_indexes', (SELECT count(*) FROM blind_indexes WHERE session_id = wanted),
    'contracts', (SELECT count(*) FROM contracts WHERE session_id = wanted),
    'deliveries', (SELECT count(*) FROM deliveries WHERE session_id = wanted),
    'delivery_attempts', (SELECT count(*) FROM delivery_attempts WHERE session_id = wanted),
    'events', (SELECT count(*) FROM events WHERE session_id = wanted),
    'legal_holds', (SELECT count(*) FROM legal_holds WHERE session_id = wanted),
    'session_keys', (SELECT count(*) FROM session_keys WHERE session_id = wanted),
    'signer_details', (SELECT count(*) FROM signer_details WHERE session_id = wanted)) INTO counted;

  -- RFC 8785: the keys in order, and no value that needs an escape.
  told := jsonb_build_object('class', judged.class, 'rule', judged.rule);
  INSERT INTO events (session_id, workspace_id, type, actor, data, salt, content_hash)
    VALUES (wanted, aceite_workspace(), 'erased', 'system', told, salt, sha256(convert_to(E'aceite-event-v1\n', 'UTF8') || salt || convert_to(
      format('{"actor":"system","data":{"class":"%s","rule":"%s"},"type":"erased"}', judged.class, judged.rule), 'UTF8')))
    RETURNING hash, sequence, occurred_at INTO ending;
  at := ending.occurred_at;
  INSERT INTO tombstones (session_id, workspace_id, class, rule, request_id, kept_until, erased_at, contract_sha256, chain_length, chain_head,
      event_hash, rows)
    SELECT wanted, s.workspace_id, judged.class, judged.rule, CASE judged.rule WHEN 'requested' THEN asked END, least(judged.kept_until, at), at,
      s.contract_sha256, head.sequence, head.hash, ending.hash, counted
    FROM signing_sessions s WHERE s.id = wanted;

  DELETE FROM session_keys WHERE session_id = wanted;
  DELETE FROM blind_indexes WHERE session_id = wanted;
  DELETE FROM drafts WHERE session_id = wanted;
  DELETE FROM contracts WHERE session_id = wanted;
  DELETE FROM signer_details WHERE session_id = wanted;
  DELETE FROM acceptances WHERE session_id = wanted;
  UPDATE deliveries SET body_sealed = NULL, body_sha256 = NULL, lender_words_sealed = NULL WHERE session_id = wanted;
  UPDATE delivery_attempts SET reply_sealed = NULL WHERE session_id = wanted;
  UPDATE legal_holds SET reason_sealed = NULL, lift_reason_sealed = NULL WHERE session_id = wanted;
  -- The last event's salt may stay: it names nobody, and without it the erasure itself could not be shown.
  UPDATE events SET private_sealed = NULL, salt_sealed = NULL, salt = NULL WHERE session_id = wanted AND sequence < ending.sequence;
  UPDATE signing_sessions SET metadata_sealed = NULL, closing_words_sealed = NULL, return_url = NULL, erased_at = at WHERE id = wanted;
  RETURN 'erased';
END $$;

-- Sessions whose date has come, oldest first, after a place in that order: some of them may be held or undelivered and stay.
CREATE FUNCTION find_ended_keeping(after_until timestamptz, after_id uuid, how_many integer)
  RETURNS TABLE (session_id uuid, workspace_id uuid, keep_until timestamptz)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ SELECT s.id, s.workspace_id, s.keep_until FROM public.signing_sessions s
        WHERE s.erased_at IS NULL AND s.keep_until IS NOT NULL AND s.keep_until <= (SELECT public.aceite_now())
          AND (s.keep_until, s.id) > (after_until, after_id)
        ORDER BY s.keep_until, s.id LIMIT how_many $$;

REVOKE ALL ON FUNCTION guard_kept(), lengthen_keeping(), erasure_standing(uuid, uuid), guard_tombstone(),
  erase_session(uuid, uuid), find_ended_keeping(timestamptz, uuid, integer) FROM PUBLIC;

DO $$
DECLARE
  role_name text;
  joined text[] := '{}';
BEGIN
  IF to_regrole('aceite_lookup') IS NULL THEN
    RETURN;
  END IF;
  IF to_regrole('aceite_eraser') IS NULL THEN
    CREATE ROLE aceite_eraser NOLOGIN;
  END IF;
  FOREACH role_name IN ARRAY ARRAY['aceite_lookup', 'aceite_eraser'] LOOP
    IF NOT pg_has_role(current_user, role_name, 'USAGE') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
      joined := joined || role_name;
    END IF;
  END LOOP;
  GRANT USAGE ON SCHEMA public TO aceite_eraser;
  GRANT CREATE ON SCHEMA public TO aceite_lookup, aceite_eraser;
  ALTER FUNCTION find_ended_keeping(timestamptz, uuid, integer) OWNER TO aceite_lookup;
  ALTER FUNCTION erase_session(uuid, uuid) OWNER TO aceite_eraser;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup, aceite_eraser;

  GRANT SELECT, DELETE ON session_keys, blind_indexes, drafts, contracts, signer_details, acceptances TO aceite_eraser;
  GRANT SELECT ON signing_sessions, deliveries, delivery_attempts, events, legal_holds, erasure_requests, tombstones TO aceite_eraser;
  GRANT UPDATE (metadata_sealed, closing_words_sealed, return_url, erased_at) ON signing_sessions TO aceite_eraser;
  GRANT UPDATE (body_sealed, body_sha256, lender_words_sealed) ON deliveries TO aceite_eraser;
  GRANT UPDATE (reply_sealed) ON delivery_attempts TO aceite_eraser;
  GRANT UPDATE (reason_sealed, lift_reason_sealed) ON legal_holds TO aceite_eraser;
  GRANT UPDATE (private_sealed, salt_sealed, salt) ON events TO aceite_eraser;
  GRANT INSERT ON events, log_queue, tombstones TO aceite_eraser;
  GRANT EXECUTE ON FUNCTION erasure_standing(uuid, uuid) TO aceite_eraser;
  GRANT EXECUTE ON FUNCTION erase_session(uuid, uuid) TO aceite_retention;
  GRANT EXECUTE ON FUNCTION find_ended_keeping(timestamptz, uuid, integer) TO aceite_worker;
  GRANT UPDATE (keep_until) ON signing_sessions TO aceite_worker;

  FOREACH role_name IN ARRAY joined LOOP
    EXECUTE format('REVOKE %I FROM CURRENT_USER', role_name);
  END LOOP;
END $$;
