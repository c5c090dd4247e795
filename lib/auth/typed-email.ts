import { requestStore } from '#lib/http/request-store.ts';
import { paths } from '#lib/paths.ts';
import type { Program } from '#lib/program.ts';

const name = 'aceite-staff-email';
/** Long enough for a second try; then the field is empty again. */
const secondsKept = 300;
/** RFC 5321; whatever is longer was no address. */
const charactersMax = 254;

/**
 * `Set-Cookie` lines by which a refused sign-in shows the address again that was typed. A cookie for that page alone: an address in a
 * query would stay in histories and logs.
 */
export function keepTypedEmail({ portalUrl }: Program, email: string): string {
  const value = encodeURIComponent(email.trim().toWellFormed().slice(0, charactersMax).toWellFormed());
  return `${name}=${value}; ${attributesAt(portalUrl)}; Max-Age=${secondsKept}`;
}

/** Takes the address away after a sign-in that went well. */
export function dropTypedEmail({ portalUrl }: Program): string {
  return `${name}=; ${attributesAt(portalUrl)}; Max-Age=0`;
}

/** What was typed before, or nothing. */
export function typedEmail(): string {
  const { cookie = '' } = requestStore().headers;
  const value = new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(cookie)?.[1] ?? '';
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

function attributesAt(portalUrl: string): string {
  const secure = portalUrl.startsWith('https:') ? 'Secure; ' : '';
  return `Path=${paths.dashboardLogin()}; ${secure}HttpOnly; SameSite=Lax`;
}
