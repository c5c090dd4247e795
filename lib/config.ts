import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import {
  isTimeZone,
  type LenderAuthScheme,
  type LenderSignatureType,
  type LogLevel,
  lenderAuthSchemes,
  lenderSignatureTypes,
  logLevels,
  type PortalMode,
  portalModes,
  type SettingName,
  settings,
} from '#lib/domain/settings.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import { type LogKeySettings, logKeyList, logKeySettings } from './config/log-key-settings.ts';
import {
  addressWith,
  existingFile,
  lenderAddress,
  port,
  portalAddress,
  portMax,
  postgresAddress,
  proxyList,
  text,
} from './config/setting-values.ts';
import { authorityList, type TimeStampSettings, timeStampSettings } from './config/time-stamp-settings.ts';
import { type WitnessSetting, witnessList } from './config/witness-settings.ts';

/** Everything that a person can set, parsed. Paths are absolute; an absent optional field was not set. */
export type Config = {
  mode: PortalMode;
  /** Origin without a trailing slash, for example https://assinar.example.com. */
  portalUrl: string;
  host: string;
  port: number;
  lenderPort: number;
  inboxPort: number;
  dataDir: string;
  /** Absent: the embedded Postgres in `dataDir`. Whoever starts it passes its address to children as DATABASE_URL. */
  databaseUrl?: string;
  /** The owner's connection; equals `databaseUrl` when not set. */
  migrationDatabaseUrl?: string;
  keysFile: string;
  logKeyFile?: string;
  logKeys: LogKeySettings;
  /** CIDR texts, for example `10.0.0.0/8`; an address without a prefix stands for itself alone. Empty: no proxy is believed. */
  trustedProxies: string[];
  /** Lower case. */
  clientPortHeader?: string;
  allowPrivateClients: boolean;
  qitech: {
    baseUrl: string;
    /** True when the portal's own sandbox lender stands behind `baseUrl`. */
    isSandboxLender: boolean;
    apiClientKey?: string;
    privateKeyFile?: string;
    publicKeyFile?: string;
    authScheme: LenderAuthScheme;
    signatureType: LenderSignatureType;
    emptyPayload: '{}' | '';
    timestampZone: string;
  };
  timeStamps: TimeStampSettings;
  /** PEM. Absent: certificates in PDF bear no seal. */
  pdfSeal?: { certificateFile: string; keyFile: string };
  /** Empty: nobody is asked to cosign. */
  witnesses: WitnessSetting[];
  smtpUrl?: string;
  mailFrom?: string;
  smsUrl?: string;
  smsToken?: string;
  logLevel: LogLevel;
  webNodeEnv: 'production' | 'development' | 'test';
};

export type Environment = Record<string, string | undefined>;

/**
 * Reads the settings once: the environment, and below it the `.env` file of the working directory. A blank value counts as
 * not set. `problems` holds one sentence per fault, each naming the setting, the reason and the way out.
 */
export function loadConfig(
  env: Environment = withEnvFile(process.env, '.env'),
): { ok: true; config: Config } | { ok: false; problems: string[] } {
  const mode: PortalMode = env.ACEITE_MODE?.trim() === 'production' ? 'production' : 'sandbox';
  const raw = presentSettings(env);
  const parsed = settingsSchema(mode).safeParse(raw);
  const problems = [...(parsed.error?.issues.map((issue) => describeIssue(issue, raw)) ?? []), ...crossProblems(raw)];
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, config: toConfig(parsed.data) };
}

/** The environment of a child process: ours, with the values that were discovered at the start on top. */
export function childEnvironment(discovered: Discovered): NodeJS.ProcessEnv {
  return { ...process.env, ...discovered };
}

/** Gives this very process what libraries look for in its environment, such as NODE_ENV for React. */
export const adoptEnvironment = (values: Record<string, string>): void => void Object.assign(process.env, values);

/** Where the browser of the tests is; never asked by the portal. */
export const chromiumPath = (): string | undefined => process.env.CHROMIUM_PATH?.trim() || undefined;

/** `env` above what the file says. A missing file is no fault. */
export function withEnvFile(env: Environment, path: string): Environment {
  try {
    return { ...parseEnv(readFileSync(path, 'utf8')), ...env };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return env;
    throw error;
  }
}

type Discovered = Partial<Record<SettingName, string>> & Partial<Pick<NodeJS.ProcessEnv, 'NODE_ENV'>>;
type RawSettings = Partial<Record<SettingName, string>>;

function presentSettings(env: Environment): RawSettings {
  const raw: RawSettings = {};
  for (const name of Object.keys(settings) as SettingName[]) {
    const value = env[name]?.trim();
    if (value) raw[name] = value;
  }
  // Here an empty value is an answer: it says that nothing at all is hashed.
  if (env.QITECH_EMPTY_PAYLOAD?.trim() === '') raw.QITECH_EMPTY_PAYLOAD = 'empty';
  return raw;
}

function settingsSchema(mode: PortalMode) {
  const isProduction = mode === 'production';
  const neededInProduction = <T extends z.ZodType>(schema: T) =>
    isProduction ? (schema as T | z.ZodOptional<T>) : schema.optional();
  const file = isProduction ? existingFile : text;
  return z.object({
    ACEITE_MODE: z.enum(portalModes).default('sandbox'),
    PORT: port.default(3000),
    HOST: z
      .string()
      .regex(/^[\w.:%-]+$/, 'is not an address or a host name')
      .default('127.0.0.1'),
    PORTAL_URL: neededInProduction(portalAddress(mode)),
    LENDER_PORT: port.optional(),
    INBOX_PORT: port.optional(),
    ACEITE_DATA_DIR: text.default('.aceite'),
    DATABASE_URL: neededInProduction(z.literal('embedded').or(postgresAddress)),
    MIGRATION_DATABASE_URL: postgresAddress.optional(),
    ACEITE_KEYS_FILE: neededInProduction(file),
    ACEITE_LOG_KEY_FILE: text.optional(),
    ACEITE_LOG_PUBLIC_KEYS: logKeyList.optional(),
    TRUSTED_PROXIES: neededInProduction(proxyList(isProduction)),
    CLIENT_PORT_HEADER: z
      .string()
      .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not the name of a header')
      .optional(),
    ALLOW_PRIVATE_CLIENTS: z.enum(['true', 'false']).optional(),
    QITECH_BASE_URL: neededInProduction(lenderAddress(mode)),
    QITECH_API_CLIENT_KEY: neededInProduction(text),
    QITECH_PRIVATE_KEY_FILE: neededInProduction(existingFile),
    QITECH_PUBLIC_KEY_FILE: existingFile.optional(),
    QITECH_AUTH_SCHEME: z.enum(lenderAuthSchemes).default('signed-header'),
    QITECH_SIGNATURE_TYPE: z.enum(lenderSignatureTypes).default('data_signature'),
    QITECH_EMPTY_PAYLOAD: z.enum(['{}', 'empty']).default('{}'),
    QITECH_TIMESTAMP_ZONE: z.string().refine(isTimeZone, 'is not the IANA name of a time zone').default('UTC'),
    ACEITE_TIME_STAMP_AUTHORITIES: authorityList.optional(),
    ACEITE_TIME_STAMP_ROOTS_FILE: existingFile.optional(),
    ACEITE_SEAL_CERTIFICATE_FILE: existingFile.optional(),
    ACEITE_SEAL_KEY_FILE: existingFile.optional(),
    ACEITE_WITNESSES: witnessList.default([]),
    SMTP_URL: addressWith('an SMTP', ['smtp:', 'smtps:']).optional(),
    MAIL_FROM: z.string().includes('@', 'is not an e-mail address').optional(),
    SMS_URL: addressWith('an https', isProduction ? ['https:'] : ['https:', 'http:']).optional(),
    SMS_TOKEN: text.optional(),
    LOG_LEVEL: z.enum(logLevels).default('info'),
    NODE_ENV: z.enum(['production', 'development', 'test']).catch('production'),
  });
}

type ParsedSettings = z.output<ReturnType<typeof settingsSchema>>;

function toConfig(given: ParsedSettings): Config {
  const isSandbox = given.ACEITE_MODE === 'sandbox';
  const dataDir = resolve(given.ACEITE_DATA_DIR);
  const databaseUrl = given.DATABASE_URL === 'embedded' ? undefined : given.DATABASE_URL;
  const lenderPort = given.LENDER_PORT ?? given.PORT + 1;
  return withoutAbsent({
    mode: given.ACEITE_MODE,
    portalUrl: given.PORTAL_URL ?? `http://127.0.0.1:${given.PORT}`,
    host: given.HOST,
    port: given.PORT,
    lenderPort,
    inboxPort: given.INBOX_PORT ?? given.PORT + 2,
    dataDir,
    databaseUrl,
    migrationDatabaseUrl: given.MIGRATION_DATABASE_URL ?? databaseUrl,
    keysFile: resolve(given.ACEITE_KEYS_FILE ?? `${dataDir}/keys.json`),
    logKeyFile: given.ACEITE_LOG_KEY_FILE && resolve(given.ACEITE_LOG_KEY_FILE),
    logKeys: logKeySettings({ mode: given.ACEITE_MODE, dataDir }, given.ACEITE_LOG_PUBLIC_KEYS),
    trustedProxies: given.TRUSTED_PROXIES ?? [],
    clientPortHeader: given.CLIENT_PORT_HEADER?.toLowerCase(),
    allowPrivateClients: isSandbox || given.ALLOW_PRIVATE_CLIENTS === 'true',
    qitech: withoutAbsent({
      baseUrl: given.QITECH_BASE_URL ?? `http://127.0.0.1:${lenderPort}`,
      isSandboxLender: given.QITECH_BASE_URL === undefined,
      apiClientKey: given.QITECH_API_CLIENT_KEY,
      privateKeyFile: given.QITECH_PRIVATE_KEY_FILE && resolve(given.QITECH_PRIVATE_KEY_FILE),
      publicKeyFile: given.QITECH_PUBLIC_KEY_FILE && resolve(given.QITECH_PUBLIC_KEY_FILE),
      authScheme: given.QITECH_AUTH_SCHEME,
      signatureType: given.QITECH_SIGNATURE_TYPE,
      emptyPayload: given.QITECH_EMPTY_PAYLOAD === 'empty' ? ('' as const) : given.QITECH_EMPTY_PAYLOAD,
      timestampZone: given.QITECH_TIMESTAMP_ZONE,
    }),
    timeStamps: timeStampSettings({
      authorities: given.ACEITE_TIME_STAMP_AUTHORITIES,
      rootsFile: given.ACEITE_TIME_STAMP_ROOTS_FILE,
      // The process of the sandbox lender serves the sandbox's own authorities.
      sandbox: isSandbox && given.QITECH_BASE_URL === undefined ? { dataDir, port: lenderPort } : undefined,
    }),
    pdfSeal: pdfSealFiles(given, dataDir),
    witnesses: given.ACEITE_WITNESSES,
    smtpUrl: given.SMTP_URL,
    mailFrom: given.MAIL_FROM,
    smsUrl: given.SMS_URL,
    smsToken: given.SMS_TOKEN,
    logLevel: given.LOG_LEVEL,
    webNodeEnv: given.NODE_ENV,
  });
}

/** The sandbox makes its own where none is set. */
function pdfSealFiles(given: ParsedSettings, dataDir: string): Config['pdfSeal'] {
  const { ACEITE_SEAL_CERTIFICATE_FILE: certificateFile, ACEITE_SEAL_KEY_FILE: keyFile } = given;
  if (certificateFile && keyFile) return { certificateFile: resolve(certificateFile), keyFile: resolve(keyFile) };
  if (given.ACEITE_MODE === 'production') return undefined;
  return { certificateFile: `${dataDir}/pdf-seal.pem`, keyFile: `${dataDir}/pdf-seal.pem` };
}

function describeIssue(issue: z.core.$ZodIssue, raw: RawSettings): string {
  const name = String(issue.path[0]) as SettingName;
  if (raw[name] === undefined) return problem(name, 'is missing');
  return problem(name, issue.code === 'invalid_value' ? 'has an unknown value' : issue.message);
}

function problem(name: SettingName, reason: string): string {
  return `${name} ${reason}. ${settings[name]}`;
}

/** Faults that only show when two settings are laid side by side; looked for even when a third one is wrong. */
function crossProblems(raw: RawSettings): string[] {
  const problems = portProblems(raw);
  if (!isNone(raw.ACEITE_TIME_STAMP_AUTHORITIES) && !raw.ACEITE_TIME_STAMP_ROOTS_FILE) {
    const reason = 'is missing, and ACEITE_TIME_STAMP_AUTHORITIES needs it';
    problems.push(problem('ACEITE_TIME_STAMP_ROOTS_FILE', reason));
  }
  const sealFiles = ['ACEITE_SEAL_CERTIFICATE_FILE', 'ACEITE_SEAL_KEY_FILE'] as const;
  for (const [name, other] of [sealFiles, sealFiles.toReversed() as [SettingName, SettingName]])
    if (raw[other] && !raw[name]) problems.push(problem(name, `is missing, and ${other} needs it`));
  if (raw.SMTP_URL && !raw.MAIL_FROM) problems.push(problem('MAIL_FROM', 'is missing, and SMTP_URL needs it'));
  if (raw.CLIENT_PORT_HEADER && isNone(raw.TRUSTED_PROXIES)) {
    problems.push(problem('TRUSTED_PROXIES', 'names nobody, so CLIENT_PORT_HEADER would never be believed'));
  }
  return problems;
}

const isNone = (list: string | undefined): boolean => list === undefined || list.toLowerCase() === 'none';

function portProblems(raw: RawSettings): string[] {
  const problems: string[] = [];
  const first = Number(raw.PORT ?? 3000);
  const ports = [first, Number(raw.LENDER_PORT ?? first + 1), Number(raw.INBOX_PORT ?? first + 2)] as const;
  if (ports[1] === ports[0]) problems.push(problem('LENDER_PORT', 'is the same as PORT'));
  if (ports[2] === ports[0] || ports[2] === ports[1]) problems.push(problem('INBOX_PORT', 'is used twice'));
  for (const [index, name] of (['LENDER_PORT', 'INBOX_PORT'] as const).entries()) {
    const next = ports[index + 1];
    if (raw[name] === undefined && first <= portMax && next !== undefined && next > portMax) {
      problems.push(problem(name, `would be ${next}, which follows from PORT and is no port`));
    }
  }
  return problems;
}
