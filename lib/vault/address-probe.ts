import { timingSafeEqual } from 'node:crypto';
import type { Keyring } from './keyring.ts';

type Marker = Pick<Keyring, 'probeMark'>;

/** Two machines whose clocks are worse than this have another fault to be mended first. */
const ageMaxMs = 5 * 60_000;
const shape = /^(\d{13})\.([\w-]{43})\.([\w-]{43})$/;

/** Asks the web what it takes for the client's address. `nonce`: 32 random bytes in base64url. */
export function probeToken(keys: Marker, { nonce, at }: { nonce: string; at: Date }): string {
  const said = `${at.getTime()}.${nonce}`;
  return `${said}.${keys.probeMark(said)}`;
}

/** The nonce of a question that was made with this key file within the last minutes, and until when it has to be remembered. */
export function readProbe(keys: Marker, token: string, now: Date): { nonce: string; forgetAt: number } | undefined {
  const [, at = '', nonce = '', mark = ''] = shape.exec(token) ?? [];
  if (!isSame(mark, keys.probeMark(`${at}.${nonce}`))) return undefined;
  if (Math.abs(now.getTime() - Number(at)) > ageMaxMs) return undefined;
  return { nonce, forgetAt: Number(at) + ageMaxMs };
}

/** Goes with the answer, so that nobody on the way can put another one in its place. */
export function answerMark(keys: Marker, nonce: string, answer: string): string {
  return keys.probeMark(`answer|${nonce}|${answer}`);
}

export function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
