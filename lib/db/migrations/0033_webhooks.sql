-- Webhooks to merchants: where they want to be told, what there is to tell, and every attempt to tell it.
--
-- What happened to a session is told by a row written in the very transaction that records it, whoever writes the event, so that nothing is
-- told that did not happen and nothing that happened is forgotten. A workspace without endpoints pays one look into an index for it.
--
-- What must stay true:
--   * The id and the bytes of a message are made once; every attempt, and whoever sends it again, sends the same.
--   * The bytes hold no personal data: nothing that is sealed elsewhere, no words of a person, no address that opens anything.
--   * Of one delivery no two attempts run at once, and an endpoint that does not answer delays no other.
-- Undo: drop the tables, the triggers and the functions; what is still to be told would be lost with them.

CREATE TABLE webhook_endpoints (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  url text NOT NULL CHECK (length(url) BETWEEN 1 AND 2000),
  -- Types of lib/domain/webhook-type.ts, or '*' alone for whatever there is and will be.
  event_types text[] NOT NULL CHECK (cardinality(event_types) BETWEEN 1 AND 40),
  secret_sealed bytea NOT NULL,
  -- The secret before it signs as well for a while, so that the receiver can change it without missing anything.
  former_secret_sealed bytea,
  former_until timestamptz(3),
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'disabled')),
  disabled_reason text CHECK (disabled_reason IN ('by_person', 'gone', 'failing')),
  disabled_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  -- The first failure since the last success; null while it answers.
  failing_since timestamptz(3),
  last_success_at timestamptz(3),
  CHECK ((state = 'disabled') = (disabled_reason IS NOT NULL AND disabled_at IS NOT NULL)),
  CHECK ((former_secret_sealed IS NULL) = (former_until IS NULL))
);
CREATE INDEX webhook_endpoints_by_workspace ON webhook_endpoints (workspace_id, created_at, id);
CREATE INDEX webhook_endpoints_active ON webhook_endpoints (workspace_id) WHERE state = 'active';

-- One Ed25519 key per workspace: with one for all, a merchant could hand another merchant's receiver messages of its own.
CREATE TABLE webhook_signing_keys (
  workspace_id uuid PRIMARY KEY REFERENCES workspaces,
  public_key bytea NOT NULL CHECK (length(public_key) = 32),
  seed_sealed bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);

CREATE TABLE webhook_events (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  workspace_id uuid NOT NULL REFERENCES workspaces,
  type text NOT NULL CHECK (type ~ '^[a-z_]{1,40}\.[a-z_]{1,40}$'),
  -- Both absent for a test, which tells of no session.
  session_id uuid REFERENCES signing_sessions,
  sequence integer CHECK (sequence >= 1),
  occurred_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  body bytea NOT NULL CHECK (length(body) BETWEEN 2 AND 20000),
  CHECK ((session_id IS NULL) = (sequence IS NULL))
);
CREATE INDEX webhook_events_by_age ON webhook_events (created_at);

-- The outbox. A claim takes a lease and a new fence; a result counts only under the fence it was claimed with.
CREATE TABLE webhook_deliveries (
  endpoint_id uuid NOT NULL REFERENCES webhook_endpoints,
  event_id uuid NOT NULL REFERENCES webhook_events ON DELETE CASCADE,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  status text NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'DELIVERED', 'FAILED')),
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  -- In a row, since it was queued or last sent again by a person.
  failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  created_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  next_attempt_at timestamptz(3) DEFAULT aceite_now(),
  last_attempt_at timestamptz(3),
  delivered_at timestamptz(3),
  reason text CHECK (reason ~ '^[a-z0-9_]{1,60}$'),
  lease_until timestamptz(3),
  fence bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (endpoint_id, event_id),
  -- Nothing waits for ever by accident: whatever is not at rest names its next moment.
  CHECK ((status = 'PENDING') = (next_attempt_at IS NOT NULL)),
  CHECK ((status = 'DELIVERED') <= (delivered_at IS NOT NULL))
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX webhook_deliveries_leased ON webhook_deliveries (endpoint_id, lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX webhook_deliveries_leased_by_workspace ON webhook_deliveries (workspace_id, lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (endpoint_id, created_at DESC, event_id DESC);
CREATE INDEX webhook_deliveries_by_event ON webhook_deliveries (event_id);

CREATE TABLE webhook_attempts (
  id uuid PRIMARY KEY,
  endpoint_id uuid NOT NULL,
  event_id uuid NOT NULL,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  started_at timestamptz(3) NOT NULL,
  latency_ms integer NOT NULL CHECK (latency_ms >= 0),
  outcome text NOT NULL CHECK (outcome ~ '^[a-z0-9_]{1,60}$'),
  http_status integer,
  -- The beginning of the answer, scrubbed of whatever looks like a person's.
  reply text CHECK (length(reply) <= 1024),
  FOREIGN KEY (endpoint_id, event_id) REFERENCES webhook_deliveries ON DELETE CASCADE
);
CREATE INDEX webhook_attempts_by_delivery ON webhook_attempts (endpoint_id, event_id, started_at, id);

-- Which of a session's events are told, and as what. lib/domain/webhook-type.ts names the types.
CREATE FUNCTION webhook_type(event_type text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT CASE event_type
    WHEN 'created' THEN 'signing_session.created'
    WHEN 'started' THEN 'signing_session.started'
    WHEN 'accepted' THEN 'signing_session.completed'
    WHEN 'declined' THEN 'signing_session.failed'
    WHEN 'expired' THEN 'signing_session.expired'
    WHEN 'cancelled' THEN 'signing_session.cancelled'
    WHEN 'withdrawal_requested' THEN 'signing_session.disputed'
    WHEN 'disputed' THEN 'signing_session.disputed'
    WHEN 'lender_received' THEN 'lender.signature_received'
    WHEN 'lender_rejected' THEN 'lender.rejected'
    WHEN 'delivery_needs_attention' THEN 'lender.needs_attention' END $$;

CREATE FUNCTION webhook_time(at timestamptz) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
  AS $$ SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- The session as it stands in this transaction, without personal data: only columns that lie open, and of these no words and no addresses.
CREATE FUNCTION webhook_session(wanted uuid, place integer, more json) RETURNS json
  LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
  AS $$
    SELECT json_strip_nulls(json_build_object(
      'signingSessionId', s.id, 'sequence', place, 'orderId', s.order_id, 'debtKey', s.debt_key, 'status', s.status,
      'provider', s.provider, 'language', s.language, 'createdAt', webhook_time(s.created_at), 'expiresAt', webhook_time(s.expires_at),
      'contract', json_build_object('language', s.contract_language, 'sha256', encode(s.contract_sha256, 'hex'), 'byteLength', s.contract_bytes),
      'completedAt', CASE s.status WHEN 'COMPLETED' THEN webhook_time(s.closed_at) END,
      'receiptCode', s.receipt_code,
      'failureReason', s.failure_reason,
      'cancelledAt', CASE s.status WHEN 'CANCELLED' THEN webhook_time(s.closed_at) END,
      'delivery', (SELECT json_build_object('status', d.status, 'attempts', d.attempts, 'lastAttemptAt', webhook_time(d.last_attempt_at),
        'deliveredAt', webhook_time(d.delivered_at), 'lenderCode', more ->> 'lenderCode') FROM deliveries d WHERE d.session_id = s.id),
      'objection', more -> 'objection'))
    FROM signing_sessions s WHERE s.id = wanted $$;

-- Writes one message and queues it for every endpoint of its workspace that wants it; nothing at all when none does.
CREATE FUNCTION queue_webhook(workspace uuid, kind text, session uuid, place integer, at timestamptz, more json) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE message uuid := gen_random_uuid();
BEGIN
  IF NOT EXISTS (SELECT FROM webhook_endpoints e WHERE e.workspace_id = workspace AND e.state = 'active' AND e.event_types && ARRAY[kind, '*']) THEN
    RETURN;
  END IF;
  INSERT INTO webhook_events (id, workspace_id, type, session_id, sequence, occurred_at, body)
    VALUES (message, workspace, kind, session, place, at, convert_to(json_build_object('eventId', message, 'type', kind,
      'occurredAt', webhook_time(at), 'data', webhook_session(session, place, more))::text, 'UTF8'));
  INSERT INTO webhook_deliveries (endpoint_id, event_id, workspace_id)
    SELECT e.id, message, workspace FROM webhook_endpoints e
    WHERE e.workspace_id = workspace AND e.state = 'active' AND e.event_types && ARRAY[kind, '*'];
END $$;

-- The place of an event in its session's chain, doubled, so that what is told between two events has a place of its own.
CREATE FUNCTION tell_event() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM queue_webhook(NEW.workspace_id, webhook_type(NEW.type), NEW.session_id, 2 * NEW.sequence, NEW.occurred_at,
    json_build_object('lenderCode', NEW.data ->> 'lenderCode',
      'objection', CASE WHEN NEW.type IN ('withdrawal_requested', 'disputed') THEN json_build_object('kind', NEW.type, 'from', NEW.data ->> 'from') END));
  RETURN NULL;
END $$;
CREATE TRIGGER tell_webhooks AFTER INSERT ON events FOR EACH ROW
  WHEN (NEW.type IN ('created', 'started', 'accepted', 'declined', 'expired', 'cancelled', 'withdrawal_requested', 'disputed',
    'lender_received', 'lender_rejected', 'delivery_needs_attention')) EXECUTE FUNCTION tell_event();

-- The proof of a signed session is there when the court's certificate of its story is; it is written once per story.
CREATE FUNCTION tell_final() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last integer;
BEGIN
  -- As the chain does: an event that comes at the same time is told before this or after it, never in the same place.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.session_id::text, 8));
  SELECT max(e.sequence) INTO last FROM events e WHERE e.session_id = NEW.session_id;
  IF EXISTS (SELECT FROM signing_sessions s WHERE s.id = NEW.session_id AND s.status = 'COMPLETED') THEN
    PERFORM queue_webhook(NEW.workspace_id, 'evidence.final', NEW.session_id, 2 * last + 1, NEW.made_at, '{}');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_webhooks AFTER INSERT ON certificates FOR EACH ROW WHEN (NEW.kind = 'court') EXECUTE FUNCTION tell_final();

-- The worker's claim: the delivery that has been due longest among endpoints that have room for one more. One that fails has room for a
-- single attempt at a time, and no workspace has more than its share, whatever the number of its endpoints. Claims wait for each other, so that the room is counted right.
CREATE FUNCTION claim_webhook(lease_ms integer, at_once integer, workspace_at_once integer)
  RETURNS TABLE (endpoint_id uuid, event_id uuid, workspace_id uuid, fence bigint, claimed_at timestamptz)
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE instant timestamptz(3);
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('claim_webhook', 27));
  instant := public.aceite_now();
  RETURN QUERY
    UPDATE public.webhook_deliveries d SET attempts = d.attempts + 1, fence = d.fence + 1, last_attempt_at = instant,
      lease_until = instant + lease_ms * interval '1 millisecond', next_attempt_at = instant + lease_ms * interval '1 millisecond'
    FROM (
      SELECT e.id AS endpoint, due.event_id AS event FROM public.webhook_endpoints e CROSS JOIN LATERAL (
        SELECT c.event_id, c.next_attempt_at FROM public.webhook_deliveries c WHERE c.endpoint_id = e.id AND c.next_attempt_at <= instant
        ORDER BY c.next_attempt_at LIMIT 1) due
      WHERE e.state = 'active' AND (SELECT count(*) FROM public.webhook_deliveries o WHERE o.endpoint_id = e.id AND o.lease_until > instant)
        < CASE WHEN e.failing_since IS NULL THEN at_once ELSE 1 END
        AND (SELECT count(*) FROM public.webhook_deliveries w WHERE w.workspace_id = e.workspace_id AND w.lease_until > instant) < workspace_at_once
      ORDER BY due.next_attempt_at LIMIT 1) chosen
    WHERE d.endpoint_id = chosen.endpoint AND d.event_id = chosen.event AND d.next_attempt_at <= instant
    RETURNING d.endpoint_id, d.event_id, d.workspace_id, d.fence, instant::timestamptz;
END $$;

-- Removes messages that are old enough, with their deliveries and attempts, in small batches. What was queued at the moment in which its endpoint
-- was switched off rests.
CREATE FUNCTION prune_webhooks(how_many integer) RETURNS integer
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  AS $$
    WITH rested AS (
      UPDATE public.webhook_deliveries d SET status = 'FAILED', next_attempt_at = NULL, reason = 'endpoint_disabled'
        FROM public.webhook_endpoints e WHERE e.id = d.endpoint_id AND e.state = 'disabled' AND d.status = 'PENDING' RETURNING 1),
    gone AS (
      DELETE FROM public.webhook_events WHERE id = ANY (ARRAY(
        SELECT id FROM public.webhook_events WHERE created_at < public.aceite_now() - interval '30 days' ORDER BY created_at LIMIT how_many))
      RETURNING 1)
    SELECT count(*)::integer FROM gone $$;

REVOKE ALL ON FUNCTION webhook_type(text), webhook_time(timestamptz), webhook_session(uuid, integer, json),
  queue_webhook(uuid, text, uuid, integer, timestamptz, json), tell_event(), tell_final(), claim_webhook(integer, integer, integer),
  prune_webhooks(integer) FROM PUBLIC;

DO $$
DECLARE
  scoped text;
  was_member boolean;
BEGIN
  FOREACH scoped IN ARRAY ARRAY['webhook_endpoints', 'webhook_signing_keys', 'webhook_events', 'webhook_deliveries', 'webhook_attempts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = aceite_workspace())', scoped);
  END LOOP;
  -- A server that let 0006 make no roles has no second wall to fit these into.
  IF to_regrole('aceite_lookup') IS NULL THEN
    RETURN;
  END IF;
  FOREACH scoped IN ARRAY ARRAY['webhook_endpoints', 'webhook_signing_keys', 'webhook_events', 'webhook_deliveries', 'webhook_attempts'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
  END LOOP;
  was_member := pg_has_role(current_user, 'aceite_lookup', 'USAGE');
  IF NOT was_member THEN
    GRANT aceite_lookup TO CURRENT_USER;
  END IF;
  CREATE POLICY doors ON webhook_endpoints TO aceite_lookup USING (true);
  CREATE POLICY doors ON webhook_events TO aceite_lookup USING (true);
  CREATE POLICY doors ON webhook_deliveries TO aceite_lookup USING (true);
  GRANT SELECT ON webhook_endpoints, webhook_deliveries, webhook_events TO aceite_lookup;
  GRANT UPDATE (status, reason, attempts, fence, last_attempt_at, lease_until, next_attempt_at) ON webhook_deliveries TO aceite_lookup;
  GRANT DELETE ON webhook_events TO aceite_lookup;
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION claim_webhook(integer, integer, integer) OWNER TO aceite_lookup;
  ALTER FUNCTION prune_webhooks(integer) OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;
  GRANT EXECUTE ON FUNCTION claim_webhook(integer, integer, integer), prune_webhooks(integer) TO aceite_worker;
  GRANT EXECUTE ON FUNCTION webhook_type(text), webhook_time(timestamptz), webhook_session(uuid, integer, json),
    queue_webhook(uuid, text, uuid, integer, timestamptz, json) TO aceite_app, aceite_worker;
  GRANT SELECT, INSERT ON webhook_endpoints, webhook_signing_keys TO aceite_app;
  GRANT UPDATE (secret_sealed, former_secret_sealed, former_until, state, disabled_reason, disabled_at) ON webhook_endpoints TO aceite_app;
  GRANT SELECT, INSERT ON webhook_events, webhook_deliveries TO aceite_app, aceite_worker;
  GRANT UPDATE (status, failures, next_attempt_at, reason) ON webhook_deliveries TO aceite_app;
  GRANT SELECT ON webhook_attempts TO aceite_app;
  GRANT SELECT ON webhook_endpoints, webhook_signing_keys TO aceite_worker;
  GRANT UPDATE (state, disabled_reason, disabled_at, failing_since, last_success_at) ON webhook_endpoints TO aceite_worker;
  GRANT UPDATE (status, failures, next_attempt_at, delivered_at, reason, lease_until) ON webhook_deliveries TO aceite_worker;
  GRANT SELECT, INSERT, DELETE ON webhook_attempts TO aceite_worker;
  IF NOT was_member THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;
END $$;
