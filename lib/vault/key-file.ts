import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const keyBytes = 32;
/** Exactly `keyBytes` in base64: a shape, because Node's decoder stops silently at what it does not like. */
const keyShape = /^[A-Za-z0-9+/]{43}=$/;
/** Ids of wrapping keys are named in messages and rows, so none can be long enough to be a key by mistake. */
const wrappingKeyIdShape = /^[A-Za-z0-9_-]{1,32}$/;
/** Purposes that each have a key of their own, so that a value made for one door opens no other. */
export const keyPurposes = [
  'linkKey',
  'cookieKey',
  'offerKey',
  'documentLinkKey',
  'staffSessionSecret',
  'indexKey',
] as const;
export type KeyPurpose = (typeof keyPurposes)[number];

/** The secrets of one installation, in memory, in a form that no log can print. `wrappingKeys` are the key-encryption keys by id; new sessions use `currentWrappingKeyId`. */
export type KeyFile = Record<KeyPurpose, KeyObject> & {
  currentWrappingKeyId: string;
  wrappingKeys: ReadonlyMap<string, KeyObject>;
};

/** Writes a new key file (mode 0600); refuses to overwrite one, because losing a key loses everything sealed under it. */
export function writeNewKeyFile(path: string): void {
  const fresh = () => randomBytes(keyBytes).toString('base64');
  const file = {
    version: 1,
    ...Object.fromEntries(keyPurposes.map((purpose) => [purpose, fresh()])),
    currentWrappingKeyId: 'k1',
    wrappingKeys: { k1: fresh() },
  };
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
}

/** Reads a key file. Throws with a sentence for the operator, never with key material, when it cannot be used. */
export function readKeyFile(path: string): KeyFile {
  const file = parseJson(path);
  const wrapping = isRecord(file.wrappingKeys) ? Object.entries(file.wrappingKeys) : [];
  if (wrapping.some(([id]) => !wrappingKeyIdShape.test(id)))
    throw new Error(`${path}: an id in wrappingKeys is not 1 to 32 letters, digits, - or _`);
  const wrappingKeys = new Map(wrapping.map(([id, text]) => [id, keyFrom(path, `wrappingKeys.${id}`, text)]));
  const currentWrappingKeyId = String(file.currentWrappingKeyId);
  if (!wrappingKeys.has(currentWrappingKeyId))
    throw new Error(`${path}: currentWrappingKeyId names no key of wrappingKeys`);
  const keys = Object.fromEntries(keyPurposes.map((purpose) => [purpose, keyFrom(path, purpose, file[purpose])]));
  return { ...(keys as Record<KeyPurpose, KeyObject>), currentWrappingKeyId, wrappingKeys };
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
