import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, rm, writeFile } from 'node:fs/promises';
import { issueSeal, sandboxName } from '#lib/providers/rfc3161/sandbox/issue-certificate.ts';
import { keyAlgorithm, writtenPem } from '#lib/providers/rfc3161/sandbox/pem-block.ts';

/**
 * Makes the certificate and key with which a sandbox seals PDFs, in one file, where it is missing; the certificate vouches for itself. The file
 * appears whole and never over another: two processes may start together.
 */
export async function makeSandboxSeal(file: string): Promise<void> {
  if (existsSync(file)) return;
  const keys = await crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
  const certificate = await issueSeal({ name: sandboxName('Test Seal'), keys });
  const key = writtenPem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${writtenPem('CERTIFICATE', certificate.toSchema(true).toBER())}${key}`, {
    mode: 0o600,
    flag: 'wx',
  });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}
