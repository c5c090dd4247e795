-- The people at the merchant's desk: their accounts, their places in workspaces, and what they looked at.
--
-- What must stay true: a person sees a workspace only through a row of staff_members; nothing of a signer is shown before the
-- access is written.
-- Undo: drop the tables; the portal goes on without a dashboard.

-- better-auth's own tables: its column names, no workspace, no row-level security; only lib/auth touches them.
CREATE TABLE staff_user (
  "id" text PRIMARY KEY,
  "name" text NOT NULL,
  "email" text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL DEFAULT false,
  "image" text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE TABLE staff_session (
  "id" text PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  "token" text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId" text NOT NULL REFERENCES staff_user ON DELETE CASCADE
);
CREATE INDEX staff_session_by_user ON staff_session ("userId");
CREATE TABLE staff_account (
  "id" text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES staff_user ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX staff_account_by_user ON staff_account ("userId");
CREATE TABLE staff_verification (
  "id" text PRIMARY KEY,
  "identifier" text NOT NULL,
  "value" text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX staff_verification_by_identifier ON staff_verification ("identifier");

-- Failed sign-ins of the last minutes, by keyed hash of the account and of the address: enough to slow down guessing, nothing to read.
CREATE TABLE staff_sign_in_failures (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject bytea NOT NULL CHECK (length(subject) = 32),
  failed_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);
CREATE INDEX staff_sign_in_failures_by_subject ON staff_sign_in_failures (subject, failed_at);

-- Who may enter which workspace, and as what. A person without a row here sees nothing.
CREATE TABLE staff_members (
  user_id text NOT NULL REFERENCES staff_user,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  role text NOT NULL CHECK (role IN ('viewer', 'operator', 'auditor', 'admin')),
  created_at timestamptz(3) NOT NULL DEFAULT aceite_now(),
  disabled_at timestamptz(3),
  PRIMARY KEY (user_id, workspace_id)
);

-- Who looked at what, written before it is shown (Decreto 8.771/2016, art. 13).
CREATE TABLE staff_accesses (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces,
  session_id uuid NOT NULL REFERENCES signing_sessions,
  user_id text NOT NULL REFERENCES staff_user,
  what text NOT NULL CHECK (what IN ('session', 'evidence')),
  request_id text,
  occurred_at timestamptz(3) NOT NULL DEFAULT aceite_now()
);
CREATE INDEX staff_accesses_by_session ON staff_accesses (session_id, position);
