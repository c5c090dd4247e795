import { createPublicKey, randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeOnce } from '#lib/providers/write-once.ts';
import { generateClientKeyPair } from './client-keys.ts';

export type SandboxClientKeys = { privateKeyFile: string; publicKeyFile: string; apiClientKey: string };

/**
 * Our side's key material for the sandbox lender, in the data folder: made when missing, the same ever after, whichever
 * process asks first. A private key or integration key that a person has set wins; the public file always fits the private key.
 */
export async function sandboxClientKeys(given: {
  dataDir: string;
  privateKeyFile?: string;
  apiClientKey?: string;
}): Promise<SandboxClientKeys> {
  await mkdir(given.dataDir, { recursive: true, mode: 0o700 });
  const ownFile = join(given.dataDir, 'lender-client-private-key.pem');
  const privateKeyFile = given.privateKeyFile ?? ownFile;
  if (!given.privateKeyFile) await writeOnce(ownFile, generateClientKeyPair().privateKeyPem);
  const publicKeyFile = join(given.dataDir, 'lender-client-public-key.pem');
  await writePublicHalf(privateKeyFile, publicKeyFile);
  return { privateKeyFile, publicKeyFile, apiClientKey: given.apiClientKey ?? (await integrationIn(given.dataDir)) };
}

/** Left alone when it fits: another process may be reading it. */
async function writePublicHalf(privateKeyFile: string, publicKeyFile: string): Promise<void> {
  const pem = createPublicKey(await readFile(privateKeyFile, 'utf8')).export({ type: 'spki', format: 'pem' });
  if ((await readFile(publicKeyFile, 'utf8').catch(() => '')) !== pem) await writeFile(publicKeyFile, pem);
}

/** The lender's integration keys are UUIDs. */
async function integrationIn(dataDir: string): Promise<string> {
  const file = join(dataDir, 'lender-api-client-key');
  await writeOnce(file, `${randomUUID()}\n`);
  return (await readFile(file, 'utf8')).trim();
}
