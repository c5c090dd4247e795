/** What deserves that somebody looks at once. Stable words: they stand in events, logs and figures. */
export type DeliveryAlarm = 'undelivered' | 'wrong_debt' | 'redirected' | 'certificate' | 'credential' | 'kept_body';

/**
 * The lender cancels a debt whose signature is missing, after seven days as its own pages say: a day is early enough to mend what is wrong.
 * Where the merchant named the moment by which the lender needs the signature, it is half of that time if that is sooner.
 */
export const undeliveredTermMs = 24 * 60 * 60 * 1000;

/**
 * Reasons of one call that raise an alarm by themselves: `security-and-reliability` 8.2. Whatever pauses is among them, because a pause ends by
 * nothing but a person.
 */
export const alarmByReason: Readonly<Record<string, DeliveryAlarm>> = {
  reply_key_mismatch: 'wrong_debt',
  reply_key_missing: 'wrong_debt',
  redirected: 'redirected',
  certificate_invalid: 'certificate',
  credential_refused: 'credential',
  status_401: 'credential',
  status_403: 'credential',
  // Its method is not open to this integration, or a proxy on the way wants a credential of its own: paused as the two above are.
  status_405: 'credential',
  status_407: 'credential',
  kept_body_altered: 'kept_body',
};

/** The alarm that a call's reason raises, if any. */
export function alarmOf(reason: string): DeliveryAlarm | undefined {
  return Object.hasOwn(alarmByReason, reason) ? alarmByReason[reason] : undefined;
}
