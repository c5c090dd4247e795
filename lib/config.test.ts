import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { settings } from '#lib/domain/settings.ts';
import { type Config, type Environment, loadConfig, withEnvFile } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'aceite-config-'));
const keyFile = join(folder, 'key.pem');
writeFileSync(keyFile, 'a key');
afterAll(() => rmSync(folder, { recursive: true }));

const production = {
  ACEITE_MODE: 'production',
  PORTAL_URL: 'https://assinar.example.com',
  DATABASE_URL: 'postgres://login:secret@db.example.com/aceite',
  ACEITE_KEYS_FILE: keyFile,
  TRUSTED_PROXIES: 'none',
  QITECH_BASE_URL: 'https://lender.example.com',
  QITECH_API_CLIENT_KEY: 'an-integration-key',
  QITECH_PRIVATE_KEY_FILE: keyFile,
};

function configOf(env: Environment): Config {
  const loaded = loadConfig(env);
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return loaded.config;
}

function problemsOf(env: Environment): string[] {
  const loaded = loadConfig(env);
  return loaded.ok ? [] : loaded.problems;
}

describe('sandbox mode', () => {
  test('needs nothing at all', () => {
    expect(configOf({})).toMatchObject({
      mode: 'sandbox',
      portalUrl: 'http://127.0.0.1:3000',
      host: '127.0.0.1',
      ...{ port: 3000, lenderPort: 3001, inboxPort: 3002 },
      trustedProxies: [],
      allowPrivateClients: true,
      qitech: { isSandboxLender: true, baseUrl: 'http://127.0.0.1:3001', emptyPayload: '{}', timestampZone: 'UTC' },
    });
  });

  test('has no database address, so that the embedded Postgres is started', () => {
    expect(configOf({})).not.toHaveProperty('databaseUrl');
    expect(configOf({ DATABASE_URL: 'embedded' })).not.toHaveProperty('databaseUrl');
  });

  test('lets the ports of lender and inbox, and the public address, follow PORT', () => {
    const config = configOf({ PORT: '8080' });
    expect([config.lenderPort, config.inboxPort, config.portalUrl]).toEqual([8081, 8082, 'http://127.0.0.1:8080']);
  });

  test('speaks to a real lender when its address is given', () => {
    const { qitech } = configOf({ QITECH_BASE_URL: 'https://lender.example.com/' });
    expect(qitech).toMatchObject({ isSandboxLender: false, baseUrl: 'https://lender.example.com' });
  });

  test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'https://assinar.example.com'])(
    'takes %s as its own address',
    (address) => expect(configOf({ PORTAL_URL: address }).portalUrl).toBe(address),
  );
});

describe('production mode', () => {
  test('starts with what it needs', () => {
    expect(configOf(production)).toMatchObject({
      mode: 'production',
      portalUrl: 'https://assinar.example.com',
      migrationDatabaseUrl: production.DATABASE_URL,
      allowPrivateClients: false,
      trustedProxies: [],
    });
  });

  test.each(Object.keys(production).filter((name) => name !== 'ACEITE_MODE'))('does not start without %s', (name) => {
    expect(problemsOf({ ...production, [name]: undefined })).toEqual([
      expect.stringMatching(`^${name} is missing\\. Set`),
    ]);
  });

  test('lists everything that is missing at once', () => {
    expect(problemsOf({ ACEITE_MODE: 'production' })).toHaveLength(7);
  });

  test('keeps the data in the embedded Postgres only when told so in words', () => {
    expect(configOf({ ...production, DATABASE_URL: 'embedded' })).not.toHaveProperty('databaseUrl');
  });

  test.each([
    ['PORTAL_URL', 'http://assinar.example.com', 'must be https in production mode'],
    ['PORTAL_URL', 'http://127.0.0.1:3000', 'must be https in production mode'],
    ['QITECH_BASE_URL', 'http://127.0.0.1:3001', 'must be https in production mode'],
    ['TRUSTED_PROXIES', '0.0.0.0/0', 'has the entry "0.0.0.0/0", which would believe everybody'],
    ['TRUSTED_PROXIES', '10.0.0.1, ::/0', 'has the entry "::/0", which would believe everybody'],
    ['ACEITE_KEYS_FILE', '/nowhere/keys.json', 'names a file that is not there or cannot be read'],
    ['QITECH_PRIVATE_KEY_FILE', '/nowhere/key.pem', 'names a file that is not there or cannot be read'],
    ['SMS_URL', 'http://sms.example.com', 'is not an https address'],
  ] as const)('refuses %s=%s', (name, value, reason) => {
    expect(problemsOf({ ...production, [name]: value })).toEqual([`${name} ${reason}. ${settings[name]}`]);
  });
});

describe('a wrong value', () => {
  test.each([
    ['ACEITE_MODE', 'prod', 'has an unknown value'],
    ['PORT', '0', 'is not a port number'],
    ['PORT', '65536', 'is not a port number'],
    ['PORT', '3000a', 'is not a port number'],
    ['LENDER_PORT', '3000', 'is the same as PORT'],
    ['INBOX_PORT', '3001', 'is used twice'],
    ['HOST', 'http://localhost', 'is not an address or a host name'],
    ['PORTAL_URL', 'assinar', 'is not an address'],
    ['PORTAL_URL', 'http://assinar.example.com', 'must be https, because its host is not this machine'],
    ['PORTAL_URL', 'http://127.0.0.1.example.com', 'must be https, because its host is not this machine'],
    ['PORTAL_URL', 'https://a.example.com/portal', 'must not have a path or a query'],
    ['PORTAL_URL', 'https://a.example.com/?x=1', 'must not have a path or a query'],
    ['PORTAL_URL', 'https://me:secret@a.example.com', 'must not hold a user name or password'],
    ['PORTAL_URL', 'ftp://a.example.com', 'is not an https address'],
    ['DATABASE_URL', 'mysql://localhost/aceite', 'is not a Postgres address'],
    ['MIGRATION_DATABASE_URL', 'embedded', 'is not a Postgres address'],
    [
      'TRUSTED_PROXIES',
      'proxy.example.com',
      'has the entry "proxy.example.com", which is neither an address nor a network',
    ],
    ['TRUSTED_PROXIES', '10.0.0.0/33', 'has the entry "10.0.0.0/33", which is neither an address nor a network'],
    ['TRUSTED_PROXIES', '10.0.0', 'has the entry "10.0.0", which is neither an address nor a network'],
    ['ALLOW_PRIVATE_CLIENTS', 'yes', 'has an unknown value'],
    ['QITECH_BASE_URL', 'https://a.example.com/?x', 'must not have a query'],
    ['QITECH_AUTH_SCHEME', 'basic', 'has an unknown value'],
    ['QITECH_SIGNATURE_TYPE', 'signature', 'has an unknown value'],
    ['QITECH_EMPTY_PAYLOAD', '[]', 'has an unknown value'],
    ['QITECH_TIMESTAMP_ZONE', 'Brasilia', 'is not the IANA name of a time zone'],
    ['QITECH_TIMESTAMP_ZONE', '-03:00', 'is not the IANA name of a time zone'],
    ['QITECH_PUBLIC_KEY_FILE', '/nowhere/lender.pem', 'names a file that is not there or cannot be read'],
    ['SMTP_URL', 'mail.example.com', 'is not an SMTP address'],
    ['MAIL_FROM', 'contratos', 'is not an e-mail address'],
    ['LOG_LEVEL', 'loud', 'has an unknown value'],
  ] as const)('of %s, %s, is named with its reason and the way out', (name, value, reason) => {
    expect(problemsOf({ [name]: value })).toContain(`${name} ${reason}. ${settings[name]}`);
  });

  test('does not hide the others', () => {
    const problems = problemsOf({
      PORT: 'x',
      LOG_LEVEL: 'y',
      TRUSTED_PROXIES: 'a, b',
      SMTP_URL: 'smtp://mail.example.com',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      ...['PORT', 'TRUSTED_PROXIES', 'TRUSTED_PROXIES', 'LOG_LEVEL', 'MAIL_FROM'],
    ]);
  });
});

describe('time-stamp authorities', () => {
  const rootsFile = { ACEITE_TIME_STAMP_ROOTS_FILE: keyFile };
  const authoritiesOf = (list: string) =>
    configOf({ ...rootsFile, ACEITE_TIME_STAMP_AUTHORITIES: list }).timeStamps.authorities;

  test('are two of our own in the sandbox, beside its lender', () => {
    expect(configOf({ PORT: '8080', ACEITE_DATA_DIR: '/srv/aceite' }).timeStamps).toEqual({
      authorities: [
        { name: 'sandbox-a', url: 'http://127.0.0.1:8081/sandbox/time-stamps/sandbox-a' },
        { name: 'sandbox-b', url: 'http://127.0.0.1:8081/sandbox/time-stamps/sandbox-b' },
      ],
      rootsFile: '/srv/aceite/time-stamp-roots.pem',
      areSandboxAuthorities: true,
    });
  });

  test.each([
    ['in production mode', production],
    ['in a sandbox without a lender of its own', { QITECH_BASE_URL: 'https://lender.example.com' }],
    ['where none are wanted', { ACEITE_TIME_STAMP_AUTHORITIES: 'none' }],
  ])('are none %s, unless they are set', (_where, env) => {
    expect(configOf(env).timeStamps).toEqual({ authorities: [], areSandboxAuthorities: false });
  });

  test('are taken with their names, over http or https', () => {
    const env = { ...production, ...rootsFile, ACEITE_TIME_STAMP_AUTHORITIES: 'act=https://act.example.com/tsa?a=b' };
    expect(configOf(env).timeStamps).toEqual({
      authorities: [{ name: 'act', url: 'https://act.example.com/tsa?a=b' }],
      rootsFile: keyFile,
      areSandboxAuthorities: false,
    });
    expect(authoritiesOf('a=http://a.example.com, b=https://b.example.com c=http://c.example.com')).toHaveLength(3);
  });

  test('are not believed without roots', () => {
    expect(problemsOf({ ACEITE_TIME_STAMP_AUTHORITIES: 'a=https://a.example.com' })).toEqual([
      expect.stringMatching(/^ACEITE_TIME_STAMP_ROOTS_FILE is missing, and ACEITE_TIME_STAMP_AUTHORITIES needs it/),
    ]);
    expect(problemsOf({ ...rootsFile, ACEITE_TIME_STAMP_ROOTS_FILE: '/nowhere/roots.pem' })).toEqual([
      expect.stringMatching(/^ACEITE_TIME_STAMP_ROOTS_FILE names a file that is not there/),
    ]);
  });

  test.each([
    ['https://a.example.com', 'does not begin with a name'],
    ['A=https://a.example.com', 'does not begin with a name'],
    [`${'a'.repeat(33)}=https://a.example.com`, 'does not begin with a name'],
    ['a=a.example.com', 'is not an http or https address'],
    ['a=ftp://a.example.com', 'is not an http or https address'],
    ['a=https://me:secret@a.example.com', 'must not hold a user name or password'],
    ['a=https://a.example.com,a=https://b.example.com', 'has a name twice'],
  ])('written %s are named with their fault', (list, fault) => {
    const env = { ...rootsFile, ACEITE_TIME_STAMP_AUTHORITIES: list };
    expect(problemsOf(env).join('\n')).toContain(`, which ${fault}`);
  });
});

describe('two settings that contradict each other', () => {
  test('a port that follows from PORT and is none', () => {
    expect(problemsOf({ PORT: '65534' })).toEqual([expect.stringMatching(/^INBOX_PORT would be 65536/)]);
  });

  test('a port header that no proxy may set', () => {
    const header = { CLIENT_PORT_HEADER: 'X-Client-Port' };
    expect(problemsOf(header)).toEqual([expect.stringMatching(/^TRUSTED_PROXIES names nobody/)]);
    expect(configOf({ ...header, TRUSTED_PROXIES: '10.0.0.0/8' }).clientPortHeader).toBe('x-client-port');
  });
});

describe('a value', () => {
  test('that is blank counts as not set', () => {
    expect(configOf({ PORT: ' ', DATABASE_URL: '' })).toEqual(configOf({}));
  });

  test('of QITECH_EMPTY_PAYLOAD may be blank, which means that nothing is hashed', () => {
    expect(configOf({ QITECH_EMPTY_PAYLOAD: '' }).qitech.emptyPayload).toBe('');
    expect(configOf({ QITECH_EMPTY_PAYLOAD: 'empty' }).qitech.emptyPayload).toBe('');
    expect(configOf({ QITECH_EMPTY_PAYLOAD: '{}' }).qitech.emptyPayload).toBe('{}');
  });

  test('of TRUSTED_PROXIES is a list of networks and addresses of both kinds', () => {
    const list = '10.0.0.0/8,192.0.2.7 fd00::/8, ::1';
    expect(configOf({ TRUSTED_PROXIES: list }).trustedProxies).toEqual(['10.0.0.0/8', '192.0.2.7', 'fd00::/8', '::1']);
    expect(configOf({ TRUSTED_PROXIES: 'None' }).trustedProxies).toEqual([]);
  });

  test('that names a file becomes an absolute path', () => {
    expect(configOf({ ACEITE_DATA_DIR: 'data' }).dataDir).toBe(join(process.cwd(), 'data'));
    expect(configOf({ ACEITE_DATA_DIR: '/srv/aceite' }).keysFile).toBe('/srv/aceite/keys.json');
  });

  test('in the environment wins over the .env file', () => {
    const file = join(folder, '.env');
    writeFileSync(file, 'PORT=4000\nHOST="0.0.0.0"\n# a remark\nexport LOG_LEVEL=warn\n');
    expect(configOf(withEnvFile({ PORT: '5000' }, file))).toMatchObject({
      port: 5000,
      host: '0.0.0.0',
      logLevel: 'warn',
    });
    expect(withEnvFile({ PORT: '5000' }, join(folder, 'no such file'))).toEqual({ PORT: '5000' });
  });
});
