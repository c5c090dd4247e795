import type { SandboxField } from '#lib/domain/sandbox-file.ts';

/** What `sandbox.json` holds, field by field. */
const holdings: Record<SandboxField, string> = {
  portalUrl: 'The public address of the portal.',
  apiUrl: 'The base of all calls.',
  apiKey: 'A key with every scope, which takes any https origin and loopback http in returnUrl.',
  lenderUrl: 'The sandbox lender.',
  staff: 'email and password for the dashboard; without a second factor.',
  signingLink: 'A session that waits for its signer.',
  lenderClientPublicKeyFile: "The public half of the portal's key towards the lender.",
};

export const sandboxFields = Object.entries(holdings).map(([field, holds]) => ({ field, holds }));
