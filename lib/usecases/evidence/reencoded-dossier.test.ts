import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyTimeStamp } from '#lib/evidence/verify/time-stamp/verify.ts';
import { verifyDossier } from '#lib/evidence/verify/verify-dossier.ts';
import { acceptedSession, deliverToRest, maria } from '#lib/testing/journey.ts';
import { submissionsOf } from '#lib/testing/lender-record.ts';
import { type LogKeeper, logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { needPythonAndOpenSsl, runPythonVerifier } from '#lib/testing/python-verifier.ts';
import { reencode, staffMember } from '#lib/testing/reencodes.ts';
import { unzipped } from '#lib/testing/unzipped.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import { readDossier } from '../merchant/read-dossier.ts';
import { decideReencode } from '../staff/reencode-delivery.ts';
import { trustFile } from '../system/trust-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'aceite-reencoded-'));
let portal: TestPortal;
let log: LogKeeper;
beforeAll(async () => {
  needPythonAndOpenSsl();
  portal = await startTestPortal();
  log = logKeeper(portal);
});
afterAll(async () => {
  await portal.end();
  rmSync(folder, { recursive: true, force: true });
});

/** The dossier that the portal hands out now, with what each verifier says of it. */
async function judged(sessionId: string) {
  const dossier = await readDossier(portal.ctx, portal.merchant, sessionId);
  if (!dossier.ok) throw new Error(dossier.code);
  const trust = Buffer.from(JSON.stringify(await trustFile(portal.ctx)));
  const { verdict, checks } = await verifyDossier({ dossier: dossier.bytes, trust, verifyTimeStamp });
  const [path, trustPath] = [join(folder, 'dossier.zip'), join(folder, 'trust.json')];
  writeFileSync(path, dossier.bytes);
  writeFileSync(trustPath, trust);
  const { out } = runPythonVerifier([path, '--trust', trustPath]);
  const details = checks.flatMap(({ detail }) => detail ?? []);
  const python = /^([A-Z_]+) \(exit code/m.exec(out)?.[1] ?? out;
  return { state: dossier.state, verdicts: [verdict, python], details, files: unzipped(Buffer.from(dossier.bytes)) };
}

test('a session whose body went out in another spelling holds together at each step, for both verifiers', async () => {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: '10000004278' } });
  const { signingSessionId: id, debtKey } = session;
  await deliverToRest(portal, id);
  await log.publish();
  const refused = await judged(id);
  expect(refused).toMatchObject({ state: 'final', verdicts: ['VALID', 'VALID'], details: [] });
  expect(refused.files.has('lender/request-2.json')).toBe(false);

  const reencodeId = await reencode(portal, id, { type: 'data-signature' }, 'left open');
  expect((await judged(id)).files).toEqual(refused.files);
  await decideAsOther(id, reencodeId);
  expect(await judged(id)).toMatchObject({ state: 'interim', details: [] });
  await deliverToRest(portal, id);
  await log.publish();
  const { files, ...final } = await judged(id);
  expect(final).toEqual({ state: 'final', verdicts: ['VALID', 'VALID'], details: [] });

  const received = (await submissionsOf(portal, debtKey)).map(({ bodyBase64 }) => Buffer.from(bodyBase64, 'base64'));
  expect([files.get('lender/request.json'), files.get('lender/request-2.json')]).toEqual(received);
  const { delivery } = JSON.parse(files.get('evidence.json')?.toString() ?? '{}');
  const hashes = received.map((body) => sha256(body).toString('hex'));
  expect(delivery.bodySha256.value).toBe(hashes[1]);
  expect(delivery.attempts.value.map(({ bodySha256 }: { bodySha256: string }) => bodySha256)).toEqual(hashes);
});

async function decideAsOther(sessionId: string, reencodeId: string): Promise<void> {
  const staff = await staffMember(portal, 'approver', 'admin');
  const decided = await decideReencode(portal.ctx, staff, { sessionId, reencodeId, decision: 'approved' }, 'Conferido');
  if (!decided.ok) throw new Error(decided.code);
}

test("a session whose call was signed again, by the lender's clock, shows both calls, and holds together for both verifiers", async () => {
  const { session } = await acceptedSession(portal, { signerDetails: { ...maria, identity: '10000001252' } });
  const { signingSessionId: id } = session;
  await deliverToRest(portal, id);
  await log.publish();
  const whole = await judged(id);
  expect(whole).toMatchObject({ state: 'final', verdicts: ['VALID', 'VALID'], details: [] });
  expect([...whole.files.keys()].filter((name) => name.startsWith('lender/attempts/'))).toHaveLength(2);
});
