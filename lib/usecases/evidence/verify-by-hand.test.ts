import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { acceptedSession, createdSession, deliverToRest, openedBy } from '#lib/testing/journey.ts';
import { type LogKeeper, logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { type SandboxStamps, startSandboxStamps } from '#lib/testing/sandbox-stamps.ts';
import { type Files, unzipped } from '#lib/testing/unzipped.ts';
import { readDossier } from '../merchant/read-dossier.ts';
import { declineContract } from '../signer/decline-contract.ts';
import { trustFile } from '../system/trust-file.ts';

let portal: TestPortal;
let log: LogKeeper;
let stamps: SandboxStamps;
let trust: string;
beforeAll(async () => {
  [portal, stamps] = await Promise.all([startTestPortal(), startSandboxStamps(['first', 'second'])]);
  portal.ctx.timeStampAuthorities = stamps.authorities;
  log = logKeeper(portal);
});
afterAll(() => Promise.all([portal.end(), stamps.end()]));

async function filesOf(sessionId: string): Promise<Files> {
  await log.publish();
  trust = JSON.stringify(await trustFile({ ...portal.ctx, timeStampRoots: [stamps.roots] }), null, 2);
  const dossier = await readDossier(portal.ctx, portal.merchant, sessionId);
  if (!dossier.ok) throw new Error(dossier.code);
  return unzipped(Buffer.from(dossier.bytes));
}

function unpacked(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'aceite-by-hand-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  writeFileSync(join(folder, 'trust.json'), trust);
  return folder;
}

/** The commands of VERIFY.md under its headings, run as they stand, with the keys that the first of them read from the trust file. */
function walk(folder: string): Record<string, string> {
  const guide = readFileSync(join(folder, 'VERIFY.md'), 'utf8');
  const sections = [...guide.matchAll(/^## \d+\. .*· (.*)$[\s\S]*?^```sh\n([\s\S]*?)^```$/gm)];
  const keys = `{ ${sections[0]?.[2]}} > first-step`;
  return Object.fromEntries(
    sections.map(([, heading, commands]) => [heading, run(folder, `${keys}\n${String(commands)}`)]),
  );
}

function run(folder: string, commands: string): string {
  try {
    return execFileSync('sh', ['-c', commands], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return `FAILED ${String((error as { stderr?: string }).stderr)}${String((error as { stdout?: string }).stdout)}`;
  }
}

const keyIn = (verifierKey: string): string => verifierKey.split('+').slice(2).join('+');

/** Lines that end with the value that they should show. */
const expectations = (folder: string): string[] =>
  [...readFileSync(join(folder, 'VERIFY.md'), 'utf8').matchAll(/ # (\S+)$/gm)].map(([, value]) => String(value));

test('the commands of VERIFY.md prove a signed session with sha256sum and openssl alone', async () => {
  const { session } = await acceptedSession(portal);
  await deliverToRest(portal, session.signingSessionId);
  const files = await filesOf(session.signingSessionId);
  const folder = unpacked(files);
  const said = walk(folder);
  expect(said['The keys']).toBe(`SEAL_KEY ${JSON.parse(trust).seal[0]} LOG_KEY ${keyIn(log.verifierKey)}\n`);
  expect(
    said['The files']
      ?.trim()
      .split('\n')
      .every((line) => line.endsWith(': OK')),
  ).toBe(true);
  expect(said['The files']?.trim().split('\n')).toHaveLength(files.size - 3);
  expect(said['The seal of the installation']).toMatch(/Signature Verified Successfully\n1\n$/);
  expect(said['The receipt']).toMatch(/Signature Verified Successfully/);
  for (const value of expectations(folder)) expect(said['The act']).toContain(value);
  expect(expectations(folder).length).toBeGreaterThanOrEqual(3);
  expect(said['The public log']).toBe('OK\n');
  expect(String(files.get('VERIFY.md'))).toMatch(/contados a partir de 0\.[\s\S]*counted from 0\./);
  expect(said['The signature of the log']).toMatch(/Signature Verified Successfully/);
  expect(said['The time, from strangers']?.match(/Time stamp: /g)).toHaveLength(2);
});

test('they show a changed word of the contract, of the act and of the checkpoint', async () => {
  const { signingSessionId, token } = await createdSession(portal);
  await declineContract(portal.ctx, await openedBy(portal.ctx, token), { reason: "Don't 100% \\want it" });
  const files = await filesOf(signingSessionId);
  const folder = unpacked(files);
  expect(walk(folder)['The public log']).toBe('OK\n');
  writeFileSync(join(folder, 'contract.txt'), `${files.get('contract.txt')} `);
  expect(walk(folder)['The files']).toMatch(/FAILED.*contract.txt/s);
  writeFileSync(join(folder, 'VERIFY.md'), String(files.get('VERIFY.md')).replace("Don'\\''t", 'Do'));
  expect(walk(folder)['The public log']).toMatch(/FAILED/);
  expect(walk(folder)['The seal of the installation']).not.toMatch(/\n1\n$/);
  writeFileSync(join(folder, 'proofs/checkpoint'), String(files.get('proofs/checkpoint')).replace('/log\n', '/lag\n'));
  expect(walk(folder)['The signature of the log']).toMatch(/FAILED/);
  expect(walk(folder)['The time, from strangers']).toMatch(/FAILED/);
});
