import { statSync } from 'node:fs';
import { type KeyFile, lastingKeysChanged, readKeyFile } from './key-file.ts';
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
      refuseOtherKeys(path, held, loaded);
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
    // Links, indexes, staff: their keys stay the same for as long as the installation lives.
    ...held.keyring,
    newSessionVault: (place) => current().newSessionVault(place),
    sessionVault: (place, wrapped) => knowing(wrapped.wrappingKeyId).sessionVault(place, wrapped),
    rewrap: (place, wrapped) => knowing(wrapped.wrappingKeyId).rewrap(place, wrapped),
    wrappingKeyIds: () => current().wrappingKeyIds(),
    sign: (...given) => current().sign(...given),
    verify: (...given) =>
      lookingAgain(
        (keyring) => keyring.verify(...given),
        (claims) => claims === undefined,
      ),
    installationSeal: () => current().installationSeal(),
    sealPublicKeys: () => current().sealPublicKeys(),
    sealAnswer: (...given) => current().sealAnswer(...given),
    openAnswer: (...given) => lookingAgain((keyring) => keyring.openAnswer(...given), neverMissing),
    sealExchange: (...given) => current().sealExchange(...given),
    openExchange: (...given) => lookingAgain((keyring) => keyring.openExchange(...given), neverMissing),
    sealSearch: (...given) => current().sealSearch(...given),
    openSearch: (...given) =>
      lookingAgain(
        (keyring) => keyring.openSearch(...given),
        (words) => words === undefined,
      ),
  };
}

/** What does not open throws. */
const neverMissing = () => false;

type Loaded = { file: KeyFile; keyring: Keyring };

function load(path: string): Loaded {
  const file = readKeyFile(path);
  return { file, keyring: createKeyring(file) };
}

/** Another file in its place has another number or other times (rights too); one that is gone has a mark as well. */
function markOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev} ${found.ino} ${found.mtimeNs} ${found.ctimeNs} ${found.size}` : 'missing';
}

/**
 * A file of another installation would seal what nobody here can open, and close every link that is out; a seal that is not remembered
 * would make strangers of all dossiers under it.
 */
function refuseOtherKeys(path: string, before: Loaded, after: Loaded): void {
  const changed = [
    ...lastingKeysChanged(before.file, after.file),
    ...[...before.file.wrappingKeys].flatMap(([id, key]) => {
      const kept = after.file.wrappingKeys.get(id);
      return kept && !kept.equals(key) ? [`wrappingKeys.${id}`] : [];
    }),
    ...(isAmong(before.keyring.installationSeal().publicKey, after.keyring.sealPublicKeys()) ? [] : ['sealKey']),
  ];
  if (changed.length > 0)
    throw new Error(`${path} was changed beneath the portal: other keys in ${changed.join(', ')}. They are not used.`);
}

function isAmong(wanted: Buffer, keys: readonly Buffer[]): boolean {
  return keys.some((key) => key.equals(wanted));
}

function attempt<T>(work: () => T): { ok: true; value: T } | { ok: false; error: unknown } {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}
