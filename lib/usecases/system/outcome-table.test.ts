import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxLenderRows } from '#lib/domain/sandbox-lender.ts';
import { acceptedSession, deliverToRest, deliveryOf, maria, nextStep } from '#lib/testing/journey.ts';
import { lenderOutcomes, waitingRows } from '#lib/testing/lender-outcomes.ts';
import { submissionsOf } from '#lib/testing/lender-record.ts';
import { openssl } from '#lib/testing/openssl.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { readSession } from '../merchant/read-session.ts';

/** The outcome table of the lender's delivery, row by row, against a lender that writes down every byte. */

let portal: TestPortal;
/** With a client of little patience, for a lender that answers too late or never ends. */
let hasty: TestPortal;
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aceite-outcomes-'));
  portal = await startTestPortal();
  hasty = await startTestPortal({ lenderLimits: { firstByteMs: 300, totalMs: 600 }, stallMs: 60_000 });
});
afterAll(async () => {
  await portal.end();
  await hasty.end();
  rmSync(folder, { recursive: true });
});

async function keptHash(at: TestPortal, sessionId: string): Promise<string> {
  const sql = 'SELECT body_sha256 AS hash FROM deliveries WHERE session_id = $1';
  const [row] = await at.asOwner<{ hash: Buffer }>(sql, [sessionId]);
  return row?.hash.toString('hex') ?? 'none';
}

const hashIn = (bodyBase64: string) => sha256(Buffer.from(bodyBase64, 'base64')).toString('hex');

describe.each(sandboxLenderRows)('the lender that $behaviour', (row) => {
  const { behaviour, endsAs } = row;
  const { way, verdicts, by, attempts = verdicts.length } = lenderOutcomes[behaviour];
  const isSlow = waitingRows.includes(behaviour);

  test(`ends as ${endsAs} after ${verdicts.length} sends of the same bytes`, async () => {
    const at = isSlow ? hasty : portal;
    const identity = 'cpf' in row ? row.cpf : maria.identity;
    const { session } = await acceptedSession(at, { signerDetails: { ...maria, identity } });
    const walked = await deliverToRest(at, session.signingSessionId);
    // A hasty client may also miss the answer to its question on a slow day; it asks again.
    expect(isSlow ? [...new Set(walked)] : walked).toEqual(way);
    expect(way.at(-1)).toBe(endsAs);

    const submissions = await submissionsOf(at, session.debtKey);
    expect(submissions.map(({ verdict }) => verdict)).toEqual(verdicts);
    const kept = await keptHash(at, session.signingSessionId);
    expect(submissions.map(({ bodyBase64 }) => hashIn(bodyBase64))).toEqual(verdicts.map(() => kept));
    expect(verdicts.filter((verdict) => verdict === 'accepted')).toHaveLength(endsAs === 'DELIVERED' ? 1 : 0);

    const read = await readSession(at.ctx, at.merchant, session.signingSessionId);
    if (!read.ok || read.session.status !== 'COMPLETED') throw new Error('the act of the signer stands in any case');
    const { delivery } = read.session;
    expect(delivery).toMatchObject({ status: endsAs, attempts });
    expect(delivery.deliveredAt === null).toBe(endsAs !== 'DELIVERED');
    expect((await deliveryOf(at, session.signingSessionId)).delivered_by).toBe(by);
  });
});

test('a lender of another time gets the same bytes, signed again by its own clock', async () => {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: '10000001252' } });
  await deliverToRest(portal, session.signingSessionId);
  const [first, second] = (await submissionsOf(portal, session.debtKey)).map(({ headers }) => signedAt(headers));
  expect(((second ?? 0) - (first ?? 0)) / 60_000).toBeCloseTo(4, 0);
  // Both calls are kept with their own times and answers, and what the first was told is not left standing.
  const kept = await portal.asOwner(
    `SELECT outcome, reason, http_status, counted, reply_sealed IS NOT NULL AS is_answered, body_sha256 = (
       SELECT body_sha256 FROM deliveries d WHERE d.session_id = a.session_id) AS is_same
     FROM delivery_attempts a WHERE session_id = $1 AND kind = 'submit' ORDER BY started_at, http_status DESC`,
    [session.signingSessionId],
  );
  const both = { counted: true, is_answered: true, is_same: true };
  expect(kept).toEqual([
    {
      outcome: 'paused',
      reason: expect.stringMatching(/^(?:status_401|credential_refused)$/),
      http_status: 401,
      ...both,
    },
    { outcome: 'delivered', reason: 'signature_received', http_status: 200, ...both },
  ]);
  const [row] = await portal.asOwner('SELECT lender_words_sealed FROM deliveries WHERE session_id = $1', [
    session.signingSessionId,
  ]);
  expect(row).toEqual({ lender_words_sealed: null });
});

function signedAt({ authorization }: Record<string, string>): number {
  const claims = Buffer.from(authorization?.split('.')[1] ?? '', 'base64url').toString();
  return Date.parse(JSON.parse(claims).timestamp);
}

test('a lender that closes until a date is asked again after an hour, however far away its date is', async () => {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: '10000001503' } });
  const closed = await nextStep(portal, session.signingSessionId);
  expect(closed.status).toBe('AMBIGUOUS');
  expect(closed.wait_ms).toBeGreaterThan(3_500_000);
  expect(closed.wait_ms).toBeLessThanOrEqual(3_600_000);
  expect(await deliverToRest(portal, session.signingSessionId)).toEqual(['RETRY_WAIT', 'DELIVERED']);
});

test('an unknown debt is looked for again after a minute', async () => {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: '10000001414' } });
  const first = await nextStep(portal, session.signingSessionId);
  expect(first.status).toBe('RETRY_WAIT');
  expect(first.wait_ms).toBeGreaterThan(55_000);
  expect(first.wait_ms).toBeLessThanOrEqual(60_000);
  expect(await deliverToRest(portal, session.signingSessionId)).toEqual(['REJECTED']);
});

describe('what never got through is tried again, and the lender has it once', () => {
  test.each<[string, string, () => Promise<Unreachable>]>([
    ['an unknown host', 'dns_failed', async () => ({ url: 'http://lender.invalid', close: async () => undefined })],
    ['a closed door', 'connection_refused', closedDoor],
    ['a server that speaks no TLS', 'tls_failed', plainServer],
    ['a certificate that nobody knows', 'certificate_invalid', unknownCertificate],
  ])('%s', async (_what, reason, begin) => {
    const unreachable = await begin();
    const { session } = await acceptedSession(portal);
    const astray = { ...portal, ctx: { ...portal.ctx, lender: portal.lenderAt(unreachable.url) } };
    expect(await nextStep(astray, session.signingSessionId)).toMatchObject({ status: 'RETRY_WAIT', reason });
    expect(await submissionsOf(portal, session.debtKey)).toEqual([]);
    expect(await deliverToRest(portal, session.signingSessionId)).toEqual(['DELIVERED']);
    const submissions = await submissionsOf(portal, session.debtKey);
    expect(submissions.map(({ bodyBase64 }) => hashIn(bodyBase64))).toEqual([
      await keptHash(portal, session.signingSessionId),
    ]);
    await unreachable.close();
  });
});

test('a lender that cannot be asked leaves the doubt as it is, and nothing is sent twice', async () => {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: '10000000442' } });
  const id = session.signingSessionId;
  expect((await nextStep(portal, id)).status).toBe('AMBIGUOUS');
  await portal.stopLender();
  expect(await nextStep(portal, id)).toMatchObject({ status: 'AMBIGUOUS', reason: 'connection_refused' });
  await portal.startLender();
  expect(await deliverToRest(portal, id)).toEqual(['DELIVERED']);
  expect((await submissionsOf(portal, session.debtKey)).map(({ verdict }) => verdict)).toEqual(['accepted']);
});

/** An address at which no request gets through. */
type Unreachable = { url: string; close(): Promise<unknown> };

async function listening(server: Server, protocol: string): Promise<Unreachable> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${protocol}://127.0.0.1:${port}`,
    close: () => new Promise((closed) => server.close(closed)),
  };
}

async function closedDoor(): Promise<Unreachable> {
  const { url, close } = await listening(createHttpServer(), 'http');
  await close();
  return { url, close: async () => undefined };
}

function plainServer(): Promise<Unreachable> {
  return listening(
    createServer((socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end('hello\r\n'),
    ),
    'https',
  );
}

function unknownCertificate(): Promise<Unreachable> {
  const subject = ['-subj', '/CN=127.0.0.1', '-keyout', 'key.pem', '-out', 'cert.pem', '-days', '1'];
  openssl(folder, ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...subject]);
  const read = (name: string) => readFileSync(join(folder, name));
  return listening(
    createHttpsServer({ key: read('key.pem'), cert: read('cert.pem') }).on('tlsClientError', () => undefined),
    'https',
  );
}
