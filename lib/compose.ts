import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WitnessSetting } from './config/witness-settings.ts';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './db/database.ts';
import { migrationsPending } from './db/migrate.ts';
import { buildManifestName, softwareOf } from './domain/software.ts';
import { type PdfSeal, readPdfSeal, sealPdf } from './evidence/certificate/seal-pdf.ts';
import { parseVerifierKey } from './evidence/log/verifier-key.ts';
import { timeStampRequest } from './evidence/verify/time-stamp/request.ts';
import { rootsProblem, verifyTimeStamp } from './evidence/verify/time-stamp/verify.ts';
import { createLogger } from './http/log.ts';
import { countLostRecords } from './http/lost-records.ts';
import type { Program, Readiness } from './program.ts';
import { createQitechLender } from './providers/qitech/client.ts';
import { createQitechInbox } from './providers/qitech/inbox.ts';
import { openQitech } from './providers/qitech/open-lender.ts';
import { sandboxClientKeys } from './providers/qitech/sandbox-client-keys.ts';
import { sandboxLenderKeys } from './providers/qitech/sandbox-lender-keys.ts';
import { createAuthority } from './providers/rfc3161/client.ts';
import { sandboxRoots } from './providers/rfc3161/sandbox-roots.ts';
import type { TimeStampProtocol } from './providers/time-stamps.ts';
import { createTlogWitness } from './providers/tlog-witness/client.ts';
import { createWebhookSender } from './providers/webhook/client.ts';
import type { KnownWitness } from './usecases/context.ts';
import { requestRecorder } from './usecases/system/record-requests.ts';
import { openKeyring } from './vault/live-keyring.ts';

/** Sixteen are enough for the commits one small server groups; more only wait inside Postgres instead of outside. */
export const connectionsMax = 16;

/** The one wiring: settings, keys, database and lender become the program. The database may be down; the first use will tell. */
export async function compose(config: Config): Promise<Program & { end(): Promise<void> }> {
  if (config.databaseUrl === undefined) throw new Error('compose needs the address of a database that runs');
  const log = createLogger(config);
  const db = openDatabase({
    url: config.databaseUrl,
    connectionsMax,
    mode: config.mode,
    onIdleError: (error) => log.warn({ error: error.message }, 'a database connection was lost'),
  });
  const authorities = await composeAuthorities(config);
  const keys = openKeyring(config.keysFile, {
    clock: () => performance.now(),
    onFault: ({ message }) => log.error({ error: message }, 'the key file was changed and cannot be used'),
  });
  const isSandbox = config.mode === 'sandbox';
  return {
    config,
    log,
    db,
    keys,
    recordRequest: requestRecorder({ db, keys, isSandbox }, countLostRecords),
    ...(await composeLender(config)),
    webhooks: createWebhookSender({ isSandbox, clock: () => new Date() }),
    ...authorities,
    ...composeLogKeys(config),
    ...composePdfSeal(config, authorities.timeStampAuthorities[0]),
    witnesses: config.witnesses.map(knownWitness),
    portalUrl: config.portalUrl,
    isSandbox,
    acceptsPrivateClients: isSandbox || config.allowPrivateClients,
    ...readSoftware(config),
    isReady: () => readiness(db),
    end: () => db.end(),
  };
}

type LenderParts = Pick<Program, 'lender' | 'lenderInbox' | 'openLender'>;

async function composeLender({ mode, dataDir, qitech }: Config): Promise<LenderParts> {
  const generated = mode === 'sandbox' ? await sandboxClientKeys({ dataDir, ...qitech }) : undefined;
  const privateKeyFile = qitech.privateKeyFile ?? generated?.privateKeyFile;
  const apiClientKey = qitech.apiClientKey ?? generated?.apiClientKey;
  if (privateKeyFile === undefined || apiClientKey === undefined)
    throw new Error('the lender needs a private key and an API client key');
  const access = { apiClientKey, privateKeyPem: readFileSync(privateKeyFile, 'utf8'), clock: () => new Date() };
  const lenderPublicKeyPem = qitech.publicKeyFile && readFileSync(qitech.publicKeyFile, 'utf8');
  // Whoever set a key wants replies signed; the sandbox's lender signs none in the newer scheme, but its notices always.
  const noticeKey = lenderPublicKeyPem ?? (await sandboxNoticeKey({ mode, dataDir, qitech }));
  return {
    openLender: openQitech,
    lender: createQitechLender({ ...qitech, ...access, ...(lenderPublicKeyPem && { lenderPublicKeyPem }) }),
    ...(noticeKey && { lenderInbox: createQitechInbox({ ...access, lenderPublicKeyPem: noticeKey }) }),
  };
}

async function sandboxNoticeKey({ mode, dataDir, qitech }: Pick<Config, 'mode' | 'dataDir' | 'qitech'>) {
  if (mode !== 'sandbox' || !qitech.isSandboxLender) return undefined;
  return (await sandboxLenderKeys(dataDir)).publicKeyPem;
}

export async function composeAuthorities({
  dataDir,
  timeStamps,
}: Config): Promise<Pick<Program, 'timeStampAuthorities' | 'timeStampRoots'>> {
  const { authorities, rootsFile, areSandboxAuthorities } = timeStamps;
  if (rootsFile === undefined) return { timeStampAuthorities: [], timeStampRoots: [] };
  const names = authorities.map(({ name }) => name);
  const roots = areSandboxAuthorities
    ? await sandboxRoots({ folder: dataDir, names, file: rootsFile })
    : readFileSync(rootsFile, 'utf8');
  const problem = rootsProblem([roots]);
  if (problem) throw new Error(`${rootsFile} does not hold the roots of time-stamp authorities: ${problem}`);
  const check: TimeStampProtocol['check'] = (answer) => verifyTimeStamp({ ...answer, roots: [roots] });
  const protocol = { request: timeStampRequest, check };
  return {
    timeStampAuthorities: authorities.map((authority) => createAuthority({ ...authority, protocol })),
    timeStampRoots: roots.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [],
  };
}

/** The first authority stamps the seals too: one more stranger's word for the time, where one is asked anyway. */
export function composePdfSeal(
  { mode, pdfSeal }: Config,
  authority: Program['timeStampAuthorities'][number] | undefined,
): Pick<Program, 'sealPdf'> {
  // The sandbox's own is made when it is prepared; production's was looked for with the other settings.
  if (!pdfSeal || (mode === 'sandbox' && !existsSync(pdfSeal.keyFile))) return {};
  const [certificates, privateKey] = [pdfSeal.certificateFile, pdfSeal.keyFile].map((path) =>
    readFileSync(path, 'utf8'),
  );
  const seal = readSeal({ certificates: certificates ?? '', privateKey: privateKey ?? '' }, pdfSeal.certificateFile);
  const stamp = async (digest: Uint8Array) => {
    const stamped = await authority?.stamp(digest);
    return stamped?.ok ? stamped.response : undefined;
  };
  return { sealPdf: (pdf, about) => sealPdf(pdf, seal, { ...about, ...(authority && { stamp }) }) };
}

function readSeal(pems: Parameters<typeof readPdfSeal>[0], path: string): PdfSeal {
  try {
    return readPdfSeal(pems);
  } catch (error) {
    throw new Error(
      `${path} and its key cannot seal anything: ${error instanceof Error ? error.message : 'unknown fault'}`,
    );
  }
}

export function composeLogKeys({ logKeys: { named, file } }: Config): Pick<Program, 'logKeys'> {
  if (file !== undefined) return { logKeys: () => publishedLogKeys(file) };
  for (const key of named) {
    const reading = parseVerifierKey(key);
    if (!reading.ok)
      throw new Error(`ACEITE_LOG_PUBLIC_KEYS has the key ${key}, which was not copied whole (${reading.code})`);
  }
  return named.length > 0 ? { logKeys: () => named } : {};
}

/** No file, no key: the signer has not begun. */
function publishedLogKeys(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

export function knownWitness({ url, verifierKey }: WitnessSetting): KnownWitness {
  const reading = parseVerifierKey(verifierKey);
  if (reading.ok) return { key: reading.key, witness: createTlogWitness({ url }) };
  throw new Error(`ACEITE_WITNESSES has the key ${verifierKey}, which was not copied whole (${reading.code})`);
}

const noBuild = 'development';

/** Names the build that rendered a page. Under the development server there is none. */
export function readBuildId(): string {
  return readBuilt('BUILD_ID')?.trim() ?? noBuild;
}

/** A former build may lie there while a development server runs. */
function readSoftware({ webNodeEnv }: Config): Pick<Program, 'buildId' | 'software'> {
  if (webNodeEnv === 'development') return { buildId: noBuild, software: { missing: 'development_server' } };
  const buildId = readBuildId();
  return { buildId, software: softwareOf(buildId, readBuilt(buildManifestName)) };
}

function readBuilt(name: string): string | undefined {
  try {
    return readFileSync(join(process.cwd(), '.next', name), 'utf8');
  } catch {
    return undefined;
  }
}

async function readiness(db: Database): Promise<Readiness> {
  const build = readBuildId() !== noBuild;
  try {
    await db.refuseOtherMode();
    const pending = await migrationsPending(db.pool, join(process.cwd(), 'lib', 'db', 'migrations'));
    return { database: true, migrations: pending.length === 0, build };
  } catch {
    return { database: false, migrations: false, build };
  }
}
