import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingReasons } from '#lib/copy/missing-reasons.ts';
import { type EvidenceView, evidenceView } from '#lib/schema/evidence.ts';
import { evidenceFields } from '#lib/schema/evidence-fields.ts';
import { acceptedSession, createdSession, deliverToRest, once, openedBy } from '#lib/testing/journey.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { cancelSession } from '../merchant/cancel-session.ts';
import { readEvidence } from '../merchant/read-evidence.ts';
import { beginSigning } from '../signer/begin-signing.ts';
import { readContractBytes } from '../signer/read-contract-bytes.ts';
import { expireLapsed } from '../system/expire-lapsed.ts';

let portal: TestPortal;
const views: Record<string, EvidenceView> = {};
beforeAll(async () => {
  portal = await startTestPortal();
  const { ctx, merchant } = portal;
  const accepted = await acceptedSession(portal);
  const acceptedId = accepted.session.signingSessionId;
  await keep('accepted and not yet delivered', acceptedId);
  await deliverToRest(portal, acceptedId);
  await keep('delivered', acceptedId);
  const begun = await createdSession(portal);
  await keep('new', begun.signingSessionId);
  await beginSigning(ctx, await openedBy(ctx, begun.token));
  await keep('begun', begun.signingSessionId);
  const cancelled = await createdSession(portal);
  await cancelSession(ctx, merchant, { sessionId: cancelled.signingSessionId, reason: 'changed' }, once());
  await keep('cancelled', cancelled.signingSessionId);
  await portal.advanceClock(8 * 86_400_000);
  await expireLapsed(ctx);
  await keep('expired', begun.signingSessionId);
});
afterAll(() => portal.end());

async function keep(state: string, id: string): Promise<void> {
  const read = await readEvidence(portal.ctx, portal.merchant, id);
  if (!read.ok) throw new Error(read.code);
  views[state] = read.evidence;
}

const states = ['new', 'begun', 'accepted and not yet delivered', 'delivered', 'cancelled', 'expired'];
const names = Object.entries(evidenceFields).flatMap(([group, fields]) => fields.map((name) => ({ group, name })));

describe.each(states)('in the evidence of a session that is %s', (state) => {
  test.each(names)('$group.$name is known from somebody, or missing for a reason', ({ group, name }) => {
    const view = views[state];
    const field = view?.[group as keyof typeof evidenceFields][name];
    expect([{ value: expect.anything(), source: expect.any(String) }, missing(expect.any(String))]).toContainEqual(
      field,
    );
  });

  test('every other field has a value or a reason too, and none is empty', () => {
    expect(evidenceView.safeParse(views[state]).error).toBeUndefined();
    expect(JSON.stringify(views[state])).not.toMatch(/:(?:null|"")[,}]/);
  });

  test('every reason has words for people', () => {
    const told = JSON.stringify(views[state]).matchAll(/"status":"not_captured","reason":"(\w+)"/g);
    const reasons = [...told].map(([, reason]) => reason);
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.filter((reason) => !Object.keys(missingReasons.en).includes(String(reason)))).toEqual([]);
  });

  test('the table of fields forgets none', () => {
    const told = Object.keys(evidenceFields).flatMap((group) =>
      Object.keys(views[state]?.[group as keyof typeof evidenceFields] ?? {}).map((name) => `${group}.${name}`),
    );
    const known = [...names.map(({ group, name }) => `${group}.${name}`), 'presentation.consents'];
    expect(told.filter((name) => !known.includes(name))).toEqual([]);
  });
});

test.each(['new', 'begun', 'cancelled', 'expired'])(
  'who has not accepted (%s) left nothing of an act, and that is the reason',
  (state) => {
    const { act, network, delivery } = views[state] ?? {};
    const ofTheAct = { ...act, ...delivery, ip: network?.ip, hints: network?.clientHints, tls: network?.tlsVersion };
    const others = Object.entries(ofTheAct).filter(([, field]) => field && !isNotAccepted(field));
    expect(others).toEqual([]);
    expect(Object.keys(ofTheAct)).toContain('laterDebtStates');
  },
);

function isNotAccepted(field: object): boolean {
  return 'reason' in field && field.reason === 'not_accepted';
}

test('the evidence tells by which rules, by which factor, with what link and in which language', () => {
  expect(views.delivered).toMatchObject({
    transaction: {
      policyVersion: { value: '1', source: 'server' },
      assuranceFactors: { value: ['secret_link'], source: 'server' },
    },
    presentation: { uiLocale: { value: 'pt-BR' } },
    authentication: { tokenIssuedAt: views.delivered?.transaction.createdAt },
    signer: {
      identity: {
        value: {
          documentType: 'CPF',
          verification: 'format_checked',
          verificationMethod: 'check_digits',
          verifiedAt: knownOf(views.delivered?.transaction.createdAt),
        },
      },
    },
  });
  expect(views.new?.transaction.assuranceFactors).toEqual(missing('not_opened'));
});

test('a text that was downloaded before the act is told with its time, and no more often than is kept', async () => {
  const { signingSessionId, token } = await createdSession(portal);
  const signer = await openedBy(portal.ctx, token);
  const request = { ...requestFrom(), clientHints: { 'sec-ch-ua-mobile': '?1' } };
  for (let time = 0; time < 101; time += 1) await readContractBytes(portal.ctx, { ...signer, request });
  await keep('downloaded', signingSessionId);
  const downloads = views.downloaded?.events.filter(({ type }) => type === 'downloaded') ?? [];
  expect(downloads).toHaveLength(100);
  expect(downloads.at(-1)?.data).toMatchObject({ isLastKept: true, clientHints: { 'sec-ch-ua-mobile': '?1' } });
  expect(views.downloaded?.presentation.downloadedAt).toEqual({ value: downloads[0]?.occurredAt, source: 'server' });
});

test('what the accepter downloads afterwards is no part of how the text could be read', async () => {
  const { session, signer } = await acceptedSession(portal);
  expect(await readContractBytes(portal.ctx, signer)).toMatchObject({ ok: true });
  await keep('downloaded later', session.signingSessionId);
  expect(views['downloaded later']?.presentation.downloadedAt).toEqual(missing('not_downloaded'));
});

function missing(reason: unknown) {
  return { status: 'not_captured', reason };
}

function knownOf(field: unknown) {
  return (field as { value: unknown }).value;
}
