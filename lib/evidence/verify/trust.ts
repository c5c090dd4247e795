import { decodeBase64 } from '#lib/evidence/log/base64.ts';
import { publicKeyBytes } from '#lib/evidence/log/ed25519.ts';
import {
  formatVerifierKey,
  parseVerifierKey,
  signatureTypes,
  type VerifierKey,
} from '#lib/evidence/log/verifier-key.ts';
import { trustBytesMax } from './limits.ts';
import { count, exactly, listOf, matching, oneOf, string } from './shape.ts';
import { readStrictJson } from './strict-json.ts';

/** Whom the person who checks believes. It comes from them, never from the dossier. */
export type Trust = {
  sealKeys: Uint8Array[];
  logs: VerifierKey[];
  witnesses: VerifierKey[];
  witnessQuorum: number;
  /** PEM. */
  timeStampRoots: string[];
  timeStampQuorum: number;
  /** Dotted decimal. Stamps under any other policy of these authorities are not taken; absent, all are. */
  timeStampPolicies?: string[];
};

/** A list that nobody reads to its end is no decision about whom to trust. */
const listMax = 100;

/** In its one written form, as a token's is written to compare them. */
const objectIdentifier = matching(/^[0-2](\.(0|[1-9]\d{0,38})){1,40}$/);

const trustFile = exactly(
  {
    version: oneOf(1),
    seal: listOf(string),
    logs: listOf(string),
    witnesses: listOf(string),
    witnessQuorum: count,
    timeStampRoots: listOf(string),
    timeStampQuorum: count,
  },
  { timeStampPolicies: listOf(objectIdentifier) },
);

/** Reads a trust file; one that is wrong anywhere is refused whole, for a key passed over would change the verdict. */
export function readTrust(bytes: Uint8Array): { ok: true; trust: Trust } | { ok: false; detail: string } {
  if (bytes.length > trustBytesMax) return refused(`has more than ${trustBytesMax} bytes`);
  const reading = readStrictJson(bytes);
  if (!reading.ok) return refused(reading.detail);
  if (!trustFile(reading.value)) return refused('does not have exactly the members of version 1');
  const { seal, logs, witnesses, witnessQuorum, timeStampRoots, timeStampQuorum, timeStampPolicies } = reading.value;
  if ([seal, logs, witnesses, timeStampRoots, timeStampPolicies ?? []].some(({ length }) => length > listMax))
    return refused(`lists more than ${listMax} of a kind`);
  if (witnessQuorum > listMax || timeStampQuorum > listMax) return refused(`asks for more than ${listMax} of a kind`);
  const sealKeys = seal.map(decodeBase64);
  if (!sealKeys.every((key) => key?.length === publicKeyBytes))
    return refused('holds a seal key that is not the base64 of 32 bytes');
  const logKeys = readKeys(logs, signatureTypes.note);
  const witnessKeys = readKeys(witnesses, signatureTypes.cosignature);
  if (!logKeys || !witnessKeys) return refused('holds a key of a log or a witness that cannot be read');
  return {
    ok: true,
    trust: {
      sealKeys: sealKeys.filter((key) => key !== undefined),
      logs: logKeys,
      witnesses: witnessKeys,
      witnessQuorum,
      timeStampRoots,
      timeStampQuorum,
      ...(timeStampPolicies && { timeStampPolicies }),
    },
  };
}

/** Each in the one form that a key is written in: a reader elsewhere may take a number in capitals for another. */
function readKeys(texts: readonly string[], type: VerifierKey['type']): VerifierKey[] | undefined {
  const keys = texts.map((text) => {
    const reading = parseVerifierKey(text);
    return reading.ok && reading.key.type === type && formatVerifierKey(reading.key) === text ? reading.key : undefined;
  });
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

const refused = (detail: string): { ok: false; detail: string } => ({ ok: false, detail: `the trust file ${detail}` });
