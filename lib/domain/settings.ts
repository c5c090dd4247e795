/**
 * Every setting that the outside contract names, with the sentence that tells a person what to put there. A refusal at the
 * start is made of the setting's name, the reason, and this way out.
 */
export const settings = {
  ACEITE_MODE: 'Set it to sandbox or to production.',
  PORT: 'Set it to a free port between 1 and 65535, for example 3000.',
  HOST: 'Set it to the address to listen on, for example 127.0.0.1 or 0.0.0.0.',
  PORTAL_URL: 'Set it to the address that customers open, without a path, for example https://assinar.example.com.',
  LENDER_PORT: 'Set it to a free port between 1 and 65535.',
  INBOX_PORT: 'Set it to a free port between 1 and 65535.',
  ACEITE_DATA_DIR: 'Set it to a folder that the portal may write to.',
  DATABASE_URL:
    'Set it to postgres://user:password@host:5432/database, or to embedded for a Postgres that the portal runs on this machine.',
  MIGRATION_DATABASE_URL: "Set it to the owner's connection, postgres://owner:password@host:5432/database.",
  ACEITE_KEYS_FILE:
    'Set it to the path of the key file, which every process of this portal must be able to read. A new installation makes it with: npm run aceite -- keys create <file>',
  ACEITE_LOG_KEY_FILE: 'Set it to the path of the log-signing key.',
  ACEITE_LOG_PUBLIC_KEYS:
    "Set it to the public keys that sign or ever signed this installation's log, divided by commas, for example assinar.example.com/log+0a1b2c3d+AXJ…; log-signer --new-key prints them.",
  TRUSTED_PROXIES: 'Set it to the networks of your reverse proxies, for example 10.0.0.0/8,fd00::/8, or to none.',
  CLIENT_PORT_HEADER: 'Set it to the header in which your proxy passes the source port, for example X-Client-Port.',
  ALLOW_PRIVATE_CLIENTS: 'Set it to true or to false.',
  QITECH_BASE_URL: "Set it to the address of the lender's API, for example https://api-auth.qitech.app.",
  QITECH_API_CLIENT_KEY: 'Set it to the integration key that the lender gave you.',
  QITECH_PRIVATE_KEY_FILE: 'Set it to the path of your P-521 private key (PEM).',
  QITECH_PUBLIC_KEY_FILE: "Set it to the path of the lender's public key (PEM).",
  QITECH_AUTH_SCHEME: 'Set it to signed-header or to encoded-body.',
  QITECH_SIGNATURE_TYPE: 'Set it to data_signature or to data-signature.',
  QITECH_EMPTY_PAYLOAD: 'Set it to {} or to empty.',
  QITECH_TIMESTAMP_ZONE: 'Set it to the IANA name of a time zone, for example UTC or America/Sao_Paulo.',
  ACEITE_TIME_STAMP_AUTHORITIES:
    'Set it to none, or to time-stamp authorities (RFC 3161) as name=address, divided by commas, for example first=https://tsa.example.com,second=http://tsa.example.org/tsr.',
  ACEITE_TIME_STAMP_ROOTS_FILE:
    'Set it to the path of a PEM file with the root certificates under which the time-stamp authorities work.',
  ACEITE_SEAL_CERTIFICATE_FILE:
    'Set it to the path of a PEM file with the certificate that seals certificates in PDF, and behind it those that issued it.',
  ACEITE_SEAL_KEY_FILE: "Set it to the path of that certificate's private key (PEM).",
  ACEITE_WITNESSES:
    'Set it to none, or to witnesses of the log as address and key, divided by commas, for example https://witness.example.com witness+0a1b2c3d+BHJ…; both are what aceite witness prints at its start.',
  SMTP_URL: 'Set it to smtps://user:password@host:465 or smtp://host:587.',
  MAIL_FROM: 'Set it to the sender of outgoing mail, for example contratos@example.com.',
  SMS_URL: "Set it to the https address of the gateway's sending call.",
  SMS_TOKEN: "Set it to the gateway's token.",
  LOG_LEVEL: 'Set it to debug, info, warn or error.',
  NODE_ENV: 'Set it to production or to development, or leave it out.',
} as const;

export type SettingName = keyof typeof settings;

export const portalModes = ['sandbox', 'production'] as const;
export type PortalMode = (typeof portalModes)[number];

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export const lenderAuthSchemes = ['signed-header', 'encoded-body'] as const;
export type LenderAuthScheme = (typeof lenderAuthSchemes)[number];

export const lenderSignatureTypes = ['data_signature', 'data-signature'] as const;
export type LenderSignatureType = (typeof lenderSignatureTypes)[number];

/**
 * Why `url` may not be an address of ours or of the lender; undefined when it may. Names and contract texts travel over it, so
 * plain http is only for this very machine, and never in production.
 */
export function addressFault(url: URL, mode: PortalMode): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'is not an https address';
  if (url.username || url.password) return 'must not hold a user name or password';
  if (url.protocol === 'https:') return undefined;
  if (mode === 'production') return 'must be https in production mode';
  return isLoopbackHost(url.hostname) ? undefined : 'must be https, because its host is not this machine';
}

/** True for a host name as `URL` writes it that always means this machine. */
function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** True for a name such as America/Sao_Paulo; an offset such as +03:00 is no zone, since it has no history. */
export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
