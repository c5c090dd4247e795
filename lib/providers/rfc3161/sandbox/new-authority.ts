import type { AuthorityFile } from './authority-file.ts';
import { issueAuthority, issueRoot, sandboxName } from './issue-certificate.ts';
import { keyAlgorithm, writtenPem } from './pem-block.ts';

/** A root and, under it, an authority, with keys that were drawn this moment. */
export async function newAuthority(name: string): Promise<AuthorityFile> {
  const newKeys = () => crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
  const root = { name: sandboxName(`Test Time Stamp Root ${name}`), keys: await newKeys() };
  const authority = { name: sandboxName(`Test Time Stamp Authority ${name}`), keys: await newKeys() };
  const rootCertificate = await issueRoot(root);
  const certificate = await issueAuthority(authority, root);
  return {
    root: writtenPem('CERTIFICATE', rootCertificate.toSchema(true).toBER()),
    certificate: writtenPem('CERTIFICATE', certificate.toSchema(true).toBER()),
    privateKey: writtenPem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', authority.keys.privateKey)),
  };
}
