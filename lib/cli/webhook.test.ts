import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compose } from '#lib/compose.ts';
import { aceite, aceiteJson, commandPlace } from '#lib/testing/command-line.ts';
import { startWebhookReceiver, type WebhookReceiver } from '#lib/testing/webhook-receiver.ts';
import { readConfig } from './read-config.ts';
import { work } from './worker.ts';

const place = commandPlace();
let receiver: WebhookReceiver;

beforeAll(async () => {
  vi.stubEnv('ACEITE_DATA_DIR', place.dataDir);
  vi.stubEnv('DATABASE_URL', place.database.url);
  await aceiteJson('workspace', 'create', '--name', 'Loja');
  receiver = await startWebhookReceiver();
});
afterAll(() => receiver.stop());

/** Lets a worker run until the receiver has so many messages. */
async function workUntil(count: number): Promise<void> {
  const stop = new AbortController();
  const program = await compose(readConfig());
  const working = work(program, stop.signal);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(count), { timeout: 10_000 });
  stop.abort();
  await working;
  await program.end();
}

test('an endpoint is made, tried out by a running worker, given another secret, sent to again and switched off', async () => {
  const chosen = ['--events', 'signing_session.completed, evidence.final', '--events', 'evidence.final'];
  const made = await aceiteJson('webhook', 'create', '--url', receiver.url, ...chosen);
  expect(made).toMatchObject({
    url: receiver.url,
    eventTypes: ['signing_session.completed', 'evidence.final'],
    secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    publicKey: expect.stringMatching(/^whpk_[A-Za-z0-9+/]{43}=$/),
  });
  const id = String(made.endpointId);
  const tried = await aceiteJson('webhook', 'test', id);
  await workUntil(1);
  const [first] = receiver.received;
  expect(first?.message).toMatchObject({ type: 'webhook.test', eventId: tried.eventId });
  expect(new Webhook(String(made.secret)).verify(first?.body ?? '', first?.headers ?? {})).toEqual(first?.message);

  const rotated = await aceiteJson('webhook', 'rotate', id, '--overlap', '0');
  expect(await aceite('webhook', 'resend', id, '--event', String(tried.eventId))).toMatchObject({
    out: 'Queued again: 1.',
  });
  await workUntil(2);
  const [, second] = receiver.received;
  expect(second?.body).toEqual(first?.body);
  expect(new Webhook(String(rotated.secret)).verify(second?.body ?? '', second?.headers ?? {})).toEqual(first?.message);
  expect(await aceiteJson('webhook', 'resend', id, '--since', '2026-01-01T00:00:00Z')).toMatchObject({ count: 0 });
  expect(await aceiteJson('webhook', 'resend', id, '--since', '2026-01-01T00:00:00Z', '--all')).toMatchObject({
    count: 1,
  });

  const listed = await aceite('webhook', 'list');
  expect(listed.out).toMatch(new RegExp(`${id} +Loja +\\S+/webhooks +active +1 +signing_session`));
  const everything = listed.out + JSON.stringify(await aceiteJson('webhook', 'list'));
  for (const secret of [made.secret, rotated.secret]) expect(everything).not.toContain(String(secret));
  expect(await aceite('webhook', 'disable', id)).toMatchObject({ code: 0 });
  expect(await aceite('webhook', 'disable', id)).toMatchObject({ code: 0 });
  expect((await aceite('webhook', 'list')).out).toMatch(/disabled \S+Z, by a person +0 /);
  expect(await aceite('webhook', 'test', id)).toMatchObject({ code: 1, err: expect.stringMatching(/is disabled/) });
});

const nobody = '00000000-0000-4000-8000-000000000000';

describe('is refused with a sentence', () => {
  test.each([
    [['create'], 2, /^--url: /m],
    [['create', '--url', 'loja'], 2, /^--url: .*absolute/m],
    [['create', '--url', 'http://loja.example/'], 2, /^--url: .*https/m],
    [['create', '--url', 'https://10.0.0.1/'], 2, /^--url: .*private network/m],
    [['create', '--url', 'https://a:b@loja.example/'], 2, /^--url: .*password/m],
    [
      ['create', '--url', 'https://loja.example/', '--events', 'signing_session.signed'],
      2,
      /^--events: .*signing_session\.completed/m,
    ],
    [['create', '--url', 'https://loja.example/', '--events', ''], 2, /^--events: /m],
    [['create', '--url', 'https://loja.example/', '--workspace', 'Nenhuma'], 1, /no workspace "Nenhuma"/],
    [['test'], 2, /id of one endpoint/],
    [['disable', nobody], 1, /No workspace has an endpoint/],
    [['rotate', nobody, '--overlap', '169h'], 2, /^--overlap is 0, or .* of at most 7d\.$/m],
    [['rotate', nobody, '--overlap', '24'], 2, /^--overlap is 0, or /],
    [['resend', nobody], 2, /either --event/],
    [['resend', nobody, '--event', nobody, '--all'], 2, /either --event/],
    [['resend', nobody, '--since', 'yesterday'], 2, /^--since: .*RFC 3339/],
    [['resend', nobody, '--since', '2026-13-45T00:00:00Z'], 2, /^--since: /],
    [['enable', nobody], 2, /There is no "webhook enable"/],
  ])('%j', async (args, code, sentence) => {
    expect(await aceite('webhook', ...args)).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
  });
});

test('in production an address inside, another port or plain http makes no endpoint', async () => {
  const { createEndpoint } = await import('#lib/usecases/system/webhooks/create-endpoint.ts');
  const program = await compose(readConfig());
  const listed = await aceiteJson('webhook', 'list');
  for (const url of [
    'http://127.0.0.1/',
    'https://127.0.0.1/',
    'https://loja.example:9000/',
    'https://169.254.169.254/',
  ]) {
    const made = await createEndpoint({ ...program, isSandbox: false }, nobody, { url, eventTypes: ['*'] });
    expect(made).toMatchObject({ ok: false, code: expect.stringMatching(/^webhook_url_/) });
  }
  expect(await aceiteJson('webhook', 'list')).toEqual(listed);
  await program.end();
});
