import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sealPdf } from '#lib/evidence/certificate/seal-pdf.ts';
import { verifyTimeStamp } from '#lib/evidence/verify/time-stamp/verify.ts';
import { verifyDossier } from '#lib/evidence/verify/verify-dossier.ts';
import { acceptedSession, deliverToRest } from '#lib/testing/journey.ts';
import { type LogKeeper, logKeeper } from '#lib/testing/log-keeper.ts';
import { askPdf, sealStampsIn, wordsOf } from '#lib/testing/pdf-programs.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { needPythonAndOpenSsl, runPythonVerifier } from '#lib/testing/python-verifier.ts';
import { type SandboxStamps, startSandboxStamps } from '#lib/testing/sandbox-stamps.ts';
import { testSeal } from '#lib/testing/test-seal.ts';
import { unzipped } from '#lib/testing/unzipped.ts';
import type { UseCaseContext } from '../context.ts';
import { readDossier } from '../merchant/read-dossier.ts';
import { readEvidence } from '../merchant/read-evidence.ts';
import { runDrill } from '../system/run-drill.ts';
import { stampNext } from '../system/stamp-checkpoints.ts';
import { trustFile } from '../system/trust-file.ts';
import { certificateOf } from './certificate-of.ts';
import { makeCertificates } from './make-certificate.ts';

/** Longer than anything that is tried again in vain has to wait. */
const retryMs = 11 * 60_000;
/** Every look at a dossier asks two verifiers, and the machine may have other work. */
const manyMs = 120_000;
const names = ['first', 'second'];
const folder = mkdtempSync(join(tmpdir(), 'aceite-pending-'));
let portal: TestPortal;
let stamps: SandboxStamps;
let log: LogKeeper;
let ctx: UseCaseContext;
beforeAll(async () => {
  needPythonAndOpenSsl();
  const [seal, started] = await Promise.all([testSeal(), startTestPortal()]);
  portal = started;
  stamps = await startSandboxStamps([...names, 'of-seals'], portal.now);
  const [first, second, ofSeals] = stamps.authorities;
  if (!first || !second || !ofSeals) throw new Error('an authority is missing');
  const stamp = async (digest: Uint8Array) => {
    const stamped = await ofSeals.stamp(digest);
    return stamped.ok ? stamped.response : undefined;
  };
  ctx = {
    ...portal.ctx,
    timeStampAuthorities: [first, second],
    timeStampRoots: stamps.roots.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [],
    sealPdf: (pdf, about) => sealPdf(pdf, seal, { ...about, stamp }),
  };
  log = logKeeper({ ...portal, ctx });
});
beforeEach(async () => {
  for (const name of [...names, 'of-seals']) await stamps.turn(name, 'back');
});
afterAll(async () => {
  await stamps.end();
  await portal.end();
  rmSync(folder, { recursive: true, force: true });
});

async function deliveredSession(): Promise<string> {
  const { session } = await acceptedSession(portal);
  await deliverToRest(portal, session.signingSessionId);
  return session.signingSessionId;
}

/** Whatever was tried in vain is tried again. */
async function publishAgain(): Promise<void> {
  await portal.advanceClock(retryMs);
  await log.publish();
}

async function certificate(sessionId: string) {
  const place = { workspaceId: portal.merchant.workspaceId, sessionId };
  const made = await certificateOf(ctx, place, 'court');
  if (!made) throw new Error('there is no certificate');
  return { ...made, words: wordsOf(made.bytes) };
}

async function integrityOf(sessionId: string): Promise<Record<string, unknown>> {
  const read = await readEvidence(ctx, portal.merchant, sessionId);
  if (!read.ok) throw new Error(read.code);
  return read.evidence.integrity;
}

/** The dossier's state, what both verifiers make of it, and the words of the certificate in it. */
async function dossier(sessionId: string) {
  const read = await readDossier(ctx, portal.merchant, sessionId);
  if (!read.ok) throw new Error(read.code);
  const trust = Buffer.from(JSON.stringify(await trustFile(ctx)));
  const { verdict } = await verifyDossier({ dossier: read.bytes, trust, verifyTimeStamp });
  const [path, trustPath] = [join(folder, 'dossier.zip'), join(folder, 'trust.json')];
  writeFileSync(path, read.bytes);
  writeFileSync(trustPath, trust);
  const { out } = runPythonVerifier([path, '--trust', trustPath]);
  const second = /^([A-Z_]+) \(exit code/m.exec(out)?.[1] ?? out;
  const inside = unzipped(Buffer.from(read.bytes)).get('certificate.pdf') ?? Buffer.alloc(0);
  return { state: read.state, verdicts: [verdict, second], words: wordsOf(inside) };
}

test(
  'while authorities are away, certificate, evidence and dossier show the checkpoint and name whose stamp is pending',
  async () => {
    for (const name of names) await stamps.turn(name, 'away');
    const id = await deliveredSession();
    await log.publish();
    const notes = { both: 'Carimbo do tempo pendente: first, second.', one: 'Carimbo do tempo pendente: second.' };
    const bare = await certificate(id);
    expect(bare.state).toBe('interim');
    for (const told of [notes.both, 'PROVISÓRIO', '127.0.0.1:3000/log', 'pendente: first', 'pendente: second'])
      expect(bare.words).toContain(told);
    expect(bare.words).not.toContain('ainda não está sob um ponto de controle');
    const waiting = { value: ['first', 'second'], source: 'server' };
    expect(await integrityOf(id)).toMatchObject({ log: { source: 'server' }, timeStampsPending: waiting });
    const early = await dossier(id);
    expect(early).toMatchObject({ state: 'interim', verdicts: ['VALID_INTERIM', 'VALID_INTERIM'] });
    expect(early.words).toContain(notes.both);
    expect(await runDrill(ctx)).toMatchObject({ failed: [] });

    await stamps.turn('first', 'back');
    await publishAgain();
    const half = await certificate(id);
    for (const told of [notes.one, 'first: ']) expect(half.words).toContain(told);
    expect(await integrityOf(id)).toMatchObject({ timeStampsPending: { value: ['second'], source: 'server' } });
    expect(await dossier(id)).toMatchObject({ state: 'interim', verdicts: ['VALID_INTERIM', 'VALID_INTERIM'] });

    await stamps.turn('second', 'back');
    await publishAgain();
    const whole = await certificate(id);
    expect(whole.state).toBe('final');
    expect(whole.words).not.toMatch(/pendente: (?:first|second)/);
    const nobody = { status: 'not_captured', reason: 'none_pending' };
    expect(await integrityOf(id)).toMatchObject({ timeStampsPending: nobody });
    expect(await dossier(id)).toMatchObject({ state: 'final', verdicts: ['VALID', 'VALID'] });
  },
  manyMs,
);

test('the stamp of one authority is shown also when it stands under a later checkpoint than the first', async () => {
  for (const name of names) await stamps.turn(name, 'away');
  const id = await deliveredSession();
  await log.publish();
  await deliveredSession();
  await log.publish();
  await stamps.turn('second', 'back');
  await portal.advanceClock(retryMs);
  const [, second] = ctx.timeStampAuthorities;
  // The newest first, and the older one not at all.
  expect(second && (await stampNext(ctx, second))).toBe(true);
  expect(await integrityOf(id)).toMatchObject({
    timeStamps: { value: [{ authority: 'second' }] },
    timeStampsPending: { value: ['first'] },
  });
});

test(
  'a certificate whose seal could not be stamped is not kept, and is made once the authority is back',
  async () => {
    await stamps.turn('of-seals', 'away');
    const id = await deliveredSession();
    await publishAgain();
    const kept = () => portal.asOwner('SELECT FROM certificates WHERE session_id = $1', [id]);
    const queued = () => portal.asOwner('SELECT FROM certificate_queue WHERE session_id = $1', [id]);
    const early = await certificate(id);
    expect(early.state).toBe('interim');
    expect(early.words).toContain('a versão definitiva deste documento ainda está sendo feita');
    expect(await Promise.all([kept(), queued()])).toMatchObject([{ length: 0 }, { length: 1 }]);
    expect(await dossier(id)).toMatchObject({ state: 'interim', verdicts: ['VALID_INTERIM', 'VALID_INTERIM'] });

    await stamps.turn('of-seals', 'back');
    await portal.advanceClock(retryMs);
    expect(await makeCertificates(ctx)).toBeGreaterThan(0);
    expect(await Promise.all([kept(), queued()])).toMatchObject([{ length: 1 }, { length: 0 }]);
    const late = await certificate(id);
    expect(late.state).toBe('final');
    expect(sealStampsIn(late.bytes)).toBe(1);
    expect(askPdf(late.bytes, 'pdfsig').said).toMatch(/Signature is Valid/);
    expect((await dossier(id)).verdicts).toEqual(['VALID', 'VALID']);
  },
  manyMs,
);
