export const sandboxFileName = 'sandbox.json';

/** The fields of `sandbox.json`, which a started sandbox writes for scripts. */
export type SandboxField =
  | 'portalUrl'
  | 'apiUrl'
  | 'apiKey'
  | 'lenderUrl'
  | 'staff'
  | 'signingLink'
  | 'lenderClientPublicKeyFile';
