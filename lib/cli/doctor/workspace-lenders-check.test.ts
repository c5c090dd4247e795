import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { generateClientKeyPair } from '#lib/providers/qitech/client-keys.ts';
import { type SandboxLender, startSandboxLender } from '#lib/providers/qitech/sandbox/start-sandbox-lender.ts';
import { aceiteJson, commandPlace } from '#lib/testing/command-line.ts';
import { doctor } from '#lib/testing/doctor.ts';
import { type ScriptedLender, startScriptedLender } from '#lib/testing/scripted-lender.ts';
import { writeNewKeyFile } from '#lib/vault/key-file.ts';

const place = commandPlace();
const apiClientKey = '7b1f1a52-55cf-4c0a-8a3e-3c8d55e0aa01';
const unknownKey = '00000000-0000-4000-8000-000000000000';
const file = (name: string) => join(place.dataDir, name);
let lender: SandboxLender;
let counting: ScriptedLender;

beforeAll(async () => {
  const pair = generateClientKeyPair();
  await writeFile(file('ours.pem'), pair.privateKeyPem);
  await writeFile(file('integration'), apiClientKey);
  await writeFile(file('unknown'), unknownKey);
  lender = await startSandboxLender({
    port: 0,
    dataFile: file('lender.jsonl'),
    clientPublicKeyPem: pair.publicKeyPem,
    apiClientKey,
    isStrict: true,
  });
  counting = await startScriptedLender();
  counting.script.questions = [{ status: 404, json: {} }];
});
beforeEach(() => void vi.stubEnv('PORT', '1'));
afterAll(async () => {
  await lender.stop();
  await counting.stop();
});

const told = async () => (await doctor()).of('workspace-lenders');

/** Gives a workspace settings of its own, which is made when it is not there. */
async function settingsOf(workspace: string, url: string, integration = 'integration'): Promise<void> {
  const { items } = await aceiteJson('workspace', 'list');
  const isThere = (items as { name: string }[]).some(({ name }) => name === workspace);
  if (!isThere) await aceiteJson('workspace', 'create', '--name', workspace);
  await settle(workspace, url, integration);
}

async function settle(workspace: string, url: string, integration: string): Promise<void> {
  const files = ['--api-client-key-file', file(integration), '--private-key-file', file('ours.pem')];
  await aceiteJson('workspace', 'lender', 'set', '--workspace', workspace, '--base-url', url, ...files);
}

test('where no workspace has settings of its own there is nobody to ask', async () => {
  await aceiteJson('link');
  expect(await told()).toMatchObject({ status: 'ok', sentence: expect.stringMatching(/^Every workspace uses/) });
});

test('workspaces that share a contract are one question', async () => {
  await settingsOf('Padaria', counting.url);
  await settingsOf('Mercado', counting.url);
  const before = counting.questionsAsked;
  expect(await told()).toMatchObject({ status: 'ok', sentence: expect.stringMatching(/: 1\.$/) });
  expect(counting.questionsAsked - before).toBe(1);
});

test('a refused credential names its workspace, what to do, and no secret', async () => {
  await settingsOf('Mercado', lender.url);
  await settingsOf('Farmácia', lender.url, 'unknown');
  const { out, of } = await doctor();
  const finding = of('workspace-lenders');
  expect(finding).toMatchObject({
    status: 'failed',
    sentence: expect.stringMatching(
      /under the settings of "Farmácia" does not accept our credentials \(GDF000018\)\.$/,
    ),
    whatToDo: [expect.stringMatching(/workspace lender set --workspace "Farmácia"/)],
  });
  expect(finding.sentence).not.toMatch(/Mercado|Padaria/);
  for (const secret of [apiClientKey, unknownKey, 'PRIVATE KEY']) expect(out).not.toContain(secret);
});

test('a lender that is away, and settings that no key opens, each name their workspace', async () => {
  await settingsOf('Farmácia', 'http://127.0.0.1:1');
  const away = {
    status: 'failed',
    sentence: expect.stringMatching(/127\.0\.0\.1:1 .*"Farmácia" gave no usable answer/),
  };
  expect(await told()).toMatchObject(away);
  await rename(file('keys.json'), file('keys.kept'));
  expect(await told()).toMatchObject({ status: 'not_checked' });
  writeNewKeyFile(file('keys.json'));
  const unopened = expect.stringMatching(/does not open the settings of "Padaria".*"Mercado".*"Farmácia"/);
  expect(await told()).toMatchObject({ status: 'failed', sentence: unopened });
});

/** Each of two commands for twenty workspaces opens the database anew. */
const manyCommandsMs = 120_000;

test('no more than twenty are asked, and those that were not are named', { timeout: manyCommandsMs }, async () => {
  await rename(file('keys.kept'), file('keys.json'));
  const names = Array.from({ length: 20 }, (_, index) => `Filial ${index}`);
  for (const [index, name] of names.entries()) {
    await aceiteJson('workspace', 'create', '--name', name);
    await settle(name, `${counting.url}/${index}`, 'integration');
  }
  await settingsOf('Farmácia', counting.url);
  const { status, sentence } = await told();
  expect({ status, sentence }).toEqual({
    status: 'warning',
    sentence: 'No more than 20 lenders are asked at a time, so those of "Filial 18", "Filial 19" were not.',
  });
});
