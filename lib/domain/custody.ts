import type { StaffRole } from './roles.ts';

/** What people have done with a record. */
export type CustodyAct = 'opened' | 'exported';

/** Who they were: staff by the role that they have when it is counted. */
export type CustodyRole = StaffRole | 'former';

/** How often people of a role did something with a record, from its making until the moment that is told with it. */
export type CustodyCount = { role: CustodyRole; act: CustodyAct; count: number };
