/** What `sandbox.json` holds, field by field. */
export const sandboxFields: readonly { field: string; holds: string }[] = [
  { field: 'portalUrl', holds: 'The public address of the portal.' },
  { field: 'apiUrl', holds: 'The base of all calls.' },
  { field: 'apiKey', holds: 'A key with every scope, which takes any https origin and loopback http in returnUrl.' },
  { field: 'lenderUrl', holds: 'The sandbox lender.' },
  { field: 'inboxUrl', holds: 'Where mail and SMS of the sandbox can be read.' },
  { field: 'staff', holds: 'email and password for the dashboard; without a second factor.' },
  { field: 'signingLink', holds: 'A session that waits for its signer.' },
  { field: 'lenderClientPublicKeyFile', holds: "The public half of the portal's key towards the lender." },
];
