import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { SearchField } from '#lib/domain/search-values.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import { createInstallationSeal, type InstallationSeal } from './installation-seal.ts';
import type { KeyFile } from './key-file.ts';
import { open, type SealPlace, seal } from './seal.ts';
import {
  createSessionVault,
  openSessionVault,
  rewrapKey,
  type SessionVault,
  type WrappedKey,
} from './session-vault.ts';

/** Every use of the installation's secrets, by purpose. Holds the keys; gives out only what is made with them. */
export type Keyring = {
  newSessionVault(place: SessionPlace): { vault: SessionVault; wrapped: WrappedKey };
  sessionVault(place: SessionPlace, wrapped: WrappedKey): SessionVault;
  /** The same data key, wrapped with the current wrapping key. Throws as `sessionVault` does. */
  rewrap(place: SessionPlace, wrapped: WrappedKey): WrappedKey;
  /** The wrapping key of new sessions, and all whose sessions can be opened. */
  wrappingKeyIds(): { current: string; all: readonly string[] };
  /** The token of a session's link: derived, so that it can be shown again without ever being stored. */
  linkToken(sessionId: string, issue: number): string;
  /** Keyed hash by which equal values of one kind are found within one workspace; `search-values.ts` says how each is written. */
  blindIndex(workspaceId: string, field: SearchField, value: string): Buffer;
  /** What is kept of a request in order to know it again. Keyed, because a plain hash would let a person's document be counted up to. */
  requestMark(workspaceId: string, fingerprint: Uint8Array): Buffer;
  /** Marks what the doctor and the web say to each other about the client's address: only who reads this key file can make it. */
  probeMark(text: string): string;
  /** Signs claims for one purpose; anyone may read them, only this installation can make them. */
  sign(purpose: 'cookie' | 'offer' | 'documentLink', claims: Record<string, string | number>): string;
  /** The claims of a token of that purpose, or undefined when it was not made here or was altered. */
  verify(purpose: 'cookie' | 'offer' | 'documentLink', token: string): Record<string, string | number> | undefined;
  /** Seals an answer that belongs to a workspace rather than to one session (idempotency records). */
  sealAnswer(workspaceId: string, key: string, plain: Uint8Array): Buffer;
  openAnswer(workspaceId: string, key: string, sealed: Uint8Array): Buffer;
  /** Seals what was asked and answered in one request of the API, for the request inspector. */
  sealExchange(workspaceId: string, requestId: string, plain: Uint8Array): Buffer;
  openExchange(workspaceId: string, requestId: string, sealed: Uint8Array): Buffer;
  /** Seals what staff of a workspace search by, so that it can stand in an address; the same words never look the same twice. */
  sealSearch(workspaceId: string, words: string): string;
  /** The words again; undefined when the token was made for another workspace, by other keys, or by nobody. */
  openSearch(workspaceId: string, token: string): string | undefined;
  /** Seals a secret of a workspace's webhooks; `name` says which one. Of a key that never changes: nothing has to be sealed anew. */
  sealWebhookSecret(workspaceId: string, name: string, plain: Uint8Array): Buffer;
  openWebhookSecret(workspaceId: string, name: string, sealed: Uint8Array): Buffer;
  /** Signs what this installation hands out as evidence. Of one key throughout, even when the key file changes in between. */
  installationSeal(): InstallationSeal;
  /** The public keys, 32 bytes each, of the present seal and then of those before it, newest first. */
  sealPublicKeys(): readonly Buffer[];
  /** A call, so that a log or an error that prints what it is given prints no secret. */
  staffSessionSecret(): string;
};

const purposeKeys = { cookie: 'cookieKey', offer: 'offerKey', documentLink: 'documentLinkKey' } as const;
/** Longer tokens are refused before any hashing. */
const tokenCharactersMax = 4096;

export function createKeyring(file: KeyFile): Keyring {
  const keyFor = (label: string) => derivedKey(currentWrappingKey(file), label);
  const keysFor = (label: string) => [...file.wrappingKeys.values()].map((key) => derivedKey(key, label));
  const [answerKey, searchKey] = [keyFor(labels.answers), keyFor(labels.searches)];
  const [answerKeys, searchKeys] = [keysFor(labels.answers), keysFor(labels.searches)];
  const webhookKey = derivedKey(file.indexKey, labels.webhooks);
  const [exchangeKey, exchangeKeys] = [keyFor(labels.exchanges), keysFor(labels.exchanges)];
  const installationSeal = createInstallationSeal(file.sealKey);
  return {
    newSessionVault: (place) => createSessionVault(file, place),
    sessionVault: (place, wrapped) => openSessionVault(file, place, wrapped),
    rewrap: (place, wrapped) => rewrapKey(file, place, wrapped),
    wrappingKeyIds: () => ({ current: file.currentWrappingKeyId, all: [...file.wrappingKeys.keys()] }),
    linkToken: (sessionId, issue) =>
      createHmac('sha256', file.linkKey).update(`${sessionId}|${issue}`).digest('base64url'),
    blindIndex: (workspaceId, field, value) =>
      createHmac('sha256', file.indexKey).update(`${workspaceId}|${field}|${value}`).digest(),
    requestMark: (workspaceId, fingerprint) =>
      createHmac('sha256', file.indexKey).update(`${workspaceId}|request mark|`).update(fingerprint).digest(),
    probeMark: (text) => createHmac('sha256', file.indexKey).update(`address probe|${text}`).digest('base64url'),
    sign: (purpose, claims) => {
      const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
      return `${body}.${macOf(file[purposeKeys[purpose]], body)}`;
    },
    verify: (purpose, token) => {
      const name = purposeKeys[purpose];
      for (const key of [file[name], ...file.formerKeys[name]]) {
        const claims = verifyToken(key, token);
        if (claims) return claims;
      }
      return undefined;
    },
    sealAnswer: (workspaceId, key, plain) =>
      seal(answerKey, { workspaceId, sessionId: sha256(key).toString('hex'), field: 'answer' }, plain),
    openAnswer: (workspaceId, key, sealed) =>
      openWithAny(answerKeys, { workspaceId, sessionId: sha256(key).toString('hex'), field: 'answer' }, sealed),
    sealExchange: (workspaceId, requestId, plain) =>
      seal(exchangeKey, { workspaceId, sessionId: requestId, field: 'exchange' }, plain),
    openExchange: (workspaceId, requestId, sealed) =>
      openWithAny(exchangeKeys, { workspaceId, sessionId: requestId, field: 'exchange' }, sealed),
    sealSearch: (workspaceId, words) =>
      seal(searchKey, searchPlace(workspaceId), Buffer.from(words)).toString('base64url'),
    openSearch: (workspaceId, token) => {
      if (token.length > tokenCharactersMax) return undefined;
      try {
        return openWithAny(searchKeys, searchPlace(workspaceId), Buffer.from(token, 'base64url')).toString('utf8');
      } catch {
        return undefined;
      }
    },
    sealWebhookSecret: (workspaceId, name, plain) => seal(webhookKey, webhookPlace(workspaceId, name), plain),
    openWebhookSecret: (workspaceId, name, sealed) => open(webhookKey, webhookPlace(workspaceId, name), sealed),
    installationSeal: () => installationSeal,
    sealPublicKeys: () => [installationSeal.publicKey, ...file.formerSealPublicKeys.toReversed()],
    staffSessionSecret: () => file.staffSessionSecret.export().toString('base64'),
  };
}

/** SHA-256 of bytes or of a text's UTF-8. */
export function sha256(value: Uint8Array | string): Buffer {
  return createHash('sha256').update(value).digest();
}

function verifyToken(key: KeyObject, token: string): Record<string, string | number> | undefined {
  const dot = token.indexOf('.');
  if (dot < 1 || token.length > tokenCharactersMax) return undefined;
  const body = token.slice(0, dot);
  // Compared as written: decoding would let several spellings of one signature pass.
  const mac = Buffer.from(token.slice(dot + 1));
  const expected = Buffer.from(macOf(key, body));
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
}

function macOf(key: KeyObject, body: string): string {
  return createHmac('sha256', key).update(body).digest('base64url');
}

/** What belongs to a workspace is sealed with keys of its own kind: made from the wrapping keys, but for webhooks, whose secrets live longer. */
const labels = {
  answers: 'idempotency answers',
  searches: 'staff searches',
  exchanges: 'api exchanges',
  webhooks: 'webhook secrets',
} as const;

function derivedKey(key: KeyObject, label: string): KeyObject {
  return createSecretKey(createHmac('sha256', key).update(label).digest());
}

function webhookPlace(workspaceId: string, name: string): SealPlace {
  return { workspaceId, sessionId: name, field: 'webhook_secret' };
}

function searchPlace(workspaceId: string): SealPlace {
  return { workspaceId, sessionId: '-', field: 'search' };
}

/** An answer lives for a day and an address longer, so they may be older than the current key. The tag tells which one it was; the last failure is thrown. */
function openWithAny(keys: readonly KeyObject[], place: SealPlace, sealed: Uint8Array): Buffer {
  let failure: unknown;
  for (const key of keys) {
    try {
      return open(key, place, sealed);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function currentWrappingKey(file: KeyFile): KeyObject {
  const key = file.wrappingKeys.get(file.currentWrappingKeyId);
  if (!key) throw new Error('the key file names no current wrapping key');
  return key;
}
