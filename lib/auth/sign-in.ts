import { createHmac } from 'node:crypto';
import { requestFacts } from '#lib/http/peer.ts';
import { requestStore } from '#lib/http/request-store.ts';
import type { Program } from '#lib/program.ts';
import { staffAuth } from './staff-auth.ts';

/** So many failures for one account or one address within the window, and the door stays shut for the rest of it. */
const failuresMax = 10;
const windowMinutes = 15;

export type SignInResult =
  | { ok: true; cookies: string[] }
  | { ok: false; code: 'credentials_wrong' | 'too_many_failures' };

/** Signs a member of staff in. A wrong password and an unknown account look and take the same. */
export async function signIn(program: Program, email: string, password: string): Promise<SignInResult> {
  const subjects = subjectsOf(program, email);
  if (await isThrottled(program, subjects)) return { ok: false, code: 'too_many_failures' };
  const answer = await staffAuth(program).api.signInEmail({
    body: { email: email.trim().toLowerCase(), password },
    asResponse: true,
  });
  if (answer.ok) return { ok: true, cookies: answer.headers.getSetCookie() };
  await program.db.pool.query('INSERT INTO staff_sign_in_failures (subject) SELECT unnest($1::bytea[])', [subjects]);
  return { ok: false, code: 'credentials_wrong' };
}

/** Ends the session of this request; gives the lines that take its cookie away. */
export async function signOut(program: Program): Promise<string[]> {
  const { cookie = '' } = requestStore().headers;
  const answer = await staffAuth(program).api.signOut({ headers: new Headers({ cookie }), asResponse: true });
  return answer.headers.getSetCookie();
}

async function isThrottled(program: Program, subjects: Buffer[]): Promise<boolean> {
  const { rows } = await program.db.pool.query<{ failures: number }>(
    `SELECT count(*)::int AS failures FROM staff_sign_in_failures
     WHERE subject = ANY($1) AND failed_at > aceite_now() - $2 * interval '1 minute' GROUP BY subject ORDER BY 1 DESC LIMIT 1`,
    [subjects, windowMinutes],
  );
  await program.db.pool.query(
    "DELETE FROM staff_sign_in_failures WHERE subject = ANY($1) AND failed_at <= aceite_now() - $2 * interval '1 minute'",
    [subjects, windowMinutes],
  );
  return (rows[0]?.failures ?? 0) >= failuresMax;
}

/** Keyed, so that the table names nobody. */
function subjectsOf({ keys }: Program, email: string): Buffer[] {
  const hash = (subject: string) => createHmac('sha256', keys.staffSessionSecret).update(subject).digest();
  const { ip } = requestFacts();
  return [hash(`account|${email.trim().toLowerCase()}`), hash(`address|${ip ?? 'unknown'}`)];
}
