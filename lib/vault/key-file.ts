import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const keyBytes = 32;
/** Exactly `keyBytes` in base64: a shape, because Node's decoder stops silently at what it does not like. */
const keyShape = /^[A-Za-z0-9+/]{43}=$/;
/** Ids of wrapping keys are named in messages and rows, so none can be long enough to be a key by mistake. */
const wrappingKeyIdShape = /^[A-Za-z0-9_-]{1,32}$/;
/** Purposes that each have a key of their own, so that a value made for one door opens no other. */
const lastingPurposes = ['linkKey', 'staffSessionSecret', 'indexKey'] as const;
/** Their keys may change while the portal runs: what they make lives for minutes, hours, or as long as a browser is open. */
const signingPurposes = ['cookieKey', 'offerKey', 'documentLinkKey'] as const;
/** Key files of earlier versions lack these. */
const laterPurposes = ['sealKey'] as const;
const keyPurposes = [...lastingPurposes, ...signingPurposes, ...laterPurposes] as const;

export type LastingPurpose = (typeof lastingPurposes)[number];
export type SigningPurpose = (typeof signingPurposes)[number];

/**
 * The secrets of one installation, in memory, in a form that no log can print. `wrappingKeys` are the key-encryption keys by id; new
 * sessions use `currentWrappingKeyId`. `sealKey` is the seed of an Ed25519 key.
 */
export type KeyFile = Record<(typeof keyPurposes)[number], KeyObject> & {
  currentWrappingKeyId: string;
  wrappingKeys: ReadonlyMap<string, KeyObject>;
  /** Keys that were replaced, and whose signatures still count. */
  formerKeys: Record<SigningPurpose, readonly KeyObject[]>;
  /** The public keys, 32 bytes each, of the seals before the present one, oldest first. */
  formerSealPublicKeys: readonly Buffer[];
};

/**
 * Writes a new key file (mode 0600), on the disk before this returns: rows that are durable would else outlive their keys in a power
 * cut. Refuses to overwrite one, because losing a key loses everything sealed under it.
 */
export function writeNewKeyFile(path: string): void {
  const file = {
    version: 1,
    ...Object.fromEntries(keyPurposes.map((purpose) => [purpose, freshKey()])),
    currentWrappingKeyId: 'k1',
    wrappingKeys: { k1: freshKey() },
  };
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
}

/** A new key as the key file holds it: 32 random bytes in base64. */
export function freshKey(): string {
  return randomBytes(keyBytes).toString('base64');
}

/** What a file of an earlier version lacks. Throws when it is no key file at all. */
export function missingPurposes(path: string): (typeof laterPurposes)[number][] {
  const file = parseJson(path);
  return laterPurposes.filter((purpose) => file[purpose] === undefined);
}

/** Which keys that must never change are others in `after`. */
export function lastingKeysChanged(before: KeyFile, after: KeyFile): LastingPurpose[] {
  return lastingPurposes.filter((purpose) => !before[purpose].equals(after[purpose]));
}

/** Reads a key file. Throws with a sentence for the operator, never with key material, when it cannot be used. */
export function readKeyFile(path: string): KeyFile {
  const missing = missingPurposes(path);
  if (missing.length > 0)
    throw new Error(
      `The key file ${path} is of an earlier version and has no ${missing.join(', ')}. Add it: npm run aceite -- keys complete`,
    );
  const file = parseJson(path);
  const wrapping = isRecord(file.wrappingKeys) ? Object.entries(file.wrappingKeys) : [];
  if (wrapping.some(([id]) => !wrappingKeyIdShape.test(id)))
    throw new Error(`${path}: an id in wrappingKeys is not 1 to 32 letters, digits, - or _`);
  const wrappingKeys = new Map(wrapping.map(([id, text]) => [id, keyFrom(path, `wrappingKeys.${id}`, text)]));
  const currentWrappingKeyId = String(file.currentWrappingKeyId);
  if (!wrappingKeys.has(currentWrappingKeyId))
    throw new Error(`${path}: currentWrappingKeyId names no key of wrappingKeys`);
  const keys = Object.fromEntries(keyPurposes.map((purpose) => [purpose, keyFrom(path, purpose, file[purpose])]));
  return {
    ...(keys as Record<(typeof keyPurposes)[number], KeyObject>),
    currentWrappingKeyId,
    wrappingKeys,
    ...formerOf(path, file),
  };
}

function formerOf(path: string, file: Record<string, unknown>): Pick<KeyFile, 'formerKeys' | 'formerSealPublicKeys'> {
  const former = file.formerKeys ?? {};
  if (!isRecord(former)) throw new Error(`${path}: formerKeys does not name lists by purpose`);
  const formerKeys = signingPurposes.map((purpose) => {
    const name = `formerKeys.${purpose}`;
    return [purpose, listOf(path, name, former[purpose]).map((entry) => keyFrom(path, name, entry.key))];
  });
  const seals = listOf(path, 'formerSealKeys', file.formerSealKeys);
  return {
    formerKeys: Object.fromEntries(formerKeys) as Record<SigningPurpose, KeyObject[]>,
    formerSealPublicKeys: seals.map(({ publicKey }) => keyFrom(path, 'formerSealKeys', publicKey).export()),
  };
}

function listOf(path: string, name: string, value: unknown = []): Record<string, unknown>[] {
  if (!Array.isArray(value) || !value.every(isRecord)) throw new Error(`${path}: ${name} is not a list of keys`);
  return value;
}

function parseJson(path: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isRecord(parsed) && parsed.version === 1) return parsed;
  } catch (error) {
    throw new Error(`The key file ${path} cannot be read: ${faultOf(error)}`);
  }
  throw new Error(`${path} is not a key file of version 1`);
}

/** The system's word or the error's kind; a parser's own message quotes the text. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown fault';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function keyFrom(path: string, name: string, text: unknown): KeyObject {
  if (typeof text !== 'string' || !keyShape.test(text))
    throw new Error(`${path}: ${name} is not a key of ${keyBytes} bytes in base64`);
  return createSecretKey(Buffer.from(text, 'base64'));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
