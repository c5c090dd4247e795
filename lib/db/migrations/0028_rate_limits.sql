-- How much of its allowance each caller has used: one row per key, address or link, shared by all processes, so that ten of them let through
-- no more than one.
--
-- A row is a bucket of tokens told by one instant: when it is full again. What is missing from it is the time until then, at its rate of
-- refill. A bucket that is full needs no row; the worker takes such rows away.
--
-- The table is unlogged on purpose. A change of it writes nothing to the write-ahead log and waits for no disk, which a decision before
-- every call could not afford; after a crash of the server, and on one that takes over, all buckets are full again. Nobody is refused by
-- that, and whoever floods is back at the limit within seconds. A backup takes the rows along like all others; restored, they are long full.
--
-- What must stay true: one statement decides, under the row's lock; the name of a bucket is a keyed hash and names nobody.
-- Undo: drop the table; nothing would be refused any more.

CREATE UNLOGGED TABLE rate_limit_buckets (
  bucket bytea PRIMARY KEY CHECK (length(bucket) = 32),
  full_at timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Callers are met before their workspace is known, so there is none here, and no row-level security.
DO $$ BEGIN
  GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limit_buckets TO aceite_app;
EXCEPTION WHEN undefined_object THEN
  -- A server that forbids roles: migration 0006 has said so.
  NULL;
END $$;
