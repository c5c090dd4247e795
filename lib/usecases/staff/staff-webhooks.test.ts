import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import {
  endpointAt,
  queuedTest,
  sendDue,
  startWebhookReceiver,
  type WebhookReceiver,
} from '#lib/testing/webhook-receiver.ts';
import type { StaffActor } from '../context.ts';
import { changeStaffWebhook, createStaffWebhook, webhookActs } from './change-webhook.ts';
import { listStaffWebhooks, readStaffWebhook } from './read-webhooks.ts';

let portal: TestPortal;
let receiver: WebhookReceiver;
beforeAll(async () => {
  portal = await startTestPortal();
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await receiver.stop();
  await portal.end();
});

const actor = (role: StaffActor['role']): StaffActor => ({
  userId: 'staff-1',
  workspaceId: portal.merchant.workspaceId,
  role,
  request: requestFrom(),
});
const forbidden = { ok: false, code: 'forbidden' };

test.each(['viewer', 'operator', 'auditor'] as const)('%s sees and changes no endpoint', async (role) => {
  const { endpointId } = await endpointAt(portal, receiver.url);
  const before = await readStaffWebhook(portal.ctx, actor('admin'), endpointId);
  const answers = await Promise.all([
    listStaffWebhooks(portal.ctx, actor(role)),
    readStaffWebhook(portal.ctx, actor(role), endpointId),
    createStaffWebhook(portal.ctx, actor(role), { url: receiver.url, eventTypes: ['*'] }),
    ...webhookActs.map((act) => changeStaffWebhook(portal.ctx, actor(role), { act, endpointId, eventId: endpointId })),
  ]);
  expect(answers).toEqual(answers.map(() => forbidden));
  expect(await readStaffWebhook(portal.ctx, actor('admin'), endpointId)).toEqual(before);
});

test('an admin sees messages with what came of each attempt, sends one again, and never sees a secret twice', async () => {
  const admin = actor('admin');
  const made = await createStaffWebhook(portal.ctx, admin, { url: receiver.url, eventTypes: ['evidence.final'] });
  if (!made.ok) throw new Error(made.code);
  const { endpointId } = made;
  receiver.answer = (response) => void response.writeHead(500).end('no such order');
  const eventId = await queuedTest(portal, endpointId);
  await sendDue(portal.ctx);
  receiver.answer = (response) => void response.writeHead(204).end();
  expect(await changeStaffWebhook(portal.ctx, admin, { act: 'resend', endpointId, eventId })).toEqual({ ok: true });
  await sendDue(portal.ctx);
  const read = await readStaffWebhook(portal.ctx, admin, endpointId);
  expect(read).toMatchObject({
    ok: true,
    endpoint: { endpointId, state: 'active', eventTypes: ['evidence.final'], waiting: 0 },
    messages: [
      {
        eventId,
        type: 'webhook.test',
        status: 'DELIVERED',
        attempts: [{ outcome: 'http_500', reply: 'no such order' }, { outcome: 'http_204' }],
      },
    ],
  });
  const rotated = await changeStaffWebhook(portal.ctx, admin, { act: 'rotate', endpointId, eventId: '' });
  if (!rotated.ok || rotated.secret === undefined) throw new Error('no secret');
  const shown = JSON.stringify([read, await listStaffWebhooks(portal.ctx, admin)]);
  for (const secret of [made.secret, rotated.secret]) expect(shown).not.toContain(secret);
  expect(await changeStaffWebhook(portal.ctx, admin, { act: 'disable', endpointId, eventId: '' })).toEqual({
    ok: true,
  });
  for (const act of ['test', 'rotate', 'resend'] as const)
    expect(await changeStaffWebhook(portal.ctx, admin, { act, endpointId, eventId })).toMatchObject({
      code: 'endpoint_disabled',
    });
  expect(await readStaffWebhook(portal.ctx, admin, endpointId)).toMatchObject({ endpoint: { state: 'by_person' } });
});
