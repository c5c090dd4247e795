import type { KeyObject } from 'node:crypto';
import { debtStateOf } from '#lib/domain/debt-state.ts';
import { checkPlainString } from '#lib/domain/plain-string.ts';
import type { LenderInbox, LenderNotice, LenderPost, NoticeReading } from '#lib/providers/lender-inbox.ts';
import { readPrivateKey, readPublicKey } from './client-keys.ts';
import { encodedBody } from './encoded-body.ts';
import { openCompact } from './jws.ts';
import { fieldOf } from './lender-words.ts';
import { isReplySigned } from './reply-signature.ts';

export type InboxOptions = {
  apiClientKey: string;
  privateKeyPem: string;
  lenderPublicKeyPem: string;
  /** Real time, also where a sandbox moves the database's clock: the lender signs by its own. */
  clock: () => Date;
};

/**
 * Reads the lender's webhooks in both its schemes (pages "webhook_v2" and "notificações"). They are signed like replies, with the path of
 * our own door in place of the one that we asked; so the same check proves them. Throws, when made, for keys that are not on P-521.
 */
export function createQitechInbox(options: InboxOptions): LenderInbox {
  const { apiClientKey, clock } = options;
  const lenderPublicKey = readPublicKey(options.lenderPublicKeyPem);
  // Its pages want the acknowledgement in the older form; whether the newer one needs any is nowhere said, so it is always given.
  const seal = encodedBody({ apiClientKey, privateKey: readPrivateKey(options.privateKeyPem) });
  return {
    read: (post) => readPost(post, { apiClientKey, lenderPublicKey, at: clock() }),
    acknowledge: (uri) => {
      const { headers, body } = seal({ method: 'POST', uri, body: acknowledgement, at: clock() });
      return { headers: { ...headers, 'Content-Type': 'application/json' }, body: body ?? acknowledgement };
    },
  };
}

const acknowledgement = Buffer.from('{"status":"received"}');

type Expected = { apiClientKey: string; lenderPublicKey: KeyObject; at: Date };

function readPost({ uri, headers, body }: LenderPost, expected: Expected): NoticeReading {
  const { authorization, apiClientKey } = headers;
  // In the newer scheme no signature binds this header; it still tells one integration's posts from another's.
  if (authorization === null || apiClientKey !== expected.apiClientKey) return { ok: false, code: 'not_signed' };
  const isEnveloped = authorization.startsWith('QIT ');
  const encodedBody = isEnveloped ? envelopeIn(body) : undefined;
  const signed = {
    headers: { authorization, 'api-client-key': apiClientKey },
    body,
    ...(encodedBody !== undefined && { encodedBody }),
  };
  if (!isReplySigned(signed, { ...expected, method: 'POST', uri })) return { ok: false, code: 'not_signed' };
  const content = encodedBody === undefined ? body : openCompact(encodedBody, expected.lenderPublicKey);
  const notice = content && noticeIn(content);
  return notice ? { ok: true, notice } : { ok: false, code: 'no_debt' };
}

function envelopeIn(body: Uint8Array): string | undefined {
  const envelope = fieldOf(jsonIn(body), 'encoded_body');
  return typeof envelope === 'string' ? envelope : undefined;
}

/** Longer than any word of the lender's, and short enough for a row. */
const wordLengthMax = 100;
/** The closing words of a session are no longer when staff write them. */
const reasonLengthMax = 500;

function noticeIn(content: Uint8Array): LenderNotice | undefined {
  const json = jsonIn(content);
  const debtKey = textIn(fieldOf(json, 'key'), wordLengthMax);
  const status = textIn(fieldOf(json, 'status'), wordLengthMax);
  const webhookType = textIn(fieldOf(json, 'webhook_type'), wordLengthMax);
  if (debtKey === undefined || status === undefined || webhookType === undefined) return undefined;
  const eventDatetime = textIn(fieldOf(json, 'event_datetime'), wordLengthMax);
  const data = fieldOf(json, 'data');
  const reasons = [fieldOf(data, 'cancel_reason'), fieldOf(data, 'cancel_reason_enumerator')];
  const cancelReason = reasons.map((reason) => textIn(reason, reasonLengthMax)).find((reason) => reason !== undefined);
  return {
    debtKey,
    webhookType,
    state: debtStateOf(status),
    ...(eventDatetime !== undefined && { eventDatetime }),
    ...(cancelReason !== undefined && { cancelReason }),
    content,
  };
}

/** A text that may be kept and shown; anything else counts as not said. */
function textIn(value: unknown, lengthMax: number): string | undefined {
  if (typeof value !== 'string' || value.trim() === '' || value.length > lengthMax) return undefined;
  return checkPlainString(value).ok ? value : undefined;
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
