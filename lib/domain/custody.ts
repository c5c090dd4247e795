import type { StaffRole } from './roles.ts';

/** What can be taken out of the portal without the dashboard. */
export type AccessedFile = 'evidence' | 'dossier' | 'document' | 'certificate' | 'court_certificate';

/** By whom: a merchant's program, the browser that accepted, or whoever holds the signed address of a document. */
export type FileTaker = 'merchant' | 'signer' | 'link_holder';

/** What people have done with a record; of `taken` not the times are counted but the days and files. */
export type CustodyAct = 'opened' | 'exported' | 'taken';

/** Who they were: staff by the role that they have when it is counted. */
export type CustodyRole = StaffRole | 'former' | FileTaker;

/** How often people of a role did something with a record, from its making until the moment that is told with it. */
export type CustodyCount = { role: CustodyRole; act: CustodyAct; count: number };
