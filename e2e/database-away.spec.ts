import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type APIRequestContext, request } from '@playwright/test';
import { paths } from '#lib/paths.ts';
import { type DatabaseRelay, relayTo } from '#lib/testing/database-relay.ts';
import { descendantsOf, killAll } from '#lib/testing/process-family.ts';
import {
  clusterFolderOf,
  databaseOf,
  endPortal,
  freePort,
  type RunningPortal,
  startPortal,
} from '#lib/testing/running-portal.ts';
import { webProcessAt } from '#lib/testing/second-web.ts';
import { HttpSigner } from './http-signer.ts';
import { Merchant } from './merchant.ts';
import { expect, test } from './people.ts';

/** What the page says first and, about the signature, nothing that it cannot know. */
const patience = {
  'pt-BR': [/Indisponível por um momento/, /ele mostra se a assinatura foi feita/],
  en: [/Unavailable for a moment/, /it shows whether the signature was made/],
} as const;
/** The supervisor's longest pause between two attempts, and a recovery on a busy machine. */
const healingMs = 120_000;

// One portal, whose database is away while another test would need it.
test.describe.configure({ mode: 'default' });

let portal: RunningPortal;
let api: APIRequestContext;
let merchant: Merchant;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  portal = await startPortal();
  api = await request.newContext({ extraHTTPHeaders: { 'X-API-Key': portal.sandbox.apiKey } });
  merchant = new Merchant({ ...portal.sandbox, dataDir: portal.dataDir }, api);
});
test.afterAll(async () => {
  await api.dispose();
  await endPortal(portal);
});

test('a killed Postgres is answered by 503 at every door, comes back by itself, and the same session is signed', async () => {
  test.setTimeout(healingMs + 60_000);
  const session = await merchant.createsSession();
  const signer = await HttpSigner.opens(session);
  const offer = await signer.readsOffer();
  const staffCookie = await signInStaff();
  const create = { data: merchant.body(), headers: { 'X-Idempotency-Key': crypto.randomUUID() } };
  const own = `${portal.sandbox.apiUrl}/signing/${session.signingSessionId}`;
  const putBack = await killPostgres();

  await test.step('alive, and not ready', async () => {
    expect((await visit(paths.live())).status).toBe(200);
    expect((await visit(paths.ready())).status).toBe(503);
    expect((await visit('/metrics')).status).toBe(200);
    expect((await visit(paths.docs())).status).toBe(200);
  });

  await test.step('the API says when to come again', async () => {
    const answers = {
      create: await api.post(`${portal.sandbox.apiUrl}/signing`, create),
      list: await api.get(`${portal.sandbox.apiUrl}/signing`),
      read: await api.get(own),
      cancel: await api.delete(own),
      evidence: await api.get(`${own}/evidence`),
    };
    for (const [call, answer] of Object.entries(answers)) {
      expect(answer.status(), call).toBe(503);
      expect(Number(answer.headers()['retry-after']), call).toBeGreaterThan(0);
      expect(answer.headers()['content-type'], call).toContain('application/problem+json');
      expect(await answer.json(), call).toMatchObject({ status: 503, code: 'temporarily_unavailable' });
    }
  });

  await test.step('people read it in their language', async () => {
    const { pathname: link } = new URL(session.redirectUrl);
    const id = session.signingSessionId;
    const pages = (['read', 'details', 'review', 'receipt'] as const).map((page) => paths.sign(id, page));
    for (const address of [link, ...pages, paths.contractText(id)]) await expectPatience(address, signer.cookie);
    const form = { agreeContract: 'yes', agreeMethod: 'yes', offer, name: 'Maria', reason: 'não' };
    for (const act of ['begin', 'details', 'accept', 'decline', 'withdraw', 'dispute'] as const)
      await expectPatience(paths.signAct(id, act), signer.cookie, form);
  });

  await test.step('staff too', async () => {
    const id = session.signingSessionId;
    await expectPatience(paths.dashboardAct('login'), '', portal.sandbox.staff);
    await expectPatience(paths.dashboardAct('cancel'), staffCookie, { sessionId: id, reason: 'teste' });
    await expectPatience(paths.dashboardSessions(), staffCookie);
    await expectPatience(paths.dashboardSession(id), staffCookie);
    const list = await visit(paths.dashboardData('sessions'), { Cookie: staffCookie });
    expect(list.status).toBe(503);
  });

  await putBack();
  await expect.poll(async () => (await visit(paths.ready())).status, { timeout: healingMs }).toBe(200);
  // It is ready a moment before it is said.
  await expect.poll(portal.printed).toMatch(/Postgres ended unexpectedly; starting it again[\s\S]*Postgres runs again/);
  expect((await signer.accepts(offer)).location).toBe(paths.sign(session.signingSessionId, 'receipt'));
  await merchant.waitsForSignature(session);
  const late = await api.post(`${portal.sandbox.apiUrl}/signing`, create);
  expect(late.status(), 'the key of the failed call was not used up').toBe(201);
  expect(late.headers()).not.toHaveProperty('idempotency-replayed');
});

test.describe('a web process whose way to the database is bad', () => {
  let relay: DatabaseRelay;
  let web: Awaited<ReturnType<typeof webProcessAt>>;

  test.beforeAll(async () => {
    const database = await databaseOf(portal.dataDir);
    relay = await relayTo(database.url);
    await database.leave();
    web = await webProcessAt(await freePort(), {
      portal: { ...portal.sandbox, dataDir: portal.dataDir },
      databaseUrl: relay.url,
    });
  });
  test.afterAll(async () => {
    await web.stop();
    await relay.close();
  });

  for (const [cut, status] of [
    ['before commit', 'IN_PROGRESS'],
    ['after commit', 'COMPLETED'],
  ] as const) {
    test(`a connection that breaks ${cut} leaves ${status}, a page that claims nothing, and one signature in the end`, async () => {
      const session = await merchant.createsSession();
      const signer = await HttpSigner.opens(session, web.url);
      const offer = await signer.readsOffer();
      relay.cutsNext(cut);
      const form = { agreeContract: 'yes', agreeMethod: 'yes', offer };
      const answer = await fetch(`${web.url}${paths.signAct(session.signingSessionId, 'accept')}`, {
        method: 'POST',
        headers: { Origin: web.url, Cookie: signer.cookie, 'Accept-Language': 'en' },
        body: new URLSearchParams(form),
      });
      expect(answer.status).toBe(503);
      for (const words of patience.en) expect(await answer.clone().text()).toMatch(words);
      expect((await merchant.reads(session.signingSessionId)).status).toBe(status);
      expect((await signer.accepts(offer)).location).toMatch(/\/receipt$/);
      await merchant.waitsForSignature(session);
    });
  }

  test('a database that goes silent is given up after a while, and asked again when it speaks', async () => {
    const session = await merchant.createsSession();
    const signer = await HttpSigner.opens(session, web.url);
    const offer = await signer.readsOffer();
    relay.goesSilent();
    expect((await signer.accepts(offer)).status).toBe(503);
    expect((await fetch(`${web.url}${paths.live()}`)).status).toBe(200);
    relay.passesAgain();
    await expect.poll(() => signer.accepts(offer).then(({ location }) => location)).toMatch(/\/receipt$/);
  });
});

/** SIGKILL to the server and its children; its files are out of reach until the answer is called, so that it stays away until then. */
async function killPostgres(): Promise<() => Promise<void>> {
  const { pid, leave } = await databaseOf(portal.dataDir);
  await leave();
  const files = join((await clusterFolderOf(portal.dataDir)) ?? '', 'data');
  await rename(files, `${files}.away`);
  killAll([pid, ...descendantsOf(pid).map((child) => child.pid)]);
  return () => rename(`${files}.away`, files);
}

type Visit = { Cookie?: string; 'Accept-Language'?: string };

function visit(path: string, headers: Visit = {}, form?: Record<string, string>): Promise<Response> {
  const { portalUrl } = portal.sandbox;
  const post = form && { method: 'POST', body: new URLSearchParams(form) };
  return fetch(`${portalUrl}${path}`, { redirect: 'manual', headers: { Origin: portalUrl, ...headers }, ...post });
}

async function expectPatience(path: string, cookie: string, form?: Record<string, string>): Promise<void> {
  for (const language of ['pt-BR', 'en'] as const) {
    const answer = await visit(path, { Cookie: cookie, 'Accept-Language': language }, form);
    const html = await answer.text();
    const at = `${form ? 'POST' : 'GET'} ${path} in ${language}`;
    expect(answer.status, at).toBe(503);
    expect(Number(answer.headers.get('retry-after')), at).toBeGreaterThan(0);
    expect(answer.headers.get('content-type'), at).toContain('text/html');
    for (const words of patience[language]) expect(html, at).toMatch(words);
  }
}

async function signInStaff(): Promise<string> {
  const answer = await visit(paths.dashboardAct('login'), {}, portal.sandbox.staff);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
