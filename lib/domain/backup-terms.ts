/**
 * A backup is taken every night, so that a broken disk costs a day at the most; two days after the last one somebody must look, for a night has
 * been missed. None is kept longer than 35 days: what is erased in the portal is gone everywhere after so many more (decision 0012 says why).
 */
export const backupDays = { late: 2, kept: 35 } as const;
