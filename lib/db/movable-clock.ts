import type pg from 'pg';

/**
 * Sandbox and test databases answer `aceite_now()` from a clock that can be set forward: a one-row table holds the offset.
 * Anybody may read it; it moves only forward and only through `aceite_move_clock`, because a clock that went back would put
 * events out of order. Production databases never have the table.
 */
export const movableClock = `
  CREATE TABLE IF NOT EXISTS aceite_clock (
    is_the_only_row boolean PRIMARY KEY DEFAULT true CHECK (is_the_only_row),
    offset_ms bigint NOT NULL DEFAULT 0 CHECK (offset_ms >= 0)
  );
  INSERT INTO aceite_clock DEFAULT VALUES ON CONFLICT DO NOTHING;
  REVOKE ALL ON aceite_clock FROM PUBLIC;
  GRANT SELECT ON aceite_clock TO PUBLIC;

  CREATE OR REPLACE FUNCTION aceite_now() RETURNS timestamptz
    LANGUAGE plpgsql VOLATILE PARALLEL SAFE
    AS $$ BEGIN RETURN clock_timestamp() + (SELECT offset_ms FROM public.aceite_clock) * interval '1 millisecond'; END $$;

  CREATE OR REPLACE FUNCTION aceite_move_clock(forward_ms bigint) RETURNS timestamptz
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$
    BEGIN
      IF forward_ms IS NULL OR forward_ms < 0 THEN
        RAISE EXCEPTION 'the clock only moves forward' USING ERRCODE = 'invalid_parameter_value';
      END IF;
      UPDATE aceite_clock SET offset_ms = offset_ms + forward_ms;
      RETURN aceite_now();
    END $$`;

/** Puts the movable clock into a migrated database, in one transaction; the offset of an earlier start is kept. */
export async function installMovableClock(client: pg.Client): Promise<void> {
  await client.query(`BEGIN; ${movableClock}; COMMIT`);
}

export async function movableClockExists(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>("SELECT to_regclass('aceite_clock') IS NOT NULL AS exists");
  return rows[0]?.exists === true;
}
