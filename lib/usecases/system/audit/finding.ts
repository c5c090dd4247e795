/** What can be wrong, and what it means to whoever reads it. The words name nobody, and what was found is never shown. */
export const meanings = {
  event_altered: 'the event no longer says what its hash was made of: a column was changed after it was written',
  chain_broken: 'the events do not follow from each other: one was changed, removed, added or moved',
  event_forged:
    'the event lies open as only those do that the database writes by itself, and this is none of them: it was inserted by hand',
  part_altered: 'the kept bytes are not those that the events commit to: they were changed or exchanged',
  value_altered: 'the column contradicts the events and the evidence that they commit to',
  moment_ahead:
    'the moment has not come yet: it was written by hand, or the clock was put forward and back again, and what was due then may be erased',
  row_missing: 'the events speak of a row that is not there: it was removed',
  row_without_event: 'no event tells of this row: it was inserted by hand',
  key_unusable:
    'the key of the session does not open with this key file: what it seals cannot be read, and so not be checked',
  erasure_incomplete: 'the session was erased, but this is still there, or its tombstone contradicts the last event',
  row_without_session: 'the session of these rows is not there: it was removed, or they were inserted by hand',
  event_not_logged: 'the event stands neither in the log nor in what waits for it, so no proof will ever cover it',
  event_relabelled:
    'the log says of this event that it is an acceptance, another closing, an erasure or none of these, and the row says otherwise: its type was changed',
  entry_without_event: 'the log holds an event that the database does not: it was removed or changed',
  entry_without_statement: 'the log holds a statement that the database does not: it was removed or changed',
  entry_unknown: 'the log holds something that is neither an event nor a statement',
  waiting_for_nothing: 'what waits for the log is no event, or one that the log has already',
  log_broken: 'the entries of the log do not make this part of it: one of the two was changed',
  checkpoint_unsigned: 'none of the known keys of the log has signed this checkpoint',
  checkpoint_missing: 'the checkpoint that was kept elsewhere is not among those of the log, or differs from it',
  row_without_checkpoint: 'the checkpoint that this belongs to is not there',
  stamp_missing: 'the checkpoint was to be stamped, and neither a stamp nor the wait for one is there',
  stamp_false: 'the time stamp is not a trusted one of this checkpoint, or says another time',
  cosignature_false: 'the line is not one that this witness has put under this checkpoint',
  statement_altered: 'the statement does not have its hash, or names a key that this installation never had',
  log_rollback_detected:
    'the log is shorter than the checkpoint that was kept elsewhere: the end of its history is missing',
  log_rewritten:
    'the log does not begin with the history of the checkpoint that was kept elsewhere: the history was rewritten',
  law_altered:
    'this law of the database is not the one that the migrations make: it was changed, removed or added, and nothing that it was to prevent or decide can be relied on',
  unreadable: 'the rows hold values that nothing of ours writes, and cannot be read',
} as const;

export type FindingCode = keyof typeof meanings;

/** One thing that was changed. `column` may name several that one hash covers; `place` is a number of ours: event 3, size 12. */
export type Finding = { code: FindingCode; table: string; column?: string; sessionId?: string; place?: string };
