import { afterAll, beforeAll, expect, test } from 'vitest';
import { createdSession, openedBy } from '#lib/testing/journey.ts';
import { startTestPortal, type TestPortal } from '#lib/testing/portal.ts';
import { readSession } from '../merchant/read-session.ts';
import { declineContract } from './decline-contract.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startTestPortal();
});
afterAll(() => portal.end());

test.each<[string, string | undefined]>([
  ['Não concordo com a taxa.', 'Não concordo com a taxa.'],
  ['linha 1\r\nlinha 2\tfim', 'linha 1\nlinha 2\tfim'],
  ['nulo\u0000, sino\u0007, C1\u0085.', 'nulo, sino, C1.'],
  ['😀'.repeat(501), '😀'.repeat(500)],
  [' \r\n\u0000 ', undefined],
])(
  'the way out is never refused, and %j reaches the merchant as whole characters without controls',
  async (typed, told) => {
    const session = await createdSession(portal);
    const signer = await openedBy(portal.ctx, session.token);
    expect(await declineContract(portal.ctx, signer, { reason: typed })).toEqual({ kind: 'go', page: 'closed' });
    const read = await readSession(portal.ctx, portal.merchant, session.signingSessionId);
    expect(read).toMatchObject({ session: { status: 'FAILED', failureReason: 'signer_declined' } });
    expect(read.ok && 'declineReason' in read.session ? read.session.declineReason : undefined).toBe(told);
  },
);
