import { expect } from '@playwright/test';
import type { CopyLanguage } from '#lib/copy/language.ts';
import { paths } from '#lib/paths.ts';
import { commandAt } from '#lib/testing/portal-command.ts';
import { HttpSigner } from './http-signer.ts';
import type { Merchant, OpenSession } from './merchant.ts';
import { mariaOnFile } from './signer.ts';

/** Whoever brings pages into their states: a shop, staff who are signed in, and sessions whose time had run out before. */
export type World = {
  merchant: Merchant;
  language: CopyLanguage;
  staffCookie: string;
  viewerCookie: string;
  past: { lapsed: OpenSession; signed: OpenSession };
};

/** Where a browser has to go, with which cookie, to see the page in that state. */
type Place = {
  path: string;
  cookie?: string;
  status?: number;
  /** What the page is written in, where that is not what its reader asks for. */
  language?: CopyLanguage;
};
type Reach = (world: World) => Place | Promise<Place>;

const signing = async ({ merchant, language }: World, changes = {}) =>
  HttpSigner.opens(await merchant.createsSession({ language, returnUrl: 'https://loja.example/volta', ...changes }));

const at = (signer: HttpSigner, page: 'read' | 'details' | 'review' | 'receipt', status = 200): Place => ({
  path: paths.sign(signer.sessionId, page),
  cookie: signer.cookie,
  status,
});

const staffAt =
  (path: string, status = 200): Reach =>
  ({ staffCookie }) => ({ path, cookie: staffCookie, status });

/** A session that ended in that status without a signature. */
const ended: Record<'FAILED' | 'EXPIRED' | 'CANCELLED', (world: World) => Promise<HttpSigner>> = {
  FAILED: async (world) => {
    const signer = await signing(world);
    await signer.posts('decline', { reason: 'Não pedi' });
    return signer;
  },
  EXPIRED: ({ past }) => HttpSigner.opens(past.lapsed),
  CANCELLED: async (world) => {
    const signer = await signing(world);
    await world.merchant.cancels(signer.sessionId, 'Pedido refeito');
    return signer;
  },
};

async function signed(world: World): Promise<HttpSigner> {
  const signer = await signing(world, { signerDetails: mariaOnFile });
  await signer.accepts(await signer.readsOffer());
  return signer;
}

/** Signed, and both things said against it afterwards by whoever signed. */
async function objected(world: World): Promise<HttpSigner> {
  const signer = await signed(world);
  await signer.posts('withdraw', { reason: 'Mudei de ideia' });
  await signer.posts('dispute', {});
  return signer;
}

const staffSees =
  (bring: (world: World) => Promise<HttpSigner>, who: 'staffCookie' | 'viewerCookie' = 'staffCookie'): Reach =>
  async (world) => ({ path: paths.dashboardSession((await bring(world)).sessionId), cookie: world[who] });

async function staffCertificate(world: World, version: 'shared' | 'court') {
  const path = paths.dashboardCertificate((await signed(world)).sessionId, version);
  return { path, cookie: world.staffCookie, status: 403 };
}

/** A call with wrong fields, once it is kept: nobody who calls waits for that. */
async function refusedRequest({ merchant, staffCookie }: World): Promise<Place> {
  const path = paths.dashboardRequest(await merchant.isRefused({ orderId: '', signerDetails: { identity: '1' } }));
  const read = () => fetch(`${merchant.portal.portalUrl}${path}`, { headers: { Cookie: staffCookie } });
  await expect.poll(async () => (await read()).status).toBe(200);
  return { path, cookie: staffCookie };
}

const begun = async (world: World) => {
  const signer = await signing(world);
  await signer.posts('begin', {});
  return signer;
};

/** Switched off at once, so that nothing of the other tests is sent there. */
async function disabledWebhook({ merchant: { portal } }: World): Promise<string> {
  const command = (...args: string[]) => commandAt(portal.dataDir, 'webhook', ...args);
  const made = await command('create', '--url', 'http://127.0.0.1:9/', '--workspace', 'Loja Exemplo');
  const id = String(made.endpointId);
  await command('test', id);
  await command('disable', id);
  return id;
}

/** The file that makes each page, and every state in which people meet it. Those of the journey are named as its table names them. */
export const pageStates: Record<string, Record<string, Reach>> = {
  'app/page.tsx': { 'the front': () => ({ path: '/' }) },
  'app/not-found.tsx': { 'an unknown address': () => ({ path: '/nada-aqui', status: 404 }) },
  'app/return/page.tsx': Object.fromEntries(
    ['COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED', 'unknown'].map((status) => [
      `after ${status}`,
      () => ({ path: `${paths.landing()}?status=${status}&signingSessionId=${crypto.randomUUID()}` }),
    ]),
  ),
  'app/verify/page.tsx': { 'before a file is chosen': () => ({ path: paths.verify() }) },
  'app/verify/[code]/page.tsx': {
    'a code that was given': async (world) => {
      const session = await world.merchant.reads((await signed(world)).sessionId);
      if (session.status !== 'COMPLETED') throw new Error('what was signed is not COMPLETED');
      return { path: paths.verify(session.receiptCode) };
    },
    'a code that nobody was given': () => ({ path: paths.verify('2222-2222-2222'), status: 404 }),
  },
  'app/sign/[id]/certificate/page.tsx': {
    'for the browser that signed': async (world) => {
      const { sessionId, cookie } = await signed(world);
      return { path: paths.signCertificate(sessionId), cookie };
    },
    'for anybody else': async (world) => ({
      path: paths.signCertificate((await signed(world)).sessionId),
      status: 401,
    }),
  },
  'app/docs/page.tsx': { 'the reference': () => ({ path: paths.docs(), language: 'en' }) },
  // One guide stands for the layout of all; it has a table, tabs and what is closed at first.
  'app/docs/guide/[topic]/page.tsx': { 'a guide': () => ({ path: paths.docsGuide('webhooks'), language: 'en' }) },
  'app/docs/changelog/page.tsx': { 'the changelog': () => ({ path: paths.docsChangelog(), language: 'en' }) },
  'app/docs/errors/[code]/page.tsx': {
    'an error': () => ({ path: paths.docsError('session_already_open') }),
    'an unknown error': () => ({ path: paths.docsError('nothing'), status: 404 }),
  },
  'app/sign/[id]/page.tsx': {
    'PENDING read': async (world) => at(await signing(world), 'read'),
    'IN_PROGRESS read': async (world) => at(await begun(world), 'read'),
    'FAILED closed': async (world) => at(await ended.FAILED(world), 'read', 410),
    'EXPIRED closed': async (world) => at(await ended.EXPIRED(world), 'read', 410),
    'CANCELLED closed': async (world) => at(await ended.CANCELLED(world), 'read', 410),
    'without a cookie': () => ({ path: paths.sign(crypto.randomUUID()), status: 401 }),
    'an unknown link': () => ({ path: paths.link('A'.repeat(43)), status: 404 }),
  },
  'app/sign/[id]/details/page.tsx': {
    'IN_PROGRESS details': async (world) => at(await begun(world), 'details'),
    'some details fixed by the shop': async (world) => {
      const { email: _, ...known } = mariaOnFile;
      const signer = await signing(world, { signerDetails: known });
      await signer.posts('begin', {});
      return at(signer, 'details');
    },
    'every detail wrong': async (world) => {
      const signer = await begun(world);
      await signer.posts('details', { name: '1', email: 'x', identity: '111', phone: '11' });
      return at(signer, 'details');
    },
  },
  'app/sign/[id]/review/page.tsx': {
    'IN_PROGRESS review': async (world) => {
      const signer = await signing(world);
      await signer.readsOffer();
      return at(signer, 'review');
    },
    'no box ticked': async (world) => {
      const signer = await signing(world);
      await signer.posts('accept', { offer: await signer.readsOffer() });
      return at(signer, 'review');
    },
    'an offer that is no longer good': async (world) => {
      const signer = await signing(world);
      await signer.readsOffer();
      await signer.accepts('old');
      return at(signer, 'review');
    },
  },
  'app/sign/[id]/receipt/page.tsx': {
    'COMPLETED receipt': async (world) => at(await signed(world), 'receipt'),
    'withdrawn from and disputed': async (world) => at(await objected(world), 'receipt'),
    'of somebody else with the link': async ({ merchant, language }) => {
      const session = await merchant.createsSession({ language, signerDetails: mariaOnFile });
      await HttpSigner.signs(session);
      return at(await HttpSigner.opens(session), 'receipt');
    },
    'thirty days later': async ({ past }) => at(await HttpSigner.opens(past.signed), 'receipt'),
  },
  'app/dashboard/page.tsx': { 'leads to the list': staffAt(paths.dashboard()) },
  'app/dashboard/login/page.tsx': {
    empty: () => ({ path: paths.dashboardLogin() }),
    refused: () => ({ path: `${paths.dashboardLogin()}?problem=credentials_wrong` }),
  },
  'app/dashboard/sessions/page.tsx': {
    'the newest': staffAt(paths.dashboardSessions()),
    'one status': staffAt(`${paths.dashboardSessions()}?status=CANCELLED`),
    'nothing found': staffAt(`${paths.dashboardSessions()}?q=nada`),
  },
  'app/dashboard/sessions/[id]/page.tsx': {
    PENDING: staffSees((world) => signing(world)),
    IN_PROGRESS: staffSees(begun),
    COMPLETED: staffSees(signed),
    'withdrawn from and disputed': staffSees(objected),
    'disputed, for a viewer': staffSees(objected, 'viewerCookie'),
    FAILED: staffSees(ended.FAILED),
    EXPIRED: staffSees(ended.EXPIRED),
    CANCELLED: staffSees(ended.CANCELLED),
    'a viewer': staffSees(signed, 'viewerCookie'),
    'cancel refused': async (world) => {
      const { sessionId } = await signing(world);
      return { path: `${paths.dashboardSession(sessionId)}?problem=reason_missing`, cookie: world.staffCookie };
    },
    unknown: staffAt(paths.dashboardSession(crypto.randomUUID()), 404),
  },
  'app/dashboard/sessions/[id]/calls/page.tsx': {
    'the calls, before a reason': async (world) => ({
      path: paths.dashboardCalls((await signed(world)).sessionId),
      cookie: world.staffCookie,
    }),
  },
  'app/dashboard/keys/page.tsx': {
    'the keys': staffAt(paths.dashboardKeys()),
    'a refused key': staffAt(`${paths.dashboardKeys()}?problem=rotation_running`),
  },
  'app/dashboard/requests/page.tsx': { 'the newest requests': staffAt(paths.dashboardRequests()) },
  'app/dashboard/requests/[id]/page.tsx': { 'a refused request': refusedRequest },
  'app/dashboard/sessions/[id]/certificate/page.tsx': {
    'for sharing': async (world) => ({ ...(await staffCertificate(world, 'shared')), status: 200 }),
    'for court, before a reason': (world) => staffCertificate(world, 'court'),
    unknown: staffAt(paths.dashboardCertificate(crypto.randomUUID(), 'shared'), 404),
  },
  'app/dashboard/webhooks/page.tsx': {
    'the endpoints': staffAt(paths.dashboardWebhooks()),
    'a refused address': staffAt(`${paths.dashboardWebhooks()}?problem=webhook_url_private`),
    'webhooks, for a viewer': ({ viewerCookie }) => ({
      path: paths.dashboardWebhooks(),
      cookie: viewerCookie,
      status: 403,
    }),
  },
  'app/dashboard/webhooks/[id]/page.tsx': {
    'switched off, with a message': async (world) => ({
      path: paths.dashboardWebhook(await disabledWebhook(world)),
      cookie: world.staffCookie,
    }),
    'no such webhook': staffAt(paths.dashboardWebhook(crypto.randomUUID()), 404),
  },
};
