/**
 * What only one process does at a time in a database, where no row can be locked for it. Advisory locks are numbers that a whole database
 * shares, so all of ours that are not made from an id stand here. A number never changes: an older version may run beside this one.
 */
export const advisoryLocks = {
  migrate: '4127300131',
  signLog: '7304561120093',
  chooseStampRounds: '7304561120094',
} as const;
