import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import type { KeyFile } from './key-file.ts';
import { open, seal } from './seal.ts';

/** The data key of one session as the database keeps it: wrapped by the key-encryption key that `wrappingKeyId` names. */
export type WrappedKey = { wrappingKeyId: string; wrappedKey: Buffer };
/** Seals and opens the personal data of one session. Values are named by field; JSON values go in and out as UTF-8. */
export type SessionVault = {
  seal(field: string, plain: Uint8Array): Buffer;
  open(field: string, sealed: Uint8Array): Buffer;
  sealJson(field: string, value: unknown): Buffer;
  /** The caller names the shape it sealed; the tag proves that these are its own bytes, so no second parse is needed. */
  openJson<T>(field: string, sealed: Uint8Array): T;
};

/** A new session's data key, ready to seal with and wrapped for the database. */
export function createSessionVault(keys: KeyFile, place: SessionPlace): { vault: SessionVault; wrapped: WrappedKey } {
  const dataKey = randomBytes(32);
  return { vault: vaultWith(createSecretKey(dataKey), place), wrapped: wrap(keys, place, dataKey) };
}

/** The vault of a session that exists. Throws when its wrapping key is not in the key file or the wrapped key was altered. */
export function openSessionVault(keys: KeyFile, place: SessionPlace, wrapped: WrappedKey): SessionVault {
  return vaultWith(createSecretKey(unwrap(keys, place, wrapped)), place);
}

/** The data key of a session that exists, wrapped with the current wrapping key: all that it has sealed stays as it is. */
export function rewrapKey(keys: KeyFile, place: SessionPlace, wrapped: WrappedKey): WrappedKey {
  return wrap(keys, place, unwrap(keys, place, wrapped));
}

function wrap(keys: KeyFile, place: SessionPlace, dataKey: Buffer): WrappedKey {
  const wrappingKeyId = keys.currentWrappingKeyId;
  const wrappedKey = seal(wrappingKey(keys, wrappingKeyId), { ...place, field: 'data_key' }, dataKey);
  return { wrappingKeyId, wrappedKey };
}

function unwrap(keys: KeyFile, place: SessionPlace, { wrappingKeyId, wrappedKey }: WrappedKey): Buffer {
  return open(wrappingKey(keys, wrappingKeyId), { ...place, field: 'data_key' }, wrappedKey);
}

function vaultWith(dataKey: KeyObject, place: SessionPlace): SessionVault {
  const sealField = (field: string, plain: Uint8Array) => seal(dataKey, { ...place, field }, plain);
  const openField = (field: string, sealed: Uint8Array) => open(dataKey, { ...place, field }, sealed);
  return {
    seal: sealField,
    open: openField,
    sealJson: (field, value) => sealField(field, Buffer.from(JSON.stringify(value))),
    openJson: (field, sealed) => JSON.parse(openField(field, sealed).toString('utf8')),
  };
}

function wrappingKey(keys: KeyFile, id: string): KeyObject {
  const key = keys.wrappingKeys.get(id);
  if (!key) throw new Error(`the key file has no wrapping key "${id}", which a session needs`);
  return key;
}
