/**
 * Names the rules by which a session is made, signed, kept and erased; it is written into the session's first event. Raise it whenever a
 * rule changes: the test beside this file knows by heart which rules each version stands for.
 */
export const policyVersion = '1';
