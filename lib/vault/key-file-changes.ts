import { createSecretKey, randomBytes } from 'node:crypto';
import { type FileHandle, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInstallationSeal } from './installation-seal.ts';
import { freshKey, missingPurposes, readKeyFile, type SigningPurpose } from './key-file.ts';

/** What of a key file changes while the portal runs. The rest is kept as it is, whatever a later version has written there. */
type WrittenKeyFile = {
  currentWrappingKeyId: string;
  wrappingKeys: Record<string, string>;
  /** When a key stopped being the current one, by id. */
  replacedAt?: Record<string, string>;
  sealKey: string;
  formerSealKeys?: { publicKey: string; replacedAt: string }[];
  formerKeys?: Partial<Record<SigningPurpose, { key: string; replacedAt: string }[]>>;
} & Record<SigningPurpose, string>;

export type KeyFileChange =
  | { ok: true }
  /** Somebody else is at it, or was cut off in the middle; `draft` is the file that says so and may then be deleted. */
  | { ok: false; code: 'change_under_way'; draft: string }
  | { ok: false; code: 'unknown_key' | 'current_key' }
  | { ok: false; code: 'replaced_lately'; removableAt: Date }
  | { ok: false; code: 'key_in_use'; sessions: number };

/** Answers to repeated requests are sealed under the current key too and are given for 24 hours; an hour more for clocks that differ. */
const replacedForMs = 25 * 3_600_000;

/** For how long a replaced key may still have signed what somebody holds. The hour more is for clocks that differ. */
const formerKeyForMs: Record<SigningPurpose, number> = {
  // Sessions are open for 90 days at most, and the cookie as long as the browser.
  cookieKey: 91 * 24 * 3_600_000,
  offerKey: replacedForMs,
  documentLinkKey: replacedForMs,
};

/** `k20261121-3f9a`: says when the key was made; the random part keeps an id that was once taken away from coming back. */
export function newWrappingKeyId(at: Date): string {
  return `k${at.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(2).toString('hex')}`;
}

/** Adds a new key that nothing is wrapped with yet, so that it can reach every process before the first use. */
export function addWrappingKey(path: string, id: string): Promise<KeyFileChange> {
  return changeKeyFile(path, async (file) => {
    if (Object.hasOwn(file.wrappingKeys, id)) throw new Error(`${path} has a wrapping key ${id} already`);
    file.wrappingKeys[id] = freshKey();
    return { ok: true };
  });
}

/** From now on new sessions are wrapped with this key; the one before stays readable. */
export function chooseWrappingKey(path: string, id: string, at: Date): Promise<KeyFileChange> {
  return changeKeyFile(path, async (file) => {
    if (!Object.hasOwn(file.wrappingKeys, id)) return { ok: false, code: 'unknown_key' };
    if (id === file.currentWrappingKeyId) return { ok: true };
    const { [id]: _, ...replaced } = file.replacedAt ?? {};
    file.replacedAt = { ...replaced, [file.currentWrappingKeyId]: at.toISOString() };
    file.currentWrappingKeyId = id;
    return { ok: true };
  });
}

/**
 * Takes a key away for good, once `retire` has made sure that no session needs it or will. `retire` answers how many do; it is asked
 * while no other change of the file can come in between.
 */
export function removeWrappingKey(
  path: string,
  { id, at, retire }: { id: string; at: Date; retire(): Promise<number> },
): Promise<KeyFileChange> {
  return changeKeyFile(path, async (file) => {
    if (!Object.hasOwn(file.wrappingKeys, id)) return { ok: false, code: 'unknown_key' };
    if (id === file.currentWrappingKeyId) return { ok: false, code: 'current_key' };
    const replaced = file.replacedAt?.[id];
    const removableAt = new Date(replaced === undefined ? 0 : Date.parse(replaced) + replacedForMs);
    if (at < removableAt) return { ok: false, code: 'replaced_lately', removableAt };
    const sessions = await retire();
    if (sessions > 0) return { ok: false, code: 'key_in_use', sessions };
    delete file.wrappingKeys[id];
    delete file.replacedAt?.[id];
    return { ok: true };
  });
}

/**
 * A new key to sign with. The one before counts until what it has signed is of no use any more and the key is changed again; when it has
 * leaked, it and all before it count for nothing from now on.
 */
export function replaceSigningKey(
  path: string,
  { purpose, at, hasLeaked }: { purpose: SigningPurpose; at: Date; hasLeaked: boolean },
): Promise<KeyFileChange> {
  return changeKeyFile(path, async (file) => {
    const former = [...(file.formerKeys?.[purpose] ?? []), { key: file[purpose], replacedAt: at.toISOString() }];
    const isNeeded = ({ replacedAt }: { replacedAt: string }) =>
      at.getTime() - Date.parse(replacedAt) < formerKeyForMs[purpose];
    file.formerKeys = { ...file.formerKeys, [purpose]: hasLeaked ? [] : former.filter(isNeeded) };
    file[purpose] = freshKey();
    return { ok: true };
  });
}

/** A new seal. Of the one before only the public key is kept: what was sealed stays provable, and nothing more is sealed with it. */
export function replaceSealKey(path: string, at: Date): Promise<KeyFileChange> {
  return changeKeyFile(path, async (file) => {
    const seal = createInstallationSeal(createSecretKey(Buffer.from(file.sealKey, 'base64')));
    const former = { publicKey: seal.publicKey.toString('base64'), replacedAt: at.toISOString() };
    file.formerSealKeys = [...(file.formerSealKeys ?? []), former];
    file.sealKey = freshKey();
    return { ok: true };
  });
}

/** Adds the keys that a file of an earlier version lacks; those that it has stay. */
export function completeKeyFile(path: string): Promise<KeyFileChange> {
  return changeKeyFile(
    path,
    async (file) => {
      for (const purpose of missingPurposes(path)) file[purpose] = freshKey();
      return { ok: true };
    },
    missingPurposes,
  );
}

/**
 * Replaces the file whole or not at all, durably before this returns, readable by its owner alone. The draft beside it is the lock: it is
 * made only when there is none, and renamed into place.
 */
async function changeKeyFile(
  path: string,
  change: (file: WrittenKeyFile) => Promise<KeyFileChange>,
  refuseUnusable: (path: string) => unknown = readKeyFile,
): Promise<KeyFileChange> {
  // The file itself, where the path is a link to it: a rename would put a file in the link's place.
  const target = await realpath(path);
  const draft = `${target}.new`;
  const handle = await open(draft, 'wx', 0o600).catch(unlessExisting);
  if (!handle) return { ok: false, code: 'change_under_way', draft };
  let isDraft = true;
  try {
    refuseUnusable(target);
    const file: WrittenKeyFile = JSON.parse(await readFile(target, 'utf8'));
    const outcome = await change(file);
    if (!outcome.ok) return outcome;
    await writeDraft(handle, target, file);
    readKeyFile(draft);
    await rename(draft, target);
    isDraft = false;
    await syncFolder(dirname(target));
    return outcome;
  } finally {
    await handle.close();
    // Once renamed, a draft of that name is somebody else's.
    if (isDraft) await rm(draft, { force: true });
  }
}

function unlessExisting(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'EEXIST') throw error;
}

async function writeDraft(handle: FileHandle, target: string, file: WrittenKeyFile): Promise<void> {
  await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
  // An operator who is root must not take the file away from the user that the portal runs as.
  const [{ uid, gid }, own] = await Promise.all([stat(target), handle.stat()]);
  if (uid !== own.uid || gid !== own.gid) await handle.chown(uid, gid);
  await handle.sync();
}

/** Without it a power cut could take back which file has the name, after rows were written under its new key. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
