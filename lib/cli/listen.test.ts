import { Webhook } from 'standardwebhooks';
import { expect, test, vi } from 'vitest';
import { compose } from '#lib/compose.ts';
import { aceite, aceiteJson, commandPlace } from '#lib/testing/command-line.ts';
import { startWebhookReceiver } from '#lib/testing/webhook-receiver.ts';
import { sendTest } from '#lib/usecases/system/webhooks/change-endpoint.ts';
import { listenUntil } from './listen.ts';
import { readConfig } from './read-config.ts';
import { work } from './worker.ts';

commandPlace();

test('a developer is sent what happens with a signature that holds, reads a line for each attempt, and leaves no endpoint behind', async () => {
  const made = await aceiteJson('workspace', 'create', '--name', 'Loja');
  const workspaceId = String(made.workspaceId);
  const receiver = await startWebhookReceiver();
  const program = await compose(readConfig());
  const stop = new AbortController();
  const lines: string[] = [];
  const io = { out: (text: string) => lines.push(text), err: (text: string) => lines.push(text) };
  const input = { url: receiver.url, eventTypes: ['evidence.final' as const] };
  const listening = listenUntil(program, io, { workspaceId, input, json: true, signal: stop.signal });
  const working = work(program, stop.signal);
  await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: 10_000 });
  const { endpointId, secret } = JSON.parse(lines[0] ?? '');
  await sendTest(program, workspaceId, endpointId);
  await vi.waitFor(() => expect(lines).toHaveLength(2), { timeout: 10_000 });
  const [one] = receiver.received;
  expect(new Webhook(secret).verify(one?.body ?? '', one?.headers ?? {})).toEqual(one?.message);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({
    type: 'webhook.test',
    eventId: one?.message.eventId,
    outcome: 'http_204',
  });
  stop.abort();
  await Promise.all([listening, working]);
  expect((await aceiteJson('webhook', 'list')).items).toMatchObject([{ endpointId, state: 'disabled' }]);
  await program.end();
  await receiver.stop();
});

test.each([
  [['--forward-to', 'https://10.0.0.1/'], 2, /^--forward-to: .*private network/],
  [['--forward-to', 'http://loja.example/'], 2, /^--forward-to: .*https/],
  [['--events', 'everything'], 2, /^--events: /],
  [['--workspace', 'Nenhuma'], 1, /no workspace "Nenhuma"/],
])('%j is refused with a sentence, and makes nothing', async (args, code, sentence) => {
  await aceite('workspace', 'create', '--name', 'Loja');
  const before = await aceiteJson('webhook', 'list');
  expect(await aceite('listen', ...args)).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
  expect(await aceiteJson('webhook', 'list')).toEqual(before);
});
