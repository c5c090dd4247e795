import { describe, expect, test } from 'vitest';
import { mayStaff, type StaffAct, type StaffRole, staffActs, staffRoles } from './roles.ts';

/** The table of the outside contract, as far as it is built. */
const allowed: Record<StaffAct, Record<StaffRole, boolean>> = {
  list_sessions: { viewer: true, operator: true, auditor: true, admin: true },
  open_session: { viewer: true, operator: true, auditor: true, admin: true },
  cancel_session: { viewer: false, operator: true, auditor: false, admin: true },
  retry_delivery: { viewer: false, operator: true, auditor: false, admin: true },
  reencode_delivery: { viewer: false, operator: false, auditor: false, admin: true },
  see_evidence: { viewer: false, operator: true, auditor: true, admin: true },
  see_accesses: { viewer: false, operator: false, auditor: true, admin: true },
  hold_session: { viewer: false, operator: false, auditor: true, admin: true },
  answer_data_subject: { viewer: false, operator: false, auditor: true, admin: true },
  manage_keys: { viewer: false, operator: false, auditor: false, admin: true },
  manage_webhooks: { viewer: false, operator: false, auditor: false, admin: true },
  see_requests: { viewer: false, operator: true, auditor: false, admin: true },
};

describe.each(staffActs)('%s', (act) => {
  test.each(staffRoles)('by %s', (role) => {
    expect(mayStaff(role, act)).toBe(allowed[act][role]);
  });
});
