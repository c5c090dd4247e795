import { createPrivateKey } from 'node:crypto';
import { paths } from '#lib/paths.ts';
import type { LenderPost } from '#lib/providers/lender-inbox.ts';
import { generateClientKeyPair, readPublicKey } from '#lib/providers/qitech/client-keys.ts';
import { openCompact } from '#lib/providers/qitech/jws.ts';
import { type NoticeScheme, sealedNotice } from '#lib/providers/qitech/sandbox/notice-seal.ts';
import { receiveNotice } from '#lib/usecases/system/receive-notice.ts';
import { workNotices } from '#lib/usecases/system/work-notices.ts';
import { apiClientKey, type TestPortal } from './portal.ts';

export type NoticeTerms = {
  scheme: NoticeScheme;
  uri: string;
  at: Date;
  apiClientKey: string;
  /** PEM. */
  privateKeyPem: string;
};

/** Another party's keys, PEM. */
export const newKeyPair = generateClientKeyPair;

/** What a lender posts about a debt, in the envelope of its pages. */
export function noticeJson(debtKey: string, status: string, more: Record<string, unknown> = {}): string {
  const envelope = { key: debtKey, status, webhook_type: 'debt', event_datetime: '2026-11-20 14:03:24', ...more };
  return JSON.stringify(envelope);
}

/** A post signed as the portal's lender signs; `terms` change what a test is about. */
export function signedPost(portal: TestPortal, json: string, terms: Partial<NoticeTerms> = {}): LenderPost {
  const { privateKeyPem, ...said } = {
    scheme: 'signed-header' as const,
    uri: paths.lenderWebhook(),
    at: new Date(),
    apiClientKey,
    privateKeyPem: portal.lenderPrivateKeyPem,
    ...terms,
  };
  const { headers, body } = sealedNotice(json, said, {
    apiClientKey: said.apiClientKey,
    replyKey: createPrivateKey(privateKeyPem),
  });
  return {
    uri: paths.lenderWebhook(),
    headers: { authorization: headers.Authorization ?? null, apiClientKey: headers['API-CLIENT-KEY'] ?? null },
    body: Buffer.from(body),
  };
}

/** What we signed in answer to a notice; undefined when we did not. */
export function acknowledgedTo(portal: TestPortal, answer: { encoded_body: string }): string | undefined {
  return openCompact(answer.encoded_body, readPublicKey(portal.clientPublicKeyPem))?.toString();
}

/** The lender posts, and the worker comes to it; answers what became of the post. */
export async function lenderSays(portal: TestPortal, json: string, terms: Partial<NoticeTerms> = {}): Promise<string> {
  const taken = await receiveNotice(portal.ctx, signedPost(portal, json, terms));
  await workAllNotices(portal);
  return taken.ok ? taken.result : taken.code;
}

/** Works until nothing is due any more; a fault fails the test. */
export async function workAllNotices({ ctx }: TestPortal): Promise<void> {
  const failed = (error: unknown) => {
    throw error;
  };
  while ((await workNotices(ctx, failed)) > 0);
}

/** State and effect of each notice that is kept of a session, oldest first. */
export async function noticesOf(portal: TestPortal, sessionId: string): Promise<[string, string | null][]> {
  const rows = await portal.asOwner<{ state: string; effect: string | null }>(
    `SELECT n.state, w.effect FROM lender_notices n JOIN lender_notice_work w ON w.notice_id = n.id
     WHERE n.session_id = $1 ORDER BY n.received_at, n.id`,
    [sessionId],
  );
  return rows.map(({ state, effect }) => [state, effect]);
}
