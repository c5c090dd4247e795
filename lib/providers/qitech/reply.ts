import type { KeyObject } from 'node:crypto';
import { retryAfterMs } from '#lib/domain/retry-after.ts';
import type { LenderWords } from '#lib/providers/lender.ts';
import { payloadWithoutProof } from './jws.ts';
import { fieldOf, wordsOf } from './lender-words.ts';
import { isReplySigned } from './reply-signature.ts';
import type { WireHead } from './wire.ts';

/** A reply as far as it could be understood. Lenient by the lender's own request: its bodies may gain fields at any time. */
export type ReadReply = {
  status: number;
  /** The JSON inside, unwrapped from `encoded_body`; or the stable word for why there is none to rely on. */
  content: { ok: true; json: unknown } | { ok: false; reason: string };
  words?: LenderWords;
  /** What the lender asked us to wait, however long: the schedule has the cap. */
  retryAfterMs?: number;
};

/** What was asked and whose signature the answer must carry; without a key of the lender none is demanded. */
export type ReplyExpectation = {
  method: string;
  uri: string;
  at: Date;
  apiClientKey: string;
  lenderPublicKey?: KeyObject;
};

/** Reads one whole reply. Words are kept even where the content may not be relied on: they are for people. */
export function readReply(head: WireHead, body: Buffer, expectation: ReplyExpectation): ReadReply {
  const { headers, status } = head;
  const askedMs = retryAfterMs(headers['retry-after'], expectation.at);
  const outer = isEncoded(headers) ? undefined : jsonOf(body);
  const envelope = fieldOf(outer?.value, 'encoded_body');
  const inner = typeof envelope === 'string' ? jsonOf(payloadWithoutProof(envelope)) : outer;
  const words = wordsOf(inner?.value);
  const reason = unreliableBecause({ head, body, envelope, isReadable: inner !== undefined, expectation });
  return {
    status,
    content: reason === undefined ? { ok: true, json: inner?.value } : { ok: false, reason },
    ...(words ? { words } : {}),
    ...(askedMs === undefined ? {} : { retryAfterMs: askedMs }),
  };
}

function unreliableBecause(reply: {
  head: WireHead;
  body: Buffer;
  envelope: unknown;
  isReadable: boolean;
  expectation: ReplyExpectation;
}): string | undefined {
  const { head, body, envelope, isReadable, expectation } = reply;
  const { lenderPublicKey, ...context } = expectation;
  if (isEncoded(head.headers)) return 'reply_compressed';
  const signed = { headers: head.headers, body, ...(typeof envelope === 'string' ? { encodedBody: envelope } : {}) };
  if (lenderPublicKey && !isReplySigned(signed, { ...context, lenderPublicKey })) return 'reply_not_signed';
  return isReadable ? undefined : 'reply_not_json';
}

/** We ask for `identity` and decode nothing: a decompressor in front of unauthenticated bytes is a door we do not need. */
function isEncoded(headers: Record<string, string>): boolean {
  const encoding = headers['content-encoding']?.trim().toLowerCase();
  return encoding !== undefined && encoding !== '' && encoding !== 'identity';
}

function jsonOf(bytes: Buffer | undefined): { value: unknown } | undefined {
  if (!bytes) return undefined;
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return undefined;
  }
}
