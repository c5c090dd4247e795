import { z } from 'zod';
import type { PortalMode } from '#lib/domain/settings.ts';

/** A trust file that names more is refused by every verifier. */
const logKeysMax = 100;
/** A note's verifier key of type 1 (c2sp.org/signed-note): name, id, and 33 bytes in base64, the first of them a 1. */
const signerShape = /^[^+\s]{1,150}\+[0-9a-f]{8}\+A[Q-Za-f][A-Za-z0-9+/]{42}$/;

/** By which keys the signatures of our log are known. */
export type LogKeySettings = {
  /** Verifier keys. Empty: not set. */
  named: string[];
  /** In the sandbox, where none are set: the log's signer writes its own there, one a line, for the other processes. */
  file?: string;
};

/** The sandbox's file stands in the data folder, wherever the key is, since only the signer is told that. */
export function logKeySettings({ mode, dataDir }: Place, named: string[] = []): LogKeySettings {
  return mode === 'sandbox' && named.length === 0 ? { named, file: `${dataDir}/log.key.pub` } : { named };
}

type Place = { mode: PortalMode; dataDir: string };

/** Verifier keys of a log, divided by commas; at least one. Whether an id fits its key is seen when the key is used. */
export const logKeyList = z.string().transform((value, context): string[] => {
  const keys = value
    .split(',')
    .map((key) => key.trim())
    .filter(Boolean);
  const refuse = (message: string) => context.addIssue({ code: 'custom', message });
  for (const [index, key] of keys.entries()) {
    const isTwice = keys.indexOf(key) < index;
    const fault = signerShape.test(key) ? isTwice && 'is there twice' : "is not the public key of a log's signer";
    if (fault) refuse(`has the entry ${JSON.stringify(key)}, which ${fault}`);
  }
  if (keys.length === 0) refuse('names no key');
  if (keys.length > logKeysMax) refuse(`names more than ${logKeysMax} keys`);
  return keys;
});
