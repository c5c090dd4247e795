/** Staff roles and what each may do, as one table: pages, acts and tests ask it. */
export const staffRoles = ['viewer', 'operator', 'auditor', 'admin'] as const;
export type StaffRole = (typeof staffRoles)[number];

export const staffActs = [
  'list_sessions',
  'open_session',
  'cancel_session',
  'retry_delivery',
  'reencode_delivery',
  'see_evidence',
  'see_accesses',
  'hold_session',
  'answer_data_subject',
  'manage_keys',
  'manage_webhooks',
  'see_requests',
] as const;
export type StaffAct = (typeof staffActs)[number];

const allowedTo = {
  list_sessions: ['viewer', 'operator', 'auditor', 'admin'],
  open_session: ['viewer', 'operator', 'auditor', 'admin'],
  cancel_session: ['operator', 'admin'],
  retry_delivery: ['operator', 'admin'],
  // One proposes it, another agrees.
  reencode_delivery: ['admin'],
  see_evidence: ['operator', 'auditor', 'admin'],
  see_accesses: ['auditor', 'admin'],
  hold_session: ['auditor', 'admin'],
  answer_data_subject: ['auditor', 'admin'],
  manage_keys: ['admin'],
  manage_webhooks: ['admin'],
  // For whoever mends an integration or a session; auditors judge what was signed, and its requests are no evidence.
  see_requests: ['operator', 'admin'],
} as const satisfies Record<StaffAct, readonly StaffRole[]>;

/** True when a member of staff with this role may do the act. */
export function mayStaff(role: StaffRole, act: StaffAct): boolean {
  return (allowedTo[act] as readonly StaffRole[]).includes(role);
}

/** What an API key may be allowed to do. */
export const apiScopes = ['sessions:read', 'sessions:write', 'evidence:read'] as const;
export type ApiScope = (typeof apiScopes)[number];
