import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyRoot } from '#lib/evidence/log/merkle.ts';
import { verifierKey } from '#lib/evidence/log/verifier-key.ts';
import { createdSession } from '#lib/testing/journey.ts';
import { noteSigner } from '#lib/testing/note-signer.ts';
import { requestFrom, startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import type { StaffActor } from '../context.ts';
import { growLog } from '../system/grow-log.ts';
import { logFigures } from '../system/log-figures.ts';
import { type LogSigner, type SignedHistory, signLog } from '../system/sign-log.ts';
import { readLogTrouble } from './read-log-trouble.ts';

const { publicKey, sign } = noteSigner(7);
const minuteMs = 60_000;

let portal: TestPortal;
let staff: StaffActor;
beforeAll(async () => {
  portal = await startTestPortal();
  staff = { userId: 'staff-1', workspaceId: portal.stranger.workspaceId, role: 'viewer', request: requestFrom() };
});
afterAll(() => portal.end());

/** A signer that remembers this. */
const signerWith = (memory: SignedHistory): LogSigner => ({
  key: verifierKey('127.0.0.1:3000/log', 1, publicKey),
  sign,
  recall: async () => memory,
  remember: async () => undefined,
});
const newSigner = () => signerWith({ size: 0, root: emptyRoot() });

const trouble = async () => {
  const result = await readLogTrouble(portal.ctx, staff);
  if (!result.ok) throw new Error(result.code);
  return result.trouble;
};

test('while all is signed there is no trouble, however long nothing happens', async () => {
  expect(await trouble()).toBeUndefined();
  await createdSession(portal);
  while ((await growLog(portal.ctx)) > 0);
  await signLog(portal.ctx, newSigner());
  await portal.advanceClock(600 * minuteMs);
  expect(await trouble()).toBeUndefined();
  expect(await logFigures(portal.ctx)).toEqual({ waitingSeconds: 0, mergeDelaySeconds: 0, hasRefused: false });
});

test('an event that no checkpoint covers is trouble after ten minutes, whether the log has taken it in or not', async () => {
  await createdSession(portal);
  await portal.advanceClock(9 * minuteMs);
  expect(await trouble()).toBeUndefined();
  await portal.advanceClock(2 * minuteMs);
  expect(await trouble()).toEqual({ code: 'late', minutes: 11 });
  const { waitingSeconds } = await logFigures(portal.ctx);
  expect(Math.floor(waitingSeconds / 60)).toBe(11);

  while ((await growLog(portal.ctx)) > 0);
  await portal.advanceClock(12 * minuteMs);
  expect(await trouble()).toEqual({ code: 'late', minutes: 12 });
  const unsigned = await logFigures(portal.ctx);
  expect(unsigned).toMatchObject({ waitingSeconds: 0, hasRefused: false });
  expect(Math.floor(unsigned.mergeDelaySeconds / 60)).toBe(12);

  await signLog(portal.ctx, newSigner());
  expect(await trouble()).toBeUndefined();
});

test('a refusal of the signer is told at once, with its first moment, until the signer signs again', async () => {
  const far = signerWith({ size: 4711, root: new Uint8Array(32) });
  expect(await signLog(portal.ctx, far)).toMatchObject({ ok: false, code: 'log_rollback_detected' });
  const first = await trouble();
  expect(first).toEqual({ code: 'log_rollback_detected', since: expect.stringMatching(/Z$/) });
  await portal.advanceClock(5 * minuteMs);
  await signLog(portal.ctx, far);
  expect(await trouble()).toEqual(first);
  expect(await logFigures(portal.ctx)).toMatchObject({ hasRefused: true });

  const other = signerWith({ size: 1, root: new Uint8Array(32) });
  await signLog(portal.ctx, other);
  const second = await trouble();
  expect(second).toMatchObject({ code: 'log_rewritten' });
  expect(second).not.toMatchObject({ since: first && 'since' in first && first.since });

  await signLog(portal.ctx, newSigner());
  expect(await trouble()).toBeUndefined();
  expect(await logFigures(portal.ctx)).toMatchObject({ hasRefused: false });
});
