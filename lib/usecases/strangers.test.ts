import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  acceptedSession,
  atReview,
  createdSession,
  fullForm,
  maria,
  once,
  openedBy,
  sessionBody,
} from '#lib/testing/journey.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { strangersAtDeliveries } from '#lib/testing/strangers-at-deliveries.ts';
import { strangersAtKeys } from '#lib/testing/strangers-at-keys.ts';
import { strangersAtRequests } from '#lib/testing/strangers-at-requests.ts';
import { strangersAtWebhooks } from '#lib/testing/strangers-at-webhooks.ts';
import type { SignerActor, StaffActor } from './context.ts';
import { type CancelResult, cancelSession } from './merchant/cancel-session.ts';
import { type CreateResult, createSession } from './merchant/create-session.ts';
import { listSessions } from './merchant/list-sessions.ts';
import { readCertificate } from './merchant/read-certificate.ts';
import { readDocument } from './merchant/read-document.ts';
import { readDossier } from './merchant/read-dossier.ts';
import { readEvidence } from './merchant/read-evidence.ts';
import { readSession } from './merchant/read-session.ts';
import { readWebhookKeys } from './merchant/read-webhook-keys.ts';
import { acceptContract } from './signer/accept-contract.ts';
import { actOnSession, actOnSigned } from './signer/act.ts';
import { beginSigning } from './signer/begin-signing.ts';
import { declineContract } from './signer/decline-contract.ts';
import { objectToContract } from './signer/object-to-contract.ts';
import { noteOwnAccess } from './signer/own-session.ts';
import { readContractBytes } from './signer/read-contract-bytes.ts';
import { readJourney } from './signer/read-journey.ts';
import { readOwnCertificate } from './signer/read-own-certificate.ts';
import { readOwnDocument } from './signer/read-own-document.ts';
import { readOwnDossier } from './signer/read-own-dossier.ts';
import { saveDetails } from './signer/save-details.ts';
import { cancelAsStaff } from './staff/cancel-session.ts';
import { downloadDossier } from './staff/download-dossier.ts';
import { liftHold, placeHold } from './staff/hold-session.ts';
import { listAccesses } from './staff/list-accesses.ts';
import { listStaffSessions } from './staff/list-sessions.ts';
import { readLastDrill } from './staff/read-last-drill.ts';
import { readLogTrouble } from './staff/read-log-trouble.ts';
import { readStaffSession } from './staff/read-session.ts';
import { refreshStaffSession } from './staff/refresh-session.ts';
import { downloadCertificate, openCourtCertificate, readStaffCertificate } from './staff/staff-certificate.ts';

/** Every use case, asked by somebody of another workspace about a session of ours. */

let portal: TestPortal;
let open: { id: string; debtKey: string; orderId: string; receiptCode: string; offer: string };
let signed: typeof open;
beforeAll(async () => {
  portal = await startTestPortal();
  const session = await createdSession(portal);
  const offer = await atReview(portal.ctx, await openedBy(portal.ctx, session.token));
  open = { id: session.signingSessionId, debtKey: session.debtKey, orderId: session.orderId, receiptCode: '-', offer };
  const accepted = await acceptedSession(portal);
  const read = await readSession(portal.ctx, portal.merchant, accepted.session.signingSessionId);
  if (!read.ok || read.session.status !== 'COMPLETED') throw new Error('not signed');
  const { signingSessionId: id, receiptCode, debtKey, orderId } = read.session;
  signed = { id, debtKey, orderId, receiptCode, offer: accepted.offer };
  await keepRequestOf(open);
  await keepRequestOf(signed);
});
afterAll(() => portal.end());

type Target = typeof open;
const notFound = { ok: false, code: 'signing_session_not_found' };
const unauthorized = { kind: 'refused', code: 'unauthorized' };

/** A cookie of another workspace that names our session; no such cookie is ever minted, but the query must not depend on it. */
function foreignSigner({ id }: Target): SignerActor {
  const { workspaceId } = portal.stranger;
  return { sessionId: id, workspaceId, linkIssue: 1, browserId: 'b', request: requestFrom() };
}

function foreignStaff(): StaffActor {
  return { userId: 'staff-1', workspaceId: portal.stranger.workspaceId, role: 'admin', request: requestFrom() };
}

const everyStatus = { limit: 100 };

const asked: Record<string, { by: (target: Target) => unknown; answer: unknown }> = {
  cancelSession: {
    by: async ({ id }) => {
      const answer = once<CancelResult>();
      await cancelSession(portal.ctx, portal.stranger, { sessionId: id }, answer);
      return answer.results[0];
    },
    answer: notFound,
  },
  createSession: {
    // A debt can be signed once, whoever asks: that it is taken has to be told, and no more than that.
    by: async ({ debtKey }) => {
      const answer = once<CreateResult>();
      await createSession(portal.ctx, portal.stranger, sessionBody({ debtKey }), answer);
      return answer.results[0];
    },
    answer: { ok: false, code: expect.stringMatching(/^(?:session_already_open|debt_already_signed)$/) },
  },
  listAccesses: { by: ({ id }) => listAccesses(portal.ctx, foreignStaff(), { sessionId: id }), answer: notFound },
  listSessions: {
    by: async (target) => {
      const answers = [
        everyStatus,
        { ...everyStatus, debtKey: target.debtKey },
        { ...everyStatus, orderId: target.orderId },
      ];
      const lists = await Promise.all(answers.map((question) => listSessions(portal.ctx, portal.stranger, question)));
      return JSON.stringify(lists).includes(target.id);
    },
    answer: false,
  },
  readDocument: {
    by: ({ id }) => readDocument(portal.ctx, portal.stranger, id),
    answer: notFound,
  },
  readCertificate: { by: ({ id }) => readCertificate(portal.ctx, portal.stranger, id, 'court'), answer: notFound },
  readDossier: { by: ({ id }) => readDossier(portal.ctx, portal.stranger, id), answer: notFound },
  readEvidence: { by: ({ id }) => readEvidence(portal.ctx, portal.stranger, id), answer: notFound },
  readSession: { by: ({ id }) => readSession(portal.ctx, portal.stranger, id), answer: notFound },
  // Its own workspace's, which has none.
  readWebhookKeys: { by: () => readWebhookKeys(portal.ctx, portal.stranger), answer: { items: [] } },
  acceptContract: {
    by: (target) => acceptContract(portal.ctx, foreignSigner(target), fullForm(target.offer)),
    answer: unauthorized,
  },
  actOnSession: {
    by: (target) =>
      actOnSession(portal.ctx, foreignSigner(target), 'begin', () => Promise.resolve({ kind: 'go', page: 'read' })),
    answer: unauthorized,
  },
  actOnSigned: {
    by: (target) =>
      actOnSigned(portal.ctx, foreignSigner(target), 'withdraw', () =>
        Promise.resolve({ kind: 'go', page: 'receipt' }),
      ),
    answer: unauthorized,
  },
  beginSigning: { by: (target) => beginSigning(portal.ctx, foreignSigner(target)), answer: unauthorized },
  declineContract: {
    by: (target) => declineContract(portal.ctx, foreignSigner(target), { reason: 'no' }),
    answer: unauthorized,
  },
  objectToContract: {
    by: (target) => objectToContract(portal.ctx, foreignSigner(target), 'dispute', { reason: 'no' }),
    answer: unauthorized,
  },
  readContractBytes: {
    by: (target) => readContractBytes(portal.ctx, foreignSigner(target)),
    answer: { ok: false, code: 'unauthorized' },
  },
  readJourney: { by: (target) => readJourney(portal.ctx, foreignSigner(target), 'read'), answer: { kind: 'unknown' } },
  noteOwnAccess: {
    by: (target) => noteOwnAccess(portal.ctx, foreignSigner(target), 'dossier'),
    answer: { ok: false, code: 'unauthorized' },
  },
  readOwnCertificate: {
    by: (target) => readOwnCertificate(portal.ctx, foreignSigner(target)),
    answer: { ok: false, code: 'unauthorized' },
  },
  readOwnDocument: {
    by: (target) => readOwnDocument(portal.ctx, foreignSigner(target)),
    answer: { ok: false, code: 'unauthorized' },
  },
  readOwnDossier: {
    by: (target) => readOwnDossier(portal.ctx, foreignSigner(target)),
    answer: { ok: false, code: 'unauthorized' },
  },
  saveDetails: {
    by: (target) => saveDetails(portal.ctx, foreignSigner(target), { email: 'outra@exemplo.com.br' }),
    answer: unauthorized,
  },
  cancelAsStaff: { by: ({ id }) => cancelAsStaff(portal.ctx, foreignStaff(), id, 'por engano'), answer: notFound },
  downloadDossier: { by: ({ id }) => downloadDossier(portal.ctx, foreignStaff(), id, 'por engano'), answer: notFound },
  downloadCertificate: {
    by: ({ id }) => downloadCertificate(portal.ctx, foreignStaff(), { sessionId: id, version: 'court' }, 'por engano'),
    answer: notFound,
  },
  openCourtCertificate: {
    by: ({ id }) => openCourtCertificate(portal.ctx, foreignStaff(), id, 'por engano'),
    answer: notFound,
  },
  readStaffCertificate: {
    by: ({ id }) => readStaffCertificate(portal.ctx, foreignStaff(), { sessionId: id, version: 'shared' }),
    answer: notFound,
  },
  placeHold: { by: ({ id }) => placeHold(portal.ctx, foreignStaff(), id, 'por engano'), answer: notFound },
  ...strangersAtDeliveries(() => ({ ctx: portal.ctx, staff: foreignStaff() })),
  liftHold: {
    by: ({ id }) => liftHold(portal.ctx, foreignStaff(), { sessionId: id, holdId: id }, 'por engano'),
    answer: notFound,
  },
  listStaffSessions: {
    by: async (target) => {
      const keys = ['', target.id, target.debtKey, target.orderId, target.receiptCode, maria.identity];
      const lists = await Promise.all(keys.map((q) => listStaffSessions(portal.ctx, foreignStaff(), { q })));
      return JSON.stringify(lists).includes(target.id);
    },
    answer: false,
  },
  ...strangersAtKeys(() => ({ ctx: portal.ctx, staff: foreignStaff(), apiKeyId: portal.merchant.apiKeyId })),
  ...strangersAtWebhooks(() => ({ ctx: portal.ctx, staff: foreignStaff() })),
  // Both tell of the whole installation, and of sessions only their own workspace's.
  readLastDrill: {
    by: async ({ id }) => JSON.stringify(await readLastDrill(portal.ctx, foreignStaff())).includes(id),
    answer: false,
  },
  readLogTrouble: {
    by: async ({ id }) => JSON.stringify(await readLogTrouble(portal.ctx, foreignStaff())).includes(id),
    answer: false,
  },
  ...strangersAtRequests(() => ({ ctx: portal.ctx, staff: foreignStaff() })),
  readStaffSession: { by: ({ id }) => readStaffSession(portal.ctx, foreignStaff(), id), answer: notFound },
  refreshStaffSession: { by: ({ id }) => refreshStaffSession(portal.ctx, foreignStaff(), id), answer: notFound },
};

/** Whatever takes an actor of a workspace is found in the sources, so that a new use case cannot be forgotten here. */
function useCasesInSources(): string[] {
  const shape =
    /export (?:async )?function (\w+)\(\s*ctx: UseCaseContext,\s*\w+: (?:(?:Merchant|Signer|Staff)Actor|HoldingStaff|ReadingStaff)|export async function (readDocument)\(/g;
  return ['merchant', 'signer', 'staff'].flatMap((folder) =>
    readdirSync(new URL(folder, import.meta.url))
      .filter((file) => /(?<!\.test)\.ts$/.test(file))
      .flatMap((file) => [...readFileSync(new URL(`${folder}/${file}`, import.meta.url), 'utf8').matchAll(shape)])
      .map((match) => match[1] ?? match[2] ?? ''),
  );
}

test('every use case stands in the table', () => {
  expect(Object.keys(asked).toSorted()).toEqual(useCasesInSources().toSorted());
});

describe.each(['open', 'signed'] as const)('an %s session of another workspace', (which) => {
  test.each(Object.keys(asked))('%s knows nothing of it and leaves it as it is', async (name) => {
    const target = which === 'open' ? open : signed;
    const before = await trace(target);
    const { by, answer } = asked[name] ?? never();
    expect(await by(target)).toEqual(answer);
    expect(await trace(target)).toEqual(before);
  });
});

test.each(['', 'x', '../..', "'; --", '00000000-0000-4000-8000-000000000000', '%00', 'ÿ'.repeat(300)])(
  'an id that names nothing is not found either: %j',
  async (id) => {
    const answers = await Promise.all([readSession, readEvidence].map((read) => read(portal.ctx, portal.merchant, id)));
    const cancelled = once<CancelResult>();
    await cancelSession(portal.ctx, portal.merchant, { sessionId: id }, cancelled);
    expect([...answers, ...cancelled.results]).toEqual([notFound, notFound, notFound]);
  },
);

test('the address of one document opens no other, and none after ten minutes', async () => {
  const { session } = await acceptedSession(portal);
  const read = await readSession(portal.ctx, portal.merchant, session.signingSessionId);
  if (!read.ok || read.session.status !== 'COMPLETED') throw new Error('not signed');
  const signature = new URL(read.session.documentUrl ?? '').searchParams.get('signature') ?? '';
  const codeOf = async (id: string, given: string) => {
    const answer = await readDocument(portal.ctx, { signature: given, request: requestFrom() }, id);
    return answer.ok ? 'the text' : answer.code;
  };
  expect(await codeOf(session.signingSessionId, signature)).toBe('the text');
  expect(await codeOf(signed.id, signature)).toBe('unauthorized');
  expect(await codeOf(session.signingSessionId, `${signature}A`)).toBe('unauthorized');
  await portal.advanceClock(10 * 60_000 + 1_000);
  expect(await codeOf(session.signingSessionId, signature)).toBe('unauthorized');
});

/** As if the merchant had read the session by the API. */
async function keepRequestOf({ id }: Target): Promise<void> {
  await portal.asOwner(
    `INSERT INTO api_requests (workspace_id, request_id, api_key_id, answered_at, duration_ms, method, path, session_id, status, faults, has_idempotency_key)
     VALUES ($1, 'req_' || $2::text, $3, aceite_now(), 1, 'GET', '/api/v1/signing/{id}', $2::uuid, 200, '[]', false)`,
    [portal.merchant.workspaceId, id, portal.merchant.apiKeyId],
  );
}

/** Everything of a session that a call could have changed. */
function trace({ id }: Target) {
  const sql = `SELECT s.status, s.details_version, (SELECT count(*)::int FROM events e WHERE e.session_id = s.id) AS events,
    (SELECT count(*)::int FROM file_accesses a WHERE a.session_id = s.id) AS accesses,
    (SELECT count(*)::int FROM drafts d WHERE d.session_id = s.id) AS drafts FROM signing_sessions s WHERE s.id = $1`;
  return portal.asOwner(sql, [id]);
}

function never(): never {
  throw new Error('unreachable');
}
