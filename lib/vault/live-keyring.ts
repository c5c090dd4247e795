import { statSync } from 'node:fs';
import { type KeyFile, keyPurposes, readKeyFile } from './key-file.ts';
import { createKeyring, type Keyring } from './keyring.ts';

/** A change of the key file is noticed this soon without anything telling; looking costs one system call. */
const lookAgainMs = 1_000;

type LiveKeyringOptions = {
  /** Milliseconds that never go back. */
  clock(): number;
  /** The file on disk cannot be used; the keys read before stay in use. Told once per state of the file. */
  onFault(error: Error): void;
};

/**
 * The keyring of a key file that may get other wrapping keys while the process runs. A key that is not known is looked for in the file at
 * once, so that nothing another process has written is ever unreadable here. Throws when the file cannot be used at the start.
 */
export function openKeyring(path: string, { clock, onFault }: LiveKeyringOptions): Keyring {
  let held = { mark: markOf(path), ...load(path) };
  let refusedMark: string | undefined;
  let lookedAt = clock();

  const look = () => {
    lookedAt = clock();
    const mark = markOf(path);
    if (mark === held.mark || mark === refusedMark) return;
    try {
      const loaded = load(path);
      refuseOtherKeys(path, held.file, loaded.file);
      held = { mark, ...loaded };
    } catch (error) {
      refusedMark = mark;
      onFault(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const current = () => {
    if (clock() - lookedAt >= lookAgainMs) look();
    return held.keyring;
  };
  const knowing = (wrappingKeyId: string) => {
    if (!held.file.wrappingKeys.has(wrappingKeyId)) look();
    return current();
  };
  /** What is opened by trying carries no key id; a failure may mean that its key is new. */
  const lookingAgain = <T>(open: (keyring: Keyring) => T, isMissing: (result: T) => boolean): T => {
    const before = current();
    const found = attempt(() => open(before));
    if (found.ok && !isMissing(found.value)) return found.value;
    look();
    if (held.keyring !== before) return open(held.keyring);
    if (!found.ok) throw found.error;
    return found.value;
  };

  return {
    // Links, cookies, offers, indexes: their keys stay the same for as long as the process runs.
    ...held.keyring,
    newSessionVault: (place) => current().newSessionVault(place),
    sessionVault: (place, wrapped) => knowing(wrapped.wrappingKeyId).sessionVault(place, wrapped),
    rewrap: (place, wrapped) => knowing(wrapped.wrappingKeyId).rewrap(place, wrapped),
    wrappingKeyIds: () => current().wrappingKeyIds(),
    sealAnswer: (...given) => current().sealAnswer(...given),
    openAnswer: (...given) =>
      lookingAgain(
        (keyring) => keyring.openAnswer(...given),
        () => false,
      ),
    sealSearch: (...given) => current().sealSearch(...given),
    openSearch: (...given) =>
      lookingAgain(
        (keyring) => keyring.openSearch(...given),
        (words) => words === undefined,
      ),
  };
}

function load(path: string): { file: KeyFile; keyring: Keyring } {
  const file = readKeyFile(path);
  return { file, keyring: createKeyring(file) };
}

/** Another file in its place has another number or other times (rights too); one that is gone has a mark as well. */
function markOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev} ${found.ino} ${found.mtimeNs} ${found.ctimeNs} ${found.size}` : 'missing';
}

/** A file of another installation would seal what nobody here can open, and close every link and cookie that is out. */
function refuseOtherKeys(path: string, before: KeyFile, after: KeyFile): void {
  const changed = [
    ...keyPurposes.filter((purpose) => !before[purpose].equals(after[purpose])),
    ...[...before.wrappingKeys].flatMap(([id, key]) => {
      const kept = after.wrappingKeys.get(id);
      return kept && !kept.equals(key) ? [`wrappingKeys.${id}`] : [];
    }),
  ];
  if (changed.length > 0)
    throw new Error(`${path} was changed beneath the portal: other keys in ${changed.join(', ')}. They are not used.`);
}

function attempt<T>(work: () => T): { ok: true; value: T } | { ok: false; error: unknown } {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}
