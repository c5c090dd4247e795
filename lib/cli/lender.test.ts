import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createQitechLender } from '#lib/providers/qitech/client.ts';
import { sandboxClientKeys } from '#lib/providers/qitech/sandbox-client-keys.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const started: ChildProcess[] = [];
let dataDir = '';

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'aceite-lender-cli-'));
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true });
});

test('what the lender acknowledged outlives kill -9, and SIGTERM ends it with 0', async () => {
  const first = await startLender();
  const debtKeys = Array.from({ length: 8 }, (_, index) => `debt-${index}`);
  // The kill comes with the first answer, while the other signatures are somewhere on their way.
  const sends = debtKeys.map((debtKey) => submit(first.url, debtKey));
  await Promise.race(sends);
  first.child.kill('SIGKILL');
  const outcomes = await Promise.all(sends);
  const second = await startLender();
  const lender = await lenderAt(second.url);
  for (const [index, outcome] of outcomes.entries()) {
    const debt = await lender.query(debtKeys[index] ?? '');
    if (outcome.class === 'delivered') expect(debt, debtKeys[index]).toMatchObject({ class: 'signed' });
    expect(['signed', 'waiting_signature']).toContain(debt.class);
  }
  second.child.kill('SIGTERM');
  expect(await once(second.child, 'exit')).toEqual([0, null]);
});

test('without the sandbox mode, with a taken port or a strange one it says what to do', async () => {
  const { child, url } = await startLender();
  const { port } = new URL(url);
  expect(await complaintOf(['--port', port])).toMatch(new RegExp(`Port ${port} is taken. Set LENDER_PORT`));
  expect(await complaintOf(['--port', 'x'])).toMatch(/--port x is not a port/);
  expect(await complaintOf([], { ACEITE_MODE: 'production' })).toMatch(/is missing/);
  child.kill('SIGTERM');
  await once(child, 'exit');
});

async function submit(baseUrl: string, debtKey: string) {
  const lender = await lenderAt(baseUrl);
  const bytes = lender.encode({
    signingSessionId: '3f1d2c4b-5a69-4788-9a0b-1c2d3e4f5a6b',
    debtKey,
    contractText: 'Cédula',
    acceptedAt: new Date('2026-01-01T00:00:00Z'),
    clientIp: '192.0.2.1',
    signer: { name: 'Ana Souza', email: 'ana@example.com', document: '11144477735', phone: '+5511987654321' },
  });
  return await lender.submit(debtKey, bytes);
}

async function lenderAt(baseUrl: string) {
  const keys = await sandboxClientKeys({ dataDir });
  return createQitechLender({
    baseUrl,
    apiClientKey: keys.apiClientKey,
    privateKeyPem: await readFile(keys.privateKeyFile, 'utf8'),
    authScheme: 'signed-header',
    signatureType: 'data_signature',
    emptyPayload: '{}',
    timestampZone: 'UTC',
    clock: () => new Date(),
  });
}

async function startLender(): Promise<{ child: ChildProcess; url: string }> {
  const child = run(['--port', '0']);
  if (!child.stdout) throw new Error('The lender has no output to read.');
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\S+/.exec(line)?.[0];
    if (url) return { child, url };
  }
  throw new Error('The lender ended before it said where it listens.');
}

async function complaintOf(args: string[], env: Record<string, string> = {}): Promise<string> {
  const child = run(args, env);
  const chunks = (await child.stderr?.toArray()) ?? [];
  return chunks.join('');
}

function run(args: string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [main, 'lender', ...args], {
    env: { NODE_ENV: 'test', PATH: '/usr/bin:/bin', ACEITE_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}
