import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { kindOfEvent, type LogEntryKind, logEntryKinds } from '#lib/domain/log-entry-kind.ts';

/** The 33 bytes by which the log knows an event (its hash in the session's chain) or a statement. Nothing personal, no id. */
export function logEntry(kind: LogEntryKind, hash: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(logEntryKinds[kind]), hash);
}

/** The entry of an event, which tells an acceptance from others for ever. A hash in hexadecimal is as good as its bytes. */
export function eventEntry({ type, hash }: { type: string; hash: Uint8Array | string }): Uint8Array {
  return logEntry(kindOfEvent(type), typeof hash === 'string' ? hexToBytes(hash) : hash);
}

/** What is said in public and for good: which keys sign, which release runs, which texts are shown. */
export type StatementKind = 'log_key' | 'seal_key' | 'release' | 'consent_texts';

/** `content` is canonical JSON (RFC 8785). Nothing to hide, so nothing is salted: whoever has the statement can look for it. */
export function statementHash({ kind, content }: { kind: string; content: string }): Uint8Array {
  return sha256(utf8ToBytes(`aceite-statement-v1\n${kind}\n${content}`));
}
