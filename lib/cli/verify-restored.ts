import type { Config } from '#lib/config.ts';
import { type KeptKey, type RestoredRows, readRestored } from '#lib/db/restored-rows.ts';
import { chainCheck } from '#lib/evidence/chain-check.ts';
import type { Checkpoint } from '#lib/evidence/log/checkpoint.ts';
import { verifyEd25519 } from '#lib/evidence/log/ed25519.ts';
import { type BackupSeal, backupSealMessage } from '#lib/schema/backup-file.ts';
import { type KeyFile, readKeyFile } from '#lib/vault/key-file.ts';
import { createKeyring } from '#lib/vault/keyring.ts';
import { dossierFaults } from './dossier-faults.ts';
import { logFaults } from './log-faults.ts';
import type { PreparedDatabase } from './prepare-database.ts';
import type { RestoreFault } from './restore-fault.ts';

/**
 * Everything by which a restored database proves itself beyond its rows, which are compared before the commit. None means that the
 * portal can run on it.
 */
export async function verifyRestored(
  config: Config,
  database: PreparedDatabase,
  { seal, published, withDossiers, onProgress }: Proof,
): Promise<RestoreFault[]> {
  return readRestored(database.ownerUrl, async (rows) => {
    const ofKeys = keyFaults(config, await rows.sampleWrappedKeys());
    // By other keys than the backup's no seal can be told, which is no second fault.
    const ofSeal = ofKeys.length > 0 ? [] : await sealFaults(config, seal);
    onProgress('verifying the chains and the log');
    const ofLog = [
      ...(await chainFaults(rows)),
      ...(await coverageFaults(rows)),
      ...(await logFaults(rows, published)),
    ];
    // Without keys no dossier opens, which is no second fault.
    if (!withDossiers || ofKeys.length > 0) return [...ofKeys, ...ofSeal, ...ofLog];
    onProgress('verifying the dossiers');
    return [...ofSeal, ...ofLog, ...(await dossierFaults(config, database, rows, onProgress))];
  });
}

type Proof = {
  seal: BackupSeal;
  /** A checkpoint that strangers have kept. */
  published: Checkpoint | undefined;
  withDossiers: boolean;
  onProgress(message: string): void;
};

/** Without the keys of its time the database is whole and can be read by nobody. */
function keyFaults({ keysFile }: Config, sample: KeptKey[]): RestoreFault[] {
  const reason = reasonAgainst(keysFile, sample);
  if (reason === undefined) return [];
  const message = `The key file ${keysFile} does not open the restored sessions: ${reason}. Put the key file of this backup's portal there, or set ACEITE_KEYS_FILE to where it is, before anything is started on this database.`;
  return [{ code: 'keys_missing', message }];
}

function reasonAgainst(keysFile: string, sample: KeptKey[]): string | undefined {
  let file: KeyFile;
  try {
    file = readKeyFile(keysFile);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const ids = (keys: KeptKey[]) => keys.map(({ wrappingKeyId }) => wrappingKeyId).join(', ');
  const missing = sample.filter(({ wrappingKeyId }) => !file.wrappingKeys.has(wrappingKeyId));
  if (missing.length > 0) return `it lacks the wrapping keys ${ids(missing)}`;
  const wrong = sample.filter((key) => !opens(file, key));
  return wrong.length > 0 ? `its wrapping keys ${ids(wrong)} are others than those of the backup` : undefined;
}

function opens(file: KeyFile, { wrappingKeyId, wrappedKey, ...place }: KeptKey): boolean {
  try {
    createKeyring(file).sessionVault(place, { wrappingKeyId, wrappedKey });
    return true;
  } catch {
    return false;
  }
}

/** Chains and log prove the evidence. Who may enter the portal, its staff and API keys, stands in neither, and only the seal vouches for that. */
async function sealFaults({ keysFile }: Config, { sha256, signature }: BackupSeal): Promise<RestoreFault[]> {
  const reason = await reasonAgainstSeal(keysFile, backupSealMessage(sha256), Buffer.from(signature, 'base64'));
  if (reason === undefined) return [];
  const message = `The backup does not bear the seal of this portal: ${reason}. Somebody else may have written or changed the file, and put API keys or staff of their own into it: look at "api-key list" and "staff list" before anything is started on this database, or restore another copy.`;
  return [{ code: 'backup_not_sealed', message }];
}

async function reasonAgainstSeal(
  keysFile: string,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<string | undefined> {
  let keys: readonly Buffer[];
  try {
    keys = createKeyring(readKeyFile(keysFile)).sealPublicKeys();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const are = await Promise.all(keys.map((key) => verifyEd25519(key, message, signature)));
  return are.includes(true) ? undefined : `no seal of the key file ${keysFile}, present or former, has signed it`;
}

async function chainFaults(rows: RestoredRows): Promise<RestoreFault[]> {
  const follows = chainCheck();
  const broken = new Set<string>();
  await rows.eachEventLink((link) => {
    if (!follows(link)) broken.add(link.sessionId);
  });
  if (broken.size === 0) return [];
  const [first] = broken;
  const message = `The events of ${broken.size} sessions do not follow from each other (the session ${first} is one): rows were changed, removed or added in the database that was backed up, or in the file by somebody who knows its format.`;
  return [{ code: 'chain_broken', message }];
}

/** Events and log each know of the other: a chain that lost its end, or all of it, still fits together. */
async function coverageFaults(rows: RestoredRows): Promise<RestoreFault[]> {
  const [unlogged, missing] = [await rows.countUnloggedEvents(), await rows.countMissingRecords()];
  const faults: RestoreFault[] = [];
  if (unlogged > 0) {
    const message = `${unlogged} events stand neither in the log nor in what waits for it, so no proof will ever cover them.`;
    faults.push({ code: 'event_not_logged', message });
  }
  if (missing > 0) {
    const message = `The log knows of ${missing} events or statements that are not there: rows were removed or changed in the database that was backed up, or in the file by somebody who knows its format. Whose they were, the log does not say.`;
    faults.push({ code: 'record_missing', message });
  }
  return faults;
}
