import { createPublicKey } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeOnce } from '#lib/providers/write-once.ts';
import { generateClientKeyPair } from './client-keys.ts';

/**
 * The sandbox lender's own pair, in the data folder: made when missing, the same ever after, whichever process asks first. The lender
 * signs with the private half; the portal needs the public one to know its notices.
 */
export async function sandboxLenderKeys(dataDir: string): Promise<{ privateKeyPem: string; publicKeyPem: string }> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'sandbox-lender-private-key.pem');
  await writeOnce(file, generateClientKeyPair().privateKeyPem);
  const privateKeyPem = await readFile(file, 'utf8');
  const publicKeyPem = createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }).toString();
  return { privateKeyPem, publicKeyPem };
}
