/** One answer of the sandbox lender, as data: what it says, what it leaves behind, and how the bytes come. */
export type SandboxAnswer = {
  status: number;
  content:
    | 'nothing'
    | 'error'
    | 'acknowledgement'
    | 'other_status'
    | 'no_key'
    | 'body_invalid_object'
    /** The lender's words for a debt that waits for no signature, with its present state. */
    | 'wrong_state';
  /** The signature is stored before the answer. */
  stores?: true;
  /** The debt is cancelled before the answer. */
  cancels?: true;
  /** So often, counted in its record; then it accepts. Absent: every time. */
  times?: number;
  location?: string;
  /** `Retry-After`, as a date. */
  retryAfterHours?: number;
  /** How far the answer's `Date` is ahead. */
  clockAheadMinutes?: number;
  manner?: 'cut_short' | 'reset_after_head' | 'endless' | 'dripping' | 'compressed';
};
