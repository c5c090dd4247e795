import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { noteLenderCalls } from '#lib/db/lender-breakers.ts';
import { countWrappingKeyUses, retireWrappingKey } from '#lib/db/session-keys.ts';
import { breakerRules } from '#lib/domain/circuit-breaker.ts';
import type { LenderSettings, OpenLender } from '#lib/providers/lender-access.ts';
import { acceptedSession, createdSession, deliveryOf, maria, nextStep } from '#lib/testing/journey.ts';
import { lenderSays, type NoticeTerms, newKeyPair, noticeJson, noticesOf } from '#lib/testing/lender-notices.ts';
import { keyringOf, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { type ScriptedLender, startScriptedLender } from '#lib/testing/scripted-lender.ts';
import { addWrappingKey, chooseWrappingKey } from '#lib/vault/key-file-changes.ts';
import { deliverNext } from './deliver-acceptance.ts';
import { clearLenderSettings, releasePauses, setLenderSettings, showLenderSettings } from './lender-settings.ts';
import { lenderWatchFigures } from './lender-watch-figures.ts';
import { rewrapSessionKeys } from './rewrap-session-keys.ts';

let portal: TestPortal;
/** The second workspace's own view of the same portal. */
let other: TestPortal;
let lender: ScriptedLender;
beforeAll(async () => {
  lender = await startScriptedLender();
  portal = await startTestPortal();
  const { stranger } = portal;
  const asOwner: TestPortal['asOwner'] = (sql, values, place = stranger.workspaceId) =>
    portal.asOwner(sql, values, place);
  other = { ...portal, merchant: stranger, asOwner };
});
afterAll(async () => {
  await portal.end();
  await lender.stop();
});

const [ours, lenders] = [newKeyPair(), newKeyPair()];
const apiClientKey = '7b1f1a52-55cf-4c0a-8a3e-3c8d55e0aa01';
const settings = (): LenderSettings => ({
  baseUrl: lender.url,
  apiClientKey,
  privateKeyPem: ours.privateKeyPem,
  authScheme: 'signed-header',
  signatureType: 'data-signature',
  emptyPayload: '{}',
  timestampZone: 'America/Sao_Paulo',
});
const workspaceId = () => portal.merchant.workspaceId;
const taken = (debtKey: string) => ({ status: 200, json: { key: debtKey, status: 'signature_received' } });

beforeEach(async () => {
  await clearLenderSettings(portal.ctx, workspaceId());
});

describe('a workspace with settings of its own', () => {
  test('reaches its own lender with them, and no other workspace does', async () => {
    await setLenderSettings(portal.ctx, workspaceId(), settings());
    const [{ session }, strangers] = [await acceptedSession(portal), await acceptedSession(other)];
    lender.script = { submissions: [taken(session.debtKey)], questions: [] };
    const sent = lender.received.length;
    expect(await nextStep(portal, session.signingSessionId)).toMatchObject({ status: 'DELIVERED' });
    expect(await nextStep(other, strangers.session.signingSessionId)).toMatchObject({ status: 'DELIVERED' });
    expect(lender.received).toHaveLength(sent + 1);
    expect(JSON.parse(lender.received.at(-1)?.toString() ?? '')).toMatchObject({ type: 'data-signature' });
    const record = await (await fetch(`${portal.lenderUrl}/sandbox/debts/${session.debtKey}`)).json();
    expect(record.received).toEqual([]);
  });

  test('pauses by a wrong credential alone, and goes on when it is replaced, in the same process', async () => {
    await setLenderSettings(portal.ctx, workspaceId(), settings());
    const [{ session }, strangers] = [await acceptedSession(portal), await acceptedSession(other)];
    const id = session.signingSessionId;
    lender.script = { submissions: [{ status: 401, json: { code: 'GDF000014' } }], questions: [] };
    expect(await nextStep(portal, id)).toMatchObject({ status: 'PAUSED' });
    expect(await nextStep(other, strangers.session.signingSessionId)).toMatchObject({ status: 'DELIVERED' });
    lender.script = { submissions: [taken(session.debtKey)], questions: [] };
    const changed = await setLenderSettings(portal.ctx, workspaceId(), { apiClientKey: `${apiClientKey}-new` });
    expect(changed).toMatchObject({ ok: true, released: 1, settings: { integrationKeyEnd: '-new' } });
    expect(await nextStep(portal, id)).toMatchObject({ status: 'DELIVERED' });
  });

  test('has its own lender given a rest, which holds up nobody else, and is not held up by another’s', async () => {
    await setLenderSettings(portal.ctx, workspaceId(), settings());
    const [own] = await portal.asOwner<{ host: string }>('SELECT host FROM lender_credentials');
    const host = own?.host ?? 'none';
    expect(host.startsWith(`${new URL(lender.url).host}#`)).toBe(true);
    const failed = Array.from({ length: breakerRules.windowCalls }, () => true);
    const [{ session }, strangers] = [await acceptedSession(portal), await acceptedSession(other)];
    const tell = (ends: readonly boolean[], at: string, isProbe = false) =>
      noteLenderCalls(portal.ctx.db, { host: at, failed: ends, isProbe });
    await tell(failed, host);
    expect(await deliverNext(portal.ctx)).toEqual({ sessionId: strangers.session.signingSessionId });
    expect(await deliverNext(portal.ctx)).toBeUndefined();
    await tell(failed, portal.ctx.lender.host);
    lender.script = { submissions: [taken(session.debtKey)], questions: [] };
    await portal.advanceClock(breakerRules.waitMs);
    const late = await acceptedSession(other);
    expect(await deliverNext(portal.ctx)).toEqual({ sessionId: session.signingSessionId });
    expect(await deliverNext(portal.ctx)).toEqual({ sessionId: late.session.signingSessionId });
    expect(await deliveryOf(portal, session.signingSessionId)).toMatchObject({ status: 'DELIVERED' });
    expect((await lenderWatchFigures(portal.ctx)).breakers).toEqual({ open: 0, failedRecently: 0 });
  });

  test('is not left paused by a call that was under way when the credential was replaced', async () => {
    await setLenderSettings(portal.ctx, workspaceId(), settings());
    const { session } = await acceptedSession(portal);
    lender.script = { submissions: [{ status: 401, json: {} }, taken(session.debtKey)], questions: [] };
    const { openLender } = portal.ctx;
    if (!openLender) throw new Error('the portal opens no lender');
    const replaceWhileAsked: OpenLender = (given) => {
      const access = openLender(given);
      const submit: typeof access.lender.submit = async (debtKey, bytes) => {
        const outcome = await access.lender.submit(debtKey, bytes);
        await setLenderSettings(portal.ctx, workspaceId(), { apiClientKey: `${apiClientKey}-new` });
        return outcome;
      };
      return { ...access, lender: { ...access.lender, submit } };
    };
    // Under a pool of its own, so that it opens the settings by itself.
    const ctx = { ...portal.ctx, db: { ...portal.ctx.db }, openLender: replaceWhileAsked };
    expect(await deliverNext(ctx)).toMatchObject({ sessionId: session.signingSessionId });
    expect(await deliveryOf(portal, session.signingSessionId)).toMatchObject({ status: 'QUEUED' });
    expect(await nextStep(portal, session.signingSessionId)).toMatchObject({ status: 'DELIVERED' });
  });

  test('uses the installation’s again once they are cleared; a pause of another workspace stays', async () => {
    await setLenderSettings(portal.ctx, workspaceId(), settings());
    const refused = { signerDetails: { ...maria, identity: '10000000795' } };
    const [{ session }, strangers] = [await acceptedSession(portal), await acceptedSession(other, refused)];
    lender.script = { submissions: [{ status: 403, json: {} }], questions: [] };
    expect(await nextStep(portal, session.signingSessionId)).toMatchObject({ status: 'PAUSED' });
    expect(await nextStep(other, strangers.session.signingSessionId)).toMatchObject({ status: 'PAUSED' });
    expect(await clearLenderSettings(portal.ctx, workspaceId())).toEqual({ wasSet: true, released: 1 });
    expect(await deliveryOf(other, strangers.session.signingSessionId)).toMatchObject({ status: 'PAUSED' });
    expect(await nextStep(portal, session.signingSessionId)).toMatchObject({ status: 'DELIVERED' });
    expect(await clearLenderSettings(portal.ctx, workspaceId())).toEqual({ wasSet: false, released: 0 });
  });

  test('keeps what a change leaves out, and shows nothing secret', async () => {
    await setLenderSettings(portal.ctx, workspaceId(), settings());
    await setLenderSettings(portal.ctx, workspaceId(), { authScheme: 'encoded-body' });
    const shown = await showLenderSettings(portal.ctx, workspaceId());
    expect(shown).toMatchObject({
      baseUrl: lender.url,
      authScheme: 'encoded-body',
      timestampZone: 'America/Sao_Paulo',
    });
    expect(JSON.stringify(shown)).not.toContain(apiClientKey);
    expect(JSON.stringify(shown)).not.toContain('PRIVATE KEY');
    expect(await showLenderSettings(portal.ctx, portal.stranger.workspaceId)).toBeUndefined();
  });
});

test('what the lender mended on its side is queued again at a word, in one workspace and no other', async () => {
  await setLenderSettings(portal.ctx, workspaceId(), settings());
  const refused = { signerDetails: { ...maria, identity: '10000000795' } };
  const [one, two] = [await acceptedSession(portal), await acceptedSession(portal)];
  const strangers = await acceptedSession(other, refused);
  const [first, second] = [one.session.signingSessionId, two.session.signingSessionId];
  lender.script = { submissions: [{ status: 401, json: {} }], questions: [] };
  expect(await nextStep(portal, first)).toMatchObject({ status: 'PAUSED' });
  lender.script = { submissions: [{ status: 403, json: {} }], questions: [] };
  expect(await nextStep(portal, second)).toMatchObject({ status: 'PAUSED' });
  expect(await nextStep(other, strangers.session.signingSessionId)).toMatchObject({ status: 'PAUSED' });
  expect(await releasePauses(portal.ctx, workspaceId())).toBe(2);
  expect(await releasePauses(portal.ctx, workspaceId())).toBe(0);
  for (const id of [first, second]) expect(await deliveryOf(portal, id)).toMatchObject({ status: 'QUEUED' });
  expect(await deliveryOf(other, strangers.session.signingSessionId)).toMatchObject({ status: 'PAUSED' });
  // The installation's settings, which no command changes, pause as well.
  await releasePauses(portal.ctx, portal.stranger.workspaceId);
  expect(await deliveryOf(other, strangers.session.signingSessionId)).toMatchObject({ status: 'QUEUED' });
});

test('settings that lack something, or can never work, are refused, and nothing changes', async () => {
  const { privateKeyPem: _, ...incomplete } = settings();
  expect(await setLenderSettings(portal.ctx, workspaceId(), incomplete)).toEqual({
    ok: false,
    code: 'settings_incomplete',
    missing: ['privateKeyPem'],
  });
  for (const wrong of [{ privateKeyPem: 'x' }, { lenderPublicKeyPem: 'x' }, { timestampZone: 'Mars/Base' }])
    expect(await setLenderSettings(portal.ctx, workspaceId(), { ...settings(), ...wrong })).toMatchObject({
      ok: false,
      code: 'settings_unusable',
    });
  expect(await showLenderSettings(portal.ctx, workspaceId())).toBeUndefined();
});

test('nothing of them lies in the database in the clear', async () => {
  await setLenderSettings(portal.ctx, workspaceId(), settings());
  const [row] = await portal.asOwner('SELECT * FROM lender_credentials');
  const kept = Object.values(row ?? {}).map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value))));
  expect(kept.some((value) => value.includes(workspaceId()))).toBe(true);
  for (const secret of [apiClientKey, ours.privateKeyPem.split('\n')[1] ?? 'none', lender.url])
    expect(kept.filter((value) => value.includes(secret))).toEqual([]);
});

test('a wrapping key that they need is in use, and they follow the current one', async () => {
  await setLenderSettings(portal.ctx, workspaceId(), settings());
  const before = portal.ctx.keys.wrappingKeyIds().current;
  const counted = (await countWrappingKeyUses(portal.ctx.db)).get(before) ?? 0;
  await addWrappingKey(portal.keysFile, 'k2');
  await chooseWrappingKey(portal.keysFile, 'k2', new Date());
  const ctx = { ...portal.ctx, keys: keyringOf(portal.keysFile) };
  expect(await retireWrappingKey(ctx.db, before)).toBe(counted);
  expect((await rewrapSessionKeys(ctx, () => undefined)).left).toEqual([]);
  expect(await portal.asOwner('SELECT wrapping_key_id FROM lender_credentials')).toEqual([
    { wrapping_key_id: ctx.keys.wrappingKeyIds().current },
  ]);
  expect(await showLenderSettings(ctx, workspaceId())).toMatchObject({ baseUrl: lender.url });
});

describe('a notice', () => {
  const own: Partial<NoticeTerms> = { apiClientKey, privateKeyPem: lenders.privateKeyPem };
  beforeEach(async () => {
    await setLenderSettings(portal.ctx, workspaceId(), { ...settings(), lenderPublicKeyPem: lenders.publicKeyPem });
  });

  test.each(['signed-header', 'encoded-body'] as const)(
    'of the workspace’s own lender is taken for its debts, in the form %s',
    async (scheme) => {
      const { signingSessionId: id, debtKey } = await createdSession(portal);
      expect(await lenderSays(portal, noticeJson(debtKey, 'canceled'), { ...own, scheme })).toBe('kept');
      expect(await noticesOf(portal, id)).toEqual([['canceled', 'session_cancelled']]);
    },
  );

  test('of the installation’s lender says nothing of the debts of that workspace, nor the other way round', async () => {
    const [mine, theirs] = [await createdSession(portal), await createdSession(other)];
    expect(await lenderSays(portal, noticeJson(mine.debtKey, 'canceled'))).toBe('no_session');
    expect(await lenderSays(portal, noticeJson(theirs.debtKey, 'canceled'), own)).toBe('no_session');
    expect(await noticesOf(portal, mine.signingSessionId)).toEqual([]);
    expect(await noticesOf(other, theirs.signingSessionId)).toEqual([]);
    expect(await lenderSays(portal, noticeJson(theirs.debtKey, 'canceled'))).toBe('kept');
    expect(await noticesOf(other, theirs.signingSessionId)).toEqual([['canceled', 'session_cancelled']]);
  });

  test('in the name of one integration, signed by the lender of another, is nobody’s', async () => {
    const { debtKey } = await createdSession(portal);
    const { privateKeyPem } = own;
    expect(await lenderSays(portal, noticeJson(debtKey, 'canceled'), { apiClientKey })).toBe(
      'lender_signature_invalid',
    );
    expect(await lenderSays(portal, noticeJson(debtKey, 'canceled'), { privateKeyPem: privateKeyPem ?? '' })).toBe(
      'lender_signature_invalid',
    );
  });
});
