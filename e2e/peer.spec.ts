import { request } from '@playwright/test';
import { paths } from '#lib/paths.ts';
import type { EvidenceView } from '#lib/schema/evidence.ts';
import { sendRaw } from '#lib/testing/raw-request.ts';
import { databaseOf, endPortal, freePort, startPortal } from '#lib/testing/running-portal.ts';
import { webProcessAt } from '#lib/testing/second-web.ts';
import { HttpSigner } from './http-signer.ts';
import { Merchant } from './merchant.ts';
import { expect, test } from './people.ts';
import type { PortalInfo } from './portal-info.ts';

/** What somebody sends who wants the evidence to name another computer. */
const forged = {
  'X-Forwarded-For': '8.8.8.8',
  Forwarded: 'for="8.8.8.8:4711"',
  'X-Real-IP': '8.8.8.8',
  'X-Client-IP': '8.8.8.8',
  'CF-Connecting-IP': '8.8.8.8',
  'True-Client-IP': '8.8.8.8',
  'X-Forwarded-Port': '4711',
  'X-Client-Port': '4711',
};

type Caller = { portal: Pick<PortalInfo, 'apiUrl' | 'apiKey'>; merchant: Merchant; url: string };

/** A session that was created and signed by raw requests with these headers, each on a connection of its own. */
async function signedWith({ portal, merchant, url }: Caller, headers: Record<string, string>) {
  const api = new URL(portal.apiUrl).pathname;
  const created = await sendRaw(url, `${api}/signing`, {
    method: 'POST',
    headers: { 'X-API-Key': portal.apiKey, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(merchant.body()),
  });
  expect(created.status, created.body).toBe(201);
  const session = JSON.parse(created.body);
  const signer = await HttpSigner.opens(session, url);
  const offer = await signer.readsOffer();
  const accepted = await sendRaw(url, paths.signAct(session.signingSessionId, 'accept'), {
    method: 'POST',
    headers: {
      Origin: url,
      Cookie: signer.cookie,
      'Content-Type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: new URLSearchParams({ agreeContract: 'yes', agreeMethod: 'yes', offer }).toString(),
  });
  const evidence: EvidenceView = await (
    await merchant.api.get(`${portal.apiUrl}/signing/${session.signingSessionId}/evidence`)
  ).json();
  const networkOf = (type: string) => evidence.events.find((event) => event.type === type)?.data;
  return {
    created,
    accepted,
    network: evidence.network,
    createdBy: networkOf('created'),
    acceptedBy: networkOf('accepted'),
  };
}

async function namesTheRealPeer(caller: Caller): Promise<void> {
  const { created, accepted, network, createdBy, acceptedBy } = await signedWith(caller, forged);
  expect([accepted.status, accepted.headers.location]).toEqual([303, expect.stringMatching(/\/receipt$/)]);
  expect(network).toMatchObject({
    ip: { value: '127.0.0.1', source: 'server' },
    sourcePort: { value: accepted.localPort, source: 'server' },
    ipTrust: { value: 'direct', source: 'server' },
  });
  expect(acceptedBy).toMatchObject({ ip: '127.0.0.1', sourcePort: accepted.localPort });
  expect(createdBy).toMatchObject({ ip: '127.0.0.1', sourcePort: created.localPort });
}

test.describe('forged headers and no trusted proxy: the evidence names the real peer and its port', () => {
  test('in the portal as npm start runs it', async ({ portal, merchant }) => {
    await namesTheRealPeer({ portal, merchant, url: portal.portalUrl });
  });

  test('in a portal with hot reload, as npm run dev runs it', async () => {
    test.setTimeout(300_000);
    const hot = await startPortal({ command: 'dev' });
    const api = await request.newContext({ extraHTTPHeaders: { 'X-API-Key': hot.sandbox.apiKey } });
    try {
      const merchant = new Merchant({ ...hot.sandbox, dataDir: hot.dataDir }, api);
      await namesTheRealPeer({ portal: hot.sandbox, merchant, url: hot.sandbox.portalUrl });
    } finally {
      await api.dispose();
      await endPortal(hot);
    }
  });
});

test.describe('a web process by itself', () => {
  // Each needs a process with settings of its own; they share nothing but the database.
  async function atWebWith(
    { portal, settings }: { portal: PortalInfo; settings: Record<string, string> },
    work: (url: string) => Promise<void>,
  ): Promise<void> {
    const database = await databaseOf(portal.dataDir);
    const web = await webProcessAt(await freePort(), { portal, databaseUrl: database.url, settings });
    try {
      await work(web.url);
    } finally {
      await web.stop();
      await database.leave();
    }
  }

  test('without a trusted proxy names the real peer, whatever the headers say', async ({ portal, merchant }) => {
    await atWebWith({ portal, settings: {} }, (url) => namesTheRealPeer({ portal, merchant, url }));
  });

  test('behind a trusted proxy believes the last address that no trusted proxy has', async ({ portal, merchant }) => {
    const settings = { TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8', CLIENT_PORT_HEADER: 'X-Client-Port' };
    await atWebWith({ portal, settings }, async (url) => {
      const chain = { 'X-Forwarded-For': '8.8.8.8, 200.160.2.3, 10.1.2.3', 'X-Client-Port': '51344' };
      const { accepted, network } = await signedWith({ portal, merchant, url }, chain);
      expect(accepted.headers.location).toMatch(/\/receipt$/);
      expect(network).toMatchObject({
        ip: { value: '200.160.2.3' },
        sourcePort: { value: 51_344 },
        ipTrust: { value: 'trusted_proxy' },
      });
      const v6 = await signedWith({ portal, merchant, url }, { Forwarded: 'for="[2001:12ff::1]:40001"' });
      expect(v6.network).toMatchObject({ ip: { value: '2001:12ff::1' }, sourcePort: { value: 40_001 } });
    });
  });
});
