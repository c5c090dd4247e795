import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { CheckSettings } from './check-terms.ts';
import { type NoticeScheme, sealedNotice } from './notice-seal.ts';
import type { ReplyTerms } from './reply-delivery.ts';
import { checkRequest } from './request-check.ts';

export type NoticeTarget = {
  /** Whose webhooks they are: the portal's door. */
  url: string;
  scheme: NoticeScheme;
  /** Between a notice that was not acknowledged and its repeat; the lender's pages say five minutes, a sandbox has less patience. */
  retryMs?: number;
  /** How late the late notices come. */
  lateMs?: number;
};

/** The lender's pages: five seconds for the answer, and three repeats. */
const answerMs = 5_000;
const repeatsMax = 3;

export type Sending = {
  target: Pick<NoticeTarget, 'url' | 'scheme'>;
  clock: () => Date;
  settings: CheckSettings;
} & Pick<ReplyTerms, 'apiClientKey' | 'replyKey'>;

/** One send of one notice: the answer's status, or none, and whether it was signed with the key that the lender knows us by. */
export type SentNotice = { httpStatus?: number; isAcknowledged: boolean };

export const sendsMax = 1 + repeatsMax;

/** Posts one notice, signed anew, and checks the acknowledgement as strictly as any request. Never throws. */
export async function postNotice(json: string, sending: Sending, signal: AbortSignal): Promise<SentNotice> {
  const url = new URL(sending.target.url);
  const uri = `${url.pathname}${url.search}`;
  const sealed = sealedNotice(json, { scheme: sending.target.scheme, uri, at: sending.clock() }, sending);
  try {
    const { status, headers, body } = await send(url, sealed, signal);
    const answer = { method: 'POST', uri, headers, body, at: sending.clock() };
    const check = await checkRequest(answer, sending.settings);
    return { httpStatus: status, isAcknowledged: status === 200 && check.ok && check.scheme === 'encoded-body' };
  } catch {
    return { isAcknowledged: false };
  }
}

type Answer = { status: number; headers: Record<string, string>; body: Buffer };

function send(url: URL, { headers, body }: ReturnType<typeof sealedNotice>, signal: AbortSignal): Promise<Answer> {
  const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const limits = { signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]), agent: false };
  return new Promise((resolve, reject) => {
    const type = { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) };
    const outgoing = open(url, { method: 'POST', headers: { ...headers, ...type }, ...limits }, (reply) => {
      const flat = Object.entries(reply.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]);
      const { statusCode: status = 0 } = reply;
      buffer(reply).then((bytes) => resolve({ status, headers: Object.fromEntries(flat), body: bytes }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
