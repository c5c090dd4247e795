import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptedSession, deliverToRest, maria } from '#lib/testing/journey.ts';
import { type LogKeeper, logKeeper } from '#lib/testing/log-keeper.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { checkReceipt } from './check-receipt.ts';

let portal: TestPortal;
let log: LogKeeper;
beforeAll(async () => {
  portal = await startTestPortal();
  log = logKeeper(portal);
});
afterAll(() => portal.end());

async function receiptOf(sessionId: string): Promise<string> {
  const [row] = await portal.asOwner<{ receipt_code: string }>(
    'SELECT receipt_code FROM signing_sessions WHERE id = $1',
    [sessionId],
  );
  return row?.receipt_code ?? '';
}

test('a receipt is found as people type it, interim first and final once the proof is whole', async () => {
  const { session } = await acceptedSession(portal);
  const code = await receiptOf(session.signingSessionId);
  const early = await checkReceipt(portal.ctx, ` ${code.toLowerCase().replaceAll('-', ' ')} `);
  expect(early).toMatchObject({ receiptCode: code, state: 'interim', contractSha256: session.contract.sha256 });
  expect(early?.proof).toBeUndefined();
  await deliverToRest(portal, session.signingSessionId);
  await log.publish();
  const late = await checkReceipt(portal.ctx, code);
  expect(late).toMatchObject({ state: 'final', proof: { logOrigin: '127.0.0.1:3000/log' } });
  expect(JSON.stringify(late)).not.toContain(maria.name);
  expect(JSON.stringify(late)).not.toContain(session.debtKey);
});

test('a code that was never given, a mistyped one and nonsense find nothing', async () => {
  const { session } = await acceptedSession(portal);
  const code = await receiptOf(session.signingSessionId);
  const mistyped = `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`;
  for (const other of ['2222-2222-2222', mistyped, '', 'x', "' OR 1=1 --", code.repeat(2)])
    expect(await checkReceipt(portal.ctx, other), other).toBeUndefined();
});
