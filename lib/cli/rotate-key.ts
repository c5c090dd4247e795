import { readKeyFile, type SigningPurpose } from '#lib/vault/key-file.ts';
import {
  addWrappingKey,
  chooseWrappingKey,
  newWrappingKeyId,
  replaceSealKey,
  replaceSigningKey,
} from '#lib/vault/key-file-changes.ts';
import { createKeyring } from '#lib/vault/keyring.ts';
import { CommandFailure, exitCodes } from './command.ts';
import { refuseUnchanged } from './key-change-refusal.ts';

type Outcome = { json: Record<string, unknown>; sentence: string };

const signingPurposes: ReadonlyMap<string, SigningPurpose> = new Map([
  ['cookie', 'cookieKey'],
  ['offer', 'offerKey'],
  ['document-link', 'documentLinkKey'],
]);

/** Changes the key of that name in the key file, while the portal runs. Throws a CommandFailure when it did not. */
export async function rotateKey(
  keysFile: string,
  { name, hasLeaked }: { name: string; hasLeaked: boolean },
): Promise<Outcome> {
  const purpose = signingPurposes.get(name);
  if (purpose) return rotateSigning(keysFile, purpose, hasLeaked);
  const signing = [...signingPurposes.keys()].join(', ');
  if (name !== 'wrapping' && name !== 'seal')
    throw new CommandFailure(
      `There is no key "${name}" to change; there are: wrapping, seal, ${signing}.`,
      exitCodes.usage,
    );
  if (hasLeaked) throw new CommandFailure(`--leaked is for these alone: ${signing}.`, exitCodes.usage);
  return name === 'seal' ? rotateSeal(keysFile) : rotateWrapping(keysFile);
}

async function rotateSigning(keysFile: string, purpose: SigningPurpose, hasLeaked: boolean): Promise<Outcome> {
  refuseUnchanged(keysFile, purpose, await replaceSigningKey(keysFile, { purpose, at: new Date(), hasLeaked }));
  const then = hasLeaked ? 'counts for nothing' : 'still counts';
  return {
    json: { changed: purpose },
    sentence: `Changed ${purpose}. What the old one has signed ${then}. Keep a copy of the key file now.`,
  };
}

async function rotateSeal(keysFile: string): Promise<Outcome> {
  refuseUnchanged(keysFile, 'sealKey', await replaceSealKey(keysFile, new Date()));
  const publicKey = createKeyring(readKeyFile(keysFile)).installationSeal().publicKey.toString('base64');
  return {
    json: { publicKey },
    sentence: `The seal has changed; its public key is ${publicKey}. Keep a copy of the key file now, and give the public key to all who verify.`,
  };
}

/** What to do once new sessions use another wrapping key. */
export const afterNewWrappingKey =
  'Keep a copy of the key file now, then wrap the older sessions anew: npm run aceite -- keys rewrap';

async function rotateWrapping(keysFile: string): Promise<Outcome> {
  const at = new Date();
  const id = newWrappingKeyId(at);
  // Two writes, each on the disk before the next: whatever a power cut undoes, no session is under a key that the file has lost.
  refuseUnchanged(keysFile, id, await addWrappingKey(keysFile, id));
  refuseUnchanged(keysFile, id, await chooseWrappingKey(keysFile, id, at));
  return {
    json: { wrappingKeyId: id },
    sentence: `New sessions use the wrapping key ${id}. ${afterNewWrappingKey}`,
  };
}
