import { betterAuth } from 'better-auth';
import type { Program } from '#lib/program.ts';

/** A working day; then everybody signs in again. */
export const absoluteLimitMs = 12 * 60 * 60 * 1000;
/** An unattended screen shows other people's contracts for no longer than this. */
export const idleLimitMs = 30 * 60 * 1000;
export const passwordCharactersMin = 12;

export type StaffAuth = ReturnType<typeof createStaffAuth>;

const made = new WeakMap<Program['db'], StaffAuth>();

/**
 * better-auth on our own tables, one per program. Its router is never mounted: sign-up stays shut, and only the calls made here are
 * reachable, behind our own origin check, limits and addresses.
 */
export function staffAuth(program: Program): StaffAuth {
  const known = made.get(program.db) ?? createStaffAuth(program);
  made.set(program.db, known);
  return known;
}

function createStaffAuth({ db, keys, portalUrl }: Program) {
  const isHttps = portalUrl.startsWith('https:');
  return betterAuth({
    appName: 'Aceite',
    baseURL: portalUrl,
    basePath: '/dashboard/never-mounted',
    secret: keys.staffSessionSecret(),
    database: db.pool,
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: passwordCharactersMin },
    user: { modelName: 'staff_user' },
    account: { modelName: 'staff_account' },
    verification: { modelName: 'staff_verification' },
    session: { modelName: 'staff_session', expiresIn: absoluteLimitMs / 1000, disableSessionRefresh: true },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    advanced: {
      // The prefix demands Secure, which browsers refuse over plain http on a loopback host.
      useSecureCookies: false,
      ipAddress: { disableIpTracking: true },
      cookies: {
        session_token: {
          name: isHttps ? '__Host-aceite-staff' : 'aceite-staff',
          attributes: { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps },
        },
      },
    },
  });
}
