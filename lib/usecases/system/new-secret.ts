import { randomBytes } from 'node:crypto';
import { sha256 } from '#lib/vault/keyring.ts';

const secretBytes = 32;

/** The prefix tells sandbox from production, to people and to scanners of leaked secrets. */
export const keyPrefix = (isSandbox: boolean): string => (isSandbox ? 'test_' : 'live_');

/** A key that nobody can guess, and what is kept of it. */
export function newSecret(isSandbox: boolean): { apiKey: string; keySha256: Buffer; lastFour: string } {
  const apiKey = `${keyPrefix(isSandbox)}${randomBytes(secretBytes).toString('base64url')}`;
  return { apiKey, keySha256: sha256(apiKey), lastFour: apiKey.slice(-4) };
}
