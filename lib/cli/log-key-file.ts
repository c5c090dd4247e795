import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign as signBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#lib/config.ts';
import { decodeBase64, encodeBase64 } from '#lib/evidence/log/base64.ts';
import type { Sign } from '#lib/evidence/log/signed-note.ts';
import { signatureTypes, type VerifierKey, verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { CommandFailure } from './command.ts';

/** The form in which Go's note package keeps a signer's key: PRIVATE+KEY+name+id+base64(type ‖ seed). */
const shape = /^PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/;
const seedBytes = 32;
/** What stands before a seed in PKCS #8 (RFC 8410). */
const pkcs8Start = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Where the log's key is, or is to be; sandbox mode has a place for it. */
export function logKeyPlace({ mode, logKeyFile, dataDir }: Config): string | undefined {
  return logKeyFile ?? (mode === 'sandbox' ? join(dataDir, 'log.key') : undefined);
}

export type LogKey = { key: VerifierKey; sign: Sign };

/** Makes a log's signing key (Ed25519) under its name, in a new file of mode 0600; never over another. */
export function makeLogKeyFile(path: string, origin: string): void {
  const seed = randomBytes(seedBytes);
  const { name, keyId } = logKeyOf(origin, privateKeyOf(seed)).key;
  const encoded = encodeBase64(Buffer.concat([Buffer.of(signatureTypes.note), seed]));
  writeFileSync(path, `PRIVATE+KEY+${name}+${keyId}+${encoded}\n`, { mode: 0o600, flag: 'wx' });
}

/** Reads a log's signing key. What is wrong with the file is told without its content. */
export function readLogKeyFile(path: string): LogKey {
  const [, name = '', keyId, encoded = ''] = shape.exec(contentOf(path)) ?? [];
  const bytes = decodeBase64(encoded);
  if (bytes?.length !== 1 + seedBytes || bytes[0] !== signatureTypes.note)
    throw new CommandFailure(`${path} is not the key file of a log's signer.`);
  const logKey = logKeyOf(name, privateKeyOf(bytes.subarray(1)));
  if (logKey.key.keyId === keyId) return logKey;
  throw new CommandFailure(`${path} is damaged: its name and its key do not belong together.`);
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new CommandFailure(
      `The log's signing key ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Set ACEITE_LOG_KEY_FILE to where it is; a new one is made by: npm run aceite -- log-signer --new-key`,
    );
  }
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([pkcs8Start, seed]), format: 'der', type: 'pkcs8' });
}

function logKeyOf(name: string, privateKey: KeyObject): LogKey {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return {
    key: verifierKey(name, signatureTypes.note, Buffer.from(x, 'base64url')),
    sign: async (message) => new Uint8Array(signBytes(null, message, privateKey)),
  };
}
