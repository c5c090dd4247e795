/**
 * The closed list of verdicts, worst first; the worst that any check finds is the dossier's. But where the list of contents can be read
 * and a file is not the one that it lists, the verdict is TAMPERED, even when that file cannot be read any more: INPUT_ERROR is for what
 * is no dossier, or was made as none. The numbers are the exit codes of `aceite verify` and of the second verifier.
 * Source: `evidence-and-law` 6.4.
 */
export const exitCodeOf = {
  INPUT_ERROR: 20,
  TAMPERED: 10,
  INVALID: 11,
  INCOMPLETE: 12,
  VALID_INTERIM: 3,
  VALID: 0,
} as const;
export type Verdict = keyof typeof exitCodeOf;

/** What a check that found something makes of the dossier. */
export type BadVerdict = Exclude<Verdict, 'VALID' | 'VALID_INTERIM'>;

/** One thing that is wrong or missing, in a line for a person. */
export type Finding = { verdict: BadVerdict; detail: string };

const worstFirst = Object.keys(exitCodeOf) as Verdict[];

/** VALID when nothing was found at all. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return worstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'VALID';
}

/** The bad verdicts as functions, so that a check reads as what it says. */
export const inputError = (detail: string): Finding => ({ verdict: 'INPUT_ERROR', detail });
export const tampered = (detail: string): Finding => ({ verdict: 'TAMPERED', detail });
export const invalid = (detail: string): Finding => ({ verdict: 'INVALID', detail });
export const incomplete = (detail: string): Finding => ({ verdict: 'INCOMPLETE', detail });
