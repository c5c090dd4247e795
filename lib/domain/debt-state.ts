/**
 * The lender's states of a debt (page "status de uma dívida") and what each says of the signature. One table for its answers to our
 * questions and for its notices. `signature_received` is its acknowledgement of our own call and no state of its list.
 */
const meanings = {
  waiting_signature: 'waiting_signature',
  signature_received: 'signed',
  signature_finished: 'signed',
  signed: 'signed',
  issued: 'signed',
  disbursed: 'signed',
  opened: 'signed',
  settled: 'signed',
  canceled: 'debt_cancelled',
  canceled_permanently: 'debt_cancelled',
} as const;

export type DebtMeaning = (typeof meanings)[keyof typeof meanings];

/** The state in one spelling: the lender's own sample of `canceled` ends in a blank. */
export function debtStateOf(text: string): string {
  return text.trim().toLowerCase();
}

/** What a state, in that spelling, says of the signature; undefined for one that we do not know. */
export function debtMeaningOf(state: string): DebtMeaning | undefined {
  return Object.hasOwn(meanings, state) ? meanings[state as keyof typeof meanings] : undefined;
}
