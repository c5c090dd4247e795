import { areSameBytes } from '#lib/evidence/log/same-bytes.ts';
import { childrenOf, type Der, readDer, Unreadable } from './der.ts';
import { readFields, tags } from './der-fields.ts';
import { hexOf, namedBitsOf, smallIntegerOf } from './der-values.ts';
import { readSignedData, type SignedData } from './signed-data.ts';
import { readTimeStampFacts, type TimeStampFacts } from './time-stamp-facts.ts';

/** An answer as it came, what it must be about, and the nonce that was sent, where that is still known. */
export type Answer = { response: Uint8Array; digest: Uint8Array; nonce?: Uint8Array };

export type AnswerRefusal = 'malformed' | 'not_granted' | 'wrong_imprint' | 'wrong_nonce';

export type ReadAnswer =
  | { ok: true; facts: TimeStampFacts; signedData: SignedData }
  | { ok: false; code: AnswerRefusal; detail: string };

/** Tokens with whole chains have 3 to 8 KiB. */
const responseBytesMax = 64 * 1024;

/**
 * Reads a TimeStampResp: whether it grants a stamp of this digest under this nonce. That is all one can say without roots; who
 * signed is for `verifyTimeStamp`. Never throws for anything in the bytes.
 */
export function readAnswer(answer: Answer): ReadAnswer {
  const { response, digest, nonce } = answer;
  if (response.length > responseBytesMax) return malformed(`it has more than ${responseBytesMax} bytes`);
  try {
    const { refusal, token } = readResponse(readDer(new Uint8Array(response)));
    if (refusal !== undefined) return { ok: false, code: 'not_granted', detail: refusal };
    if (!token) return malformed('it grants a stamp and has none');
    const signedData = readSignedData(token);
    const facts = readTimeStampFacts(signedData.content);
    if (!facts.digest || !areSameBytes(facts.digest, digest))
      return { ok: false, code: 'wrong_imprint', detail: 'the stamp is not of this SHA-256 digest' };
    if (nonce && facts.nonce !== numberIn(nonce))
      return { ok: false, code: 'wrong_nonce', detail: 'the stamp does not answer this request' };
    return { ok: true, facts, signedData };
  } catch (error) {
    if (error instanceof Unreadable) return malformed(error.message);
    throw error;
  }
}

const malformed = (detail: string): ReadAnswer => ({ ok: false, code: 'malformed', detail });

/** As `integerHexOf` writes the same octets. */
function numberIn(nonce: Uint8Array): string {
  const start = nonce.findIndex((octet) => octet !== 0);
  return start === -1 ? '00' : hexOf(nonce.subarray(start));
}

/** PKIStatus: granted, and granted with changes, which a check of everything we asked for makes as good. */
const granting = [0, 1];

function readResponse(response: Der): { refusal?: string; token?: Der } {
  return readFields(response, tags.sequence, (fields) => {
    const { status, reasons } = readStatus(fields.take(tags.sequence));
    const token = fields.takeIf(tags.sequence);
    if (granting.includes(status)) return token ? { token } : {};
    return { refusal: [`status ${status}`, ...reasons].join(', ') };
  });
}

/** PKIFailureInfo, RFC 3161, 2.4.2. */
const failures: Record<number, string> = {
  0: 'unknown or refused algorithm',
  2: 'request not permitted',
  5: 'request not readable',
  14: 'no source of time',
  15: 'policy not offered',
  16: 'extension not offered',
  17: 'additional information not available',
  25: 'system failure',
};

function readStatus(value: Der): { status: number; reasons: string[] } {
  return readFields(value, tags.sequence, (fields) => {
    const status = smallIntegerOf(fields.take(tags.integer));
    const words = fields.takeIf(tags.sequence);
    const failure = fields.takeIf(tags.bitString);
    const named = failure ? namedBitsOf(failure).map((bit) => failures[bit] ?? `failure ${bit}`) : [];
    const said = words ? childrenOf(words).map(({ content }) => printable(new TextDecoder().decode(content))) : [];
    return { status, reasons: [...named, ...said] };
  });
}

/** A stranger's words go into logs and tables: one short line. */
const printable = (text: string): string => text.replace(/\p{C}/gu, ' ').slice(0, 200);
