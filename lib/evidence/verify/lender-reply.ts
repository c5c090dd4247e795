import { decodeBase64 } from '#lib/evidence/log/base64.ts';
import { record } from './shape.ts';
import { decodeUtf8, readStrictJson } from './strict-json.ts';

/** What the lender says in an answer of its own; a word that it does not say is undefined. */
export type LenderReply = { status?: string; key?: string; eventDatetime?: string };

/** Longer than any status, key or time of a lender, and nothing that could be mistaken for something else on paper. */
const plainWord = /^[ -~]{1,200}$/;

/**
 * Reads an answer of the lender as it came: JSON, or the payload of a token (JWS) under `encoded_body`. Undefined for what is neither, or
 * says something that no plain word is. Its signature is not verified here.
 */
export function readLenderReply(bytes: Uint8Array): LenderReply | undefined {
  const outer = membersOf(bytes);
  const token = outer?.encoded_body;
  const payload = typeof token === 'string' ? payloadOf(token) : undefined;
  const said = token === undefined ? outer : payload && membersOf(payload);
  if (!said) return undefined;
  const words = { status: said.status, key: said.key, eventDatetime: said.event_datetime };
  const given = Object.entries(words).filter(([, word]) => word !== undefined);
  if (!given.every(([, word]) => typeof word === 'string' && plainWord.test(word))) return undefined;
  return Object.fromEntries(given);
}

function membersOf(bytes: Uint8Array): Record<string, unknown> | undefined {
  const reading = readStrictJson(bytes);
  return reading.ok && record(reading.value) && hasOnlyNumbers(bytes) ? reading.value : undefined;
}

/** Beyond a double every reader has a number of its own. */
function hasOnlyNumbers(bytes: Uint8Array): boolean {
  let isSo = true;
  JSON.parse(decodeUtf8(bytes) ?? 'null', (_name, value) => {
    isSo &&= typeof value !== 'number' || Number.isFinite(value);
    return value;
  });
  return isSo;
}

function payloadOf(token: string): Uint8Array | undefined {
  const payload = token.split('.')[1] ?? '';
  if (!/^[A-Za-z0-9_-]*$/.test(payload)) return undefined;
  const padding = '='.repeat((4 - (payload.length % 4)) % 4);
  return decodeBase64(payload.replaceAll('-', '+').replaceAll('_', '/') + padding);
}

/** What the lender told of the debt when it was asked, oldest first. */
export type DebtState = { at: string; state: string };

/** The answers to questions that tell a state; their `reason` is the lender's own word for it. */
const tellingOutcomes = ['waiting_signature', 'signed', 'debt_cancelled'];

/** Of the calls to the lender those that asked and were told, in the order given. */
export function debtStates(
  attempts: readonly { kind: string; outcome: string; reason: string; endedAt: string }[],
): DebtState[] {
  return attempts
    .filter(({ kind, outcome }) => kind === 'query' && tellingOutcomes.includes(outcome))
    .map(({ endedAt, reason }) => ({ at: endedAt, state: reason }));
}
