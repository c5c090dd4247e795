import type { SettingName } from '#lib/domain/settings.ts';

/** Without these a portal in production does not start. What to put into each says the table of all settings. */
export const neededInProduction = [
  'PORTAL_URL',
  'DATABASE_URL',
  'ACEITE_KEYS_FILE',
  'TRUSTED_PROXIES',
  'QITECH_BASE_URL',
  'QITECH_API_CLIENT_KEY',
  'QITECH_PRIVATE_KEY_FILE',
] as const satisfies readonly SettingName[];

/** Worth setting before the first real customer: what holds while it is not set, and what follows from that. */
export const wiseInProduction = {
  HOST: 'Without it 127.0.0.1: only a proxy on the same machine reaches the web.',
  PORT: 'Without it 3000.',
  MIGRATION_DATABASE_URL:
    "Without it DATABASE_URL: the web then logs in as the tables' owner, and whoever breaks into it can undo the rules that guard them.",
  ACEITE_LOG_KEY_FILE: 'Without it log-signer does not start, no checkpoint is signed, and no evidence becomes final.',
  ACEITE_LOG_PUBLIC_KEYS: "Without it trust files take the database's word for the log's keys.",
  QITECH_PUBLIC_KEY_FILE: "Without it no signature on the lender's answers is demanded, and its notices are refused.",
  QITECH_AUTH_SCHEME: 'Without it signed-header. The wrong one leaves every delivery PAUSED or refused.',
  QITECH_SIGNATURE_TYPE:
    "Without it data_signature. The lender's pages know two spellings: change it when a refusal names the type.",
  QITECH_EMPTY_PAYLOAD:
    'Without it {}: what is hashed for a request without a body. Change it when the lender takes signatures but refuses questions.',
  QITECH_TIMESTAMP_ZONE:
    'Without it UTC. In another zone than the lender reads, the hour of the acceptance is wrong in its records.',
  CLIENT_PORT_HEADER:
    'Without it the evidence behind a proxy has no source port, by which a provider finds its customer.',
  ACEITE_TIME_STAMP_AUTHORITIES:
    'Without it nobody is asked: only the portal itself says when the evidence existed. Best two under different roots.',
  ACEITE_TIME_STAMP_ROOTS_FILE: 'Needed as soon as an authority is named.',
  ACEITE_SEAL_CERTIFICATE_FILE: "Without it certificates in PDF bear no seal, and the dossier's own has to do.",
  ACEITE_SEAL_KEY_FILE: 'Needed as soon as the certificate is named.',
  ACEITE_WITNESSES:
    'Without it nobody outside signs that the log only grows; whoever keeps copies of it can still show it.',
} as const satisfies Partial<Record<SettingName, string>>;
