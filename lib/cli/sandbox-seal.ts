import { existsSync } from 'node:fs';
import { issueSeal, sandboxName } from '#lib/providers/rfc3161/sandbox/issue-certificate.ts';
import { keyAlgorithm, writtenPem } from '#lib/providers/rfc3161/sandbox/pem-block.ts';
import { writeOnce } from '#lib/providers/write-once.ts';

/**
 * Makes the certificate and key with which a sandbox seals PDFs, in one file, where it is missing; the certificate vouches for itself. The file
 * appears whole and never over another: two processes may start together.
 */
export async function makeSandboxSeal(file: string): Promise<void> {
  if (existsSync(file)) return;
  const keys = await crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
  const certificate = await issueSeal({ name: sandboxName('Test Seal'), keys });
  const key = writtenPem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  await writeOnce(file, `${writtenPem('CERTIFICATE', certificate.toSchema(true).toBER())}${key}`);
}
