import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** What an entry of the log is of, in its first byte; the hash follows. Nothing personal, no id. */
const entryKinds = { event: 1, statement: 2 } as const;

/** The 33 bytes by which the log knows an event (its hash in the session's chain) or a statement. */
export function logEntry(kind: keyof typeof entryKinds, hash: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(entryKinds[kind]), hash);
}

/** What is said in public and for good: which keys sign, which release runs, which texts are shown. */
export type StatementKind = 'log_key' | 'seal_key' | 'release' | 'consent_texts';

/** `content` is canonical JSON (RFC 8785). Nothing to hide, so nothing is salted: whoever has the statement can look for it. */
export function statementHash({ kind, content }: { kind: string; content: string }): Uint8Array {
  return sha256(utf8ToBytes(`aceite-statement-v1\n${kind}\n${content}`));
}
