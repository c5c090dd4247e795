import type { Checked } from './checked.ts';
import { checkPlainString } from './plain-string.ts';

/** UTF-16 units, as a form's own limit counts them; the same as for the merchant's reason in the API. */
export const staffReasonLengthMax = 500;

export type StaffReasonRefusal = 'reason_missing' | 'reason_too_long' | 'reason_characters';

/** Reads the reason that staff type for an act of theirs: trimmed, lines kept. Browsers send the line ends of a text area as CRLF. */
export function parseStaffReason(typed: string): Checked<string, StaffReasonRefusal> {
  const reason = typed.replaceAll('\r\n', '\n').trim();
  if (reason === '') return { ok: false, code: 'reason_missing' };
  if (reason.length > staffReasonLengthMax) return { ok: false, code: 'reason_too_long' };
  return checkPlainString(reason).ok ? { ok: true, value: reason } : { ok: false, code: 'reason_characters' };
}
