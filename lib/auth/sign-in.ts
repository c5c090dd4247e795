import { createHmac } from 'node:crypto';
import { countSignInFailures, forgiveSignInAttempt, noteSignInAttempt } from '#lib/db/sign-in-failures.ts';
import { requestFacts } from '#lib/http/peer.ts';
import { requestStore } from '#lib/http/request-store.ts';
import type { Program } from '#lib/program.ts';
import { staffAuth } from './staff-auth.ts';

/** So many failures for one account within the window, and its door stays shut for the rest of it. */
const accountFailuresMax = 10;
/** As above for one address. More, because a whole office may stand behind it. */
const addressFailuresMax = 50;
const windowMinutes = 15;

export type SignInResult =
  | { ok: true; cookies: string[] }
  | { ok: false; code: 'credentials_wrong' | 'too_many_failures' };

/** Signs a member of staff in. A wrong password and an unknown account look and take the same. */
export async function signIn(program: Program, email: string, password: string): Promise<SignInResult> {
  const { db } = program;
  const subjects = subjectsOf(program, email);
  const attempt = await noteSignInAttempt(db, subjects, windowMinutes);
  const [ofAccount = 0, ofAddress = 0] = await countSignInFailures(db, subjects, windowMinutes);
  if (ofAccount > accountFailuresMax || ofAddress > addressFailuresMax) {
    // Knocking at a shut door does not keep it shut for longer.
    await forgiveSignInAttempt(db, attempt);
    return { ok: false, code: 'too_many_failures' };
  }
  const answer = await staffAuth(program).api.signInEmail({
    body: { email: email.trim().toLowerCase(), password },
    asResponse: true,
  });
  if (!answer.ok) return { ok: false, code: 'credentials_wrong' };
  await forgiveSignInAttempt(db, attempt);
  return { ok: true, cookies: answer.headers.getSetCookie() };
}

/** Ends the session of this request; gives the lines that take its cookie away. */
export async function signOut(program: Program): Promise<string[]> {
  const { cookie = '' } = requestStore().headers;
  const answer = await staffAuth(program).api.signOut({ headers: new Headers({ cookie }), asResponse: true });
  return answer.headers.getSetCookie();
}

/** Keyed, so that the table names nobody. */
function subjectsOf({ keys }: Program, email: string): Buffer[] {
  const hash = (subject: string) => createHmac('sha256', keys.staffSessionSecret()).update(subject).digest();
  const { ip } = requestFacts();
  return [hash(`account|${email.trim().toLowerCase()}`), hash(`address|${ip ?? 'unknown'}`)];
}
