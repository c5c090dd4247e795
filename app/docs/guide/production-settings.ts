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

/** Worth setting before the first real customer. */
export const wiseInProduction = [
  'MIGRATION_DATABASE_URL',
  'ACEITE_LOG_KEY_FILE',
  'ACEITE_LOG_PUBLIC_KEYS',
  'QITECH_PUBLIC_KEY_FILE',
  'QITECH_AUTH_SCHEME',
  'QITECH_TIMESTAMP_ZONE',
  'CLIENT_PORT_HEADER',
  'ACEITE_TIME_STAMP_AUTHORITIES',
  'ACEITE_TIME_STAMP_ROOTS_FILE',
  'ACEITE_SEAL_CERTIFICATE_FILE',
  'ACEITE_SEAL_KEY_FILE',
  'ACEITE_WITNESSES',
] as const satisfies readonly SettingName[];
