import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { isOurTable } from './table-catalogue.ts';

/**
 * The laws of the database as its catalogue has them: the functions of ours, the triggers, policies and rules of our tables, and which of
 * these are walled. Functions by the digest of their source, to the byte as the migrations wrote it; of a trigger's condition, which a
 * server keeps in a form of its own, the words without brackets and casts. One line for each, alike from Postgres 15 on.
 */
const lawsText = `
  SELECT format('function %s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) AS law,
    format('%s %s %s%s, owned by %s, %s, source %s', l.lanname, CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
      CASE WHEN p.prosecdef THEN 'definer' ELSE 'invoker' END, CASE WHEN p.proisstrict THEN ' strict' ELSE '' END,
      CASE WHEN r.rolname LIKE 'aceite\\_%' AND p.proowner <> t.relowner THEN r.rolname ELSE 'owner' END,
      coalesce(array_to_string(p.proconfig, '; '), 'no settings'), encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex')) AS said
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang JOIN pg_roles r ON r.oid = p.proowner
      JOIN pg_class t ON t.oid = 'public.signing_sessions'::regclass
   WHERE p.pronamespace = 'public'::regnamespace
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  UNION ALL
  SELECT format('trigger %s on %s', t.tgname, c.relname),
    format('%s type %s enabled %s arguments %s columns %s when %s', p.proname, t.tgtype, t.tgenabled, encode(t.tgargs, 'hex'),
      (SELECT string_agg(a.attname, ',' ORDER BY a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (t.tgattr)),
      CASE WHEN t.tgqual IS NOT NULL THEN regexp_replace(lower(regexp_replace(pg_get_triggerdef(t.oid), '^.* WHEN (.*) EXECUTE FUNCTION .*$', '\\1')),
        '::[a-z]+(\\[\\])?|[()\\s]', '', 'g') END)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
   WHERE ${isOurTable} AND NOT t.tgisinternal
  UNION ALL
  SELECT format('policy %s on %s', p.polname, c.relname),
    format('for %s, %s, to %s', p.polcmd, CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
      (SELECT string_agg(CASE WHEN o = 0 THEN 'everybody' WHEN o = c.relowner THEN 'owner' ELSE o::regrole::text END, ',' ORDER BY o::regrole::text)
       FROM unnest(p.polroles) o))
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE ${isOurTable}
  UNION ALL
  SELECT format('rule %s on %s', r.rulename, c.relname), 'no rule is ours'
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE ${isOurTable}
  UNION ALL
  SELECT format('wall of %s', c.relname), CASE WHEN c.relforcerowsecurity THEN 'forced' ELSE 'not forced' END
    FROM pg_class c WHERE ${isOurTable} AND c.relrowsecurity
  ORDER BY 1`;

export type Laws = ReadonlyMap<string, string>;

/** The laws as they are now. */
export async function readLaws(client: pg.Client): Promise<Laws> {
  const { rows } = await client.query<{ law: string; said: string }>(lawsText);
  return new Map(rows.map(({ law, said }) => [law, said]));
}

/** What is different where the clock can be moved, behind this word. */
const movable = 'with a movable clock: ';
const lawsFile = join(import.meta.dirname, 'laws.txt');

/** `laws.txt`: what the migrations make, in production and where sandbox and tests make something else. */
export function formatLaws(production: Laws, sandbox: Laws): string {
  const more = [...sandbox].filter(([law, said]) => production.get(law) !== said);
  const line = ([law, said]: readonly [string, string]) => `${law}: ${said}\n`;
  return [...production, ...more.map(([law, said]) => [`${movable}${law}`, said] as const)].map(line).join('');
}

/** The laws that the migrations of this version make, from the file beside this one. */
async function madeLaws(isMovable: boolean): Promise<Laws> {
  const laws = new Map<string, string>();
  for (const line of (await readFile(lawsFile, 'utf8')).trimEnd().split('\n')) {
    const [, more, law = '', said = ''] = /^(with a movable clock: )?([^:]+): (.*)$/.exec(line) ?? [];
    if (more === undefined || isMovable) laws.set(law, said);
  }
  return laws;
}

// A server that forbids roles has no second wall and no doors of another owner; its start says so (migration 0006).
const standing = `SELECT to_regrole('aceite_lookup') IS NOT NULL AS "hasRoles", to_regclass('public.aceite_clock') IS NOT NULL AS "isMovable"`;

const ofRoles = /^(?:wall|policy) /;
const withoutOwner = (said: string | undefined) => said?.replace(/owned by [^,]+,/, '');

/**
 * The laws that are not as the migrations make them: changed, gone or added. The clock of production stands still on its place; only where
 * `mayMoveClock` may there be the other. Functions that an operator has added under names of their own bind nothing and are not told.
 */
export async function alteredLaws(client: pg.Client, mayMoveClock: boolean): Promise<string[]> {
  const [row] = (await client.query<{ hasRoles: boolean; isMovable: boolean }>(standing)).rows;
  const { hasRoles = true, isMovable = false } = row ?? {};
  const [is, made] = [await readLaws(client), await madeLaws(isMovable && mayMoveClock)];
  const names = new Set([...made.keys()].map(nameOf));
  const isSame = (law: string) =>
    hasRoles ? is.get(law) === made.get(law) : withoutOwner(is.get(law)) === withoutOwner(made.get(law));
  return [...new Set([...is.keys(), ...made.keys()])]
    .filter((law) => hasRoles || !ofRoles.test(law))
    .filter((law) => !isSame(law) && (made.has(law) || !law.startsWith('function ') || names.has(nameOf(law))))
    .sort();
}

const nameOf = (law: string): string => law.replace(/\(.*$/, '');
