import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SessionView } from '#lib/schema/session.ts';
import { aceite, aceiteJson, commandPlace } from '#lib/testing/command-line.ts';
import { readSession } from '#lib/usecases/merchant/read-session.ts';
import { readConfig } from './read-config.ts';
import { ensureSandboxMerchant } from './sandbox-merchant.ts';
import { withProgram } from './with-program.ts';

const place = commandPlace();

test('link prints one address, and makes the sandbox that it needs', async () => {
  const { code, out } = await aceite('link');
  expect(code).toBe(0);
  expect(out).toMatch(/^http:\/\/127\.0\.0\.1:3000\/s\/[\w-]{43}$/);
});

test('each link is a session of its own, of a new order and debt, with name and CPF given and the rest left to the signer', async () => {
  const [first, second] = [await aceiteJson('link'), await aceiteJson('link')];
  for (const field of ['signingLink', 'signingSessionId', 'orderId', 'debtKey'])
    expect(second[field], field).not.toBe(first[field]);
  expect(await sessionOf(first)).toMatchObject({
    status: 'PENDING',
    language: 'pt-BR',
    redirectUrl: first.signingLink,
    returnUrl: 'http://127.0.0.1:3000/return',
    contract: { title: 'Cédula de Crédito Bancário', language: 'pt-BR' },
    signerDetails: { name: 'Maria Exemplo da Silva', identity: '52998224725' },
  });
});

test('every option reaches the session', async () => {
  const details = ['--name', 'Ana Souza', '--cpf', '100.000.002-80', '--all-details', '--language', 'en'];
  const what = ['--order-id', 'PEDIDO 7', '--debt-key', 'divida-7', '--return-url', 'https://loja.example/volta?x=1'];
  const session = await sessionOf(await aceiteJson('link', ...details, ...what));
  expect(session).toMatchObject({
    orderId: 'PEDIDO 7',
    debtKey: 'divida-7',
    language: 'en',
    returnUrl: 'https://loja.example/volta?x=1',
    signerDetails: {
      name: 'Ana Souza',
      identity: '10000000280',
      email: 'maria.exemplo@example.com',
      phone: '+5511912345678',
    },
  });
  expect(await sessionOf(await aceiteJson('link', '--no-return-url'))).not.toHaveProperty('returnUrl');
});

test('a contract file is kept to the byte, awkward characters included', async () => {
  const bytes = Buffer.from('\n  CONTRATO de cre\u0301dito\r\nÀ vista 👍🏽 </script>  \n');
  const file = join(place.dataDir, 'contrato.txt');
  await writeFile(file, bytes);
  const session = await sessionOf(await aceiteJson('link', '--contract', file));
  expect(session.contract).toMatchObject({
    title: 'CONTRATO de cre\u0301dito',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    byteLength: bytes.length,
  });
});

test('an expired link has run out by the clock of the database', async () => {
  const made = await aceite('link', '--expired', '--json');
  expect(made).toMatchObject({ code: 0, err: expect.stringMatching(/set 5 minutes forward/) });
  expect(await sessionOf(JSON.parse(made.out))).toMatchObject({ status: 'EXPIRED' });
});

test('a workspace of choice gets the session, through a key that may create it', async () => {
  await aceiteJson('workspace', 'create', '--name', 'Sem chave', '--lender-legal-name', 'Banco Y S.A.');
  await aceiteJson('api-key', 'create', '--workspace', 'Sem chave', '--scope', 'sessions:read');
  const without = await aceite('link', '--workspace', 'Sem chave');
  expect(without).toMatchObject({ code: 1, err: expect.stringMatching(/no live key with the scope sessions:write/) });
  const key = await aceiteJson('api-key', 'create', '--workspace', 'Sem chave');
  const made = await aceiteJson('link', '--workspace', 'Sem chave');
  expect(await sessionOf(made, String(key.workspaceId))).not.toHaveProperty('returnUrl');
  await aceiteJson('api-key', 'revoke', String(key.apiKeyId));
  expect(await aceite('link', '--workspace', 'Sem chave')).toMatchObject({ code: 1 });
});

test.each([
  [['--cpf', '529.982.247-24'], 2, /^--cpf: /m],
  [['--name', ''], 2, /^--name: /m],
  [['--language', 'fr'], 2, /^--language: .*pt-BR, en, es, sv/m],
  [['--debt-key', 'com espaço'], 2, /^--debt-key: /m],
  [['--return-url', 'http://loja.example/volta'], 2, /^--return-url: /m],
  [['--return-url', 'https://loja.example', '--no-return-url'], 2, /exclude each other/],
  [['--title', 'Só o título'], 2, /belongs to --contract/],
  [['--contract', '/nowhere/contrato.txt'], 1, /cannot be read \(ENOENT\)/],
  [['--workspace', 'Nenhuma'], 1, /There is no workspace "Nenhuma"/],
  [['--expires', '5m'], 2, /--expires/],
])('link %j is refused with %i and a sentence', async (args, code, sentence) => {
  expect(await aceite('link', ...args)).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
});

test.each([
  ['bytes that are not UTF-8', Buffer.from([0x41, 0xff]), 1, /not text in UTF-8/],
  ['an invisible character', Buffer.from('Título\nab\u200bc\n'), 2, /^--contract: .*U\+200B.*line 2, column 3/m],
  ['nothing', Buffer.from(''), 2, /^--contract: .*empty/m],
])('a contract file with %s is refused', async (_what, bytes, code, sentence) => {
  const file = join(place.dataDir, 'ruim.txt');
  await writeFile(file, bytes);
  expect(await aceite('link', '--contract', file)).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
});

test('a debt with an open session gets no second one', async () => {
  const first = await aceiteJson('link', '--debt-key', 'uma-vez');
  const second = await aceite('link', '--debt-key', 'uma-vez');
  expect(second).toMatchObject({ code: 1, err: expect.stringContaining(String(first.signingSessionId)) });
});

async function sessionOf(made: Record<string, unknown>, workspaceId?: string): Promise<SessionView> {
  const io = { out: () => undefined, err: () => undefined };
  return withProgram(readConfig(), io, async (program) => {
    const { workspace, apiKeyId, returnOrigins } = await ensureSandboxMerchant(program);
    const request = { requestId: 'test', ipTrust: 'direct', isPublicAddress: false, socketPeer: 'test' } as const;
    const merchant = { workspaceId: workspaceId ?? workspace.workspaceId, apiKeyId, returnOrigins, request };
    const read = await readSession(program, merchant, String(made.signingSessionId));
    if (!read.ok) throw new Error(`session ${made.signingSessionId} is not in workspace ${merchant.workspaceId}`);
    return read.session;
  });
}
