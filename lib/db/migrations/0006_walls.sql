-- The second wall: row-level security and working roles, beneath the condition that every query carries anyway.
-- Four roles without a login. The portal's login owns nothing and takes one of the first three for each transaction; the fourth
-- owns the doors. A server that forbids CREATE ROLE runs without this wall; the start says so.
--
-- What must stay true: a row of a workspace is invisible without aceite.workspace; each role may do what its use cases do, no more.
-- Undo: disable row-level security, give the doors to the owner, drop the roles.

ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_workspace ON workspaces USING (id = aceite_workspace());
DO $$
DECLARE scoped text;
BEGIN
  FOREACH scoped IN ARRAY ARRAY['api_keys', 'signing_sessions', 'session_keys', 'contracts', 'signer_details', 'drafts', 'blind_indexes',
    'acceptances', 'events', 'deliveries', 'delivery_attempts', 'idempotency_keys', 'staff_members', 'staff_accesses'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', scoped);
    EXECUTE format('CREATE POLICY own_workspace ON %I USING (workspace_id = aceite_workspace())', scoped);
  END LOOP;
END $$;

DO $$
DECLARE
  role_name text;
  scoped text;
  joined text[] := '{}';
BEGIN
  FOREACH role_name IN ARRAY ARRAY['aceite_app', 'aceite_worker', 'aceite_retention', 'aceite_lookup'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
    END IF;
    IF NOT pg_has_role(current_user, role_name, 'USAGE') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
      joined := joined || role_name;
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', role_name);
  END LOOP;

  GRANT SELECT ON workspaces, api_keys, signing_sessions, session_keys, contracts, signer_details, blind_indexes, acceptances, events,
    deliveries, delivery_attempts TO aceite_app, aceite_worker;
  GRANT SELECT, INSERT, UPDATE ON workspaces, api_keys, staff_members TO aceite_app;
  GRANT INSERT ON signing_sessions, session_keys, contracts, signer_details, blind_indexes, acceptances, events, deliveries TO aceite_app;
  GRANT UPDATE (status, started_at, closed_at, failure_reason, cancelled_by, receipt_code, details_version, link_issue, link_sha256,
    expires_at, closing_words_sealed) ON signing_sessions TO aceite_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON drafts TO aceite_app;
  GRANT SELECT, INSERT, UPDATE ON idempotency_keys TO aceite_app;
  GRANT SELECT, INSERT ON staff_accesses TO aceite_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON staff_user, staff_session, staff_account, staff_verification,
    staff_sign_in_failures TO aceite_app;
  GRANT UPDATE (status, closed_at) ON signing_sessions TO aceite_worker;
  GRANT DELETE, SELECT ON drafts TO aceite_worker;
  GRANT INSERT ON events, delivery_attempts TO aceite_worker;
  GRANT UPDATE (status, attempts, failures, first_attempt_at, last_attempt_at, next_attempt_at, lease_until, was_ambiguous,
    delivered_at, delivered_by, reason, lender_words_sealed) ON deliveries TO aceite_worker;

  GRANT SELECT ON workspaces, staff_members, api_keys, signing_sessions, deliveries, idempotency_keys TO aceite_lookup;
  GRANT UPDATE ON deliveries TO aceite_lookup;
  GRANT DELETE ON idempotency_keys TO aceite_lookup;
  FOREACH scoped IN ARRAY ARRAY['workspaces', 'staff_members', 'api_keys', 'signing_sessions', 'deliveries', 'idempotency_keys'] LOOP
    EXECUTE format('CREATE POLICY doors ON %I TO aceite_lookup USING (true)', scoped);
  END LOOP;
  GRANT CREATE ON SCHEMA public TO aceite_lookup;
  ALTER FUNCTION find_api_key(bytea) OWNER TO aceite_lookup;
  ALTER FUNCTION find_session(uuid) OWNER TO aceite_lookup;
  ALTER FUNCTION find_session_by_link(bytea) OWNER TO aceite_lookup;
  ALTER FUNCTION find_staff_memberships(text) OWNER TO aceite_lookup;
  ALTER FUNCTION find_debt_holders(text) OWNER TO aceite_lookup;
  ALTER FUNCTION find_workspaces() OWNER TO aceite_lookup;
  ALTER FUNCTION find_lapsed_sessions(integer) OWNER TO aceite_lookup;
  ALTER FUNCTION claim_delivery(integer) OWNER TO aceite_lookup;
  ALTER FUNCTION find_paused_deliveries(integer) OWNER TO aceite_lookup;
  ALTER FUNCTION prune_idempotency_keys(integer) OWNER TO aceite_lookup;
  ALTER FUNCTION delivery_figures() OWNER TO aceite_lookup;
  REVOKE CREATE ON SCHEMA public FROM aceite_lookup;

  GRANT EXECUTE ON FUNCTION find_api_key(bytea), find_session(uuid), find_session_by_link(bytea), find_staff_memberships(text),
    find_debt_holders(text), find_workspaces(), delivery_figures() TO aceite_app;
  GRANT EXECUTE ON FUNCTION find_lapsed_sessions(integer), claim_delivery(integer), find_paused_deliveries(integer),
    prune_idempotency_keys(integer) TO aceite_worker;
  -- Joined only to hand the doors over: whoever stays a member sees past the wall. A later change of a door joins again.
  IF 'aceite_lookup' = ANY (joined) THEN
    REVOKE aceite_lookup FROM CURRENT_USER;
  END IF;

  FOREACH scoped IN ARRAY ARRAY['workspaces', 'api_keys', 'signing_sessions', 'session_keys', 'contracts', 'signer_details', 'drafts',
    'blind_indexes', 'acceptances', 'events', 'deliveries', 'delivery_attempts', 'idempotency_keys', 'staff_members', 'staff_accesses'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', scoped);
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'aceite: this server does not let us create roles (%); row-level security is not forced', SQLERRM;
END $$;
