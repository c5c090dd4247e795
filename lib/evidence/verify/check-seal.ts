import { manifestName, manifestSignatureName } from '#lib/evidence/dossier/manifest.ts';
import { signatureBytes, verifyEd25519 } from '#lib/evidence/log/ed25519.ts';
import { acceptedEvent, type Dossier } from './dossier.ts';
import type { Trust } from './trust.ts';
import { type Finding, incomplete, invalid } from './verdict.ts';

/** Step 10: the list of contents carries the seal of a portal that the trust file names. */
export function checkSeal({ files }: Dossier, trust: Trust | undefined): Promise<Finding[]> {
  return checkSignature(files, manifestName, manifestSignatureName, trust);
}

/** Step 10 for the receipt, which the signer may hold alone. */
export async function checkReceipt(dossier: Dossier, trust: Trust | undefined): Promise<Finding[] | 'skipped'> {
  const { files } = dossier;
  const isThere = acceptedEvent(dossier) && files.has('receipt.json') && files.has('receipt.sig');
  return isThere ? checkSignature(files, 'receipt.json', 'receipt.sig', trust) : 'skipped';
}

async function checkSignature(
  files: Dossier['files'],
  name: string,
  signatureName: string,
  trust: Trust | undefined,
): Promise<Finding[]> {
  const message = files.get(name);
  const signature = files.get(signatureName);
  if (!message || !signature) return [incomplete(`${signatureName} is not there`)];
  if (signature.length !== signatureBytes) return [invalid(`${signatureName} does not have ${signatureBytes} bytes`)];
  if (!trust || trust.sealKeys.length === 0) return [incomplete('no seal key is trusted')];
  const verdicts = await Promise.all(trust.sealKeys.map((key) => verifyEd25519(key, message, signature)));
  return verdicts.includes(true) ? [] : [invalid(`${signatureName} is not by a trusted seal key`)];
}
