import { existsSync } from 'node:fs';
import { issueSeal, sandboxName } from '#lib/providers/rfc3161/sandbox/issue-certificate.ts';
import { keyAlgorithm, writtenPem } from '#lib/providers/rfc3161/sandbox/pem-block.ts';
import { writeDurably } from './write-durably.ts';

/** Makes the certificate and key with which a sandbox seals PDFs, where they are missing; the certificate vouches for itself. */
export async function makeSandboxSeal(files: { certificateFile: string; keyFile: string }): Promise<void> {
  if (existsSync(files.certificateFile) && existsSync(files.keyFile)) return;
  const keys = await crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
  const certificate = await issueSeal({ name: sandboxName('Test Seal'), keys });
  const key = writtenPem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  await writeDurably(files.keyFile, key);
  await writeDurably(files.certificateFile, writtenPem('CERTIFICATE', certificate.toSchema(true).toBER()));
}
