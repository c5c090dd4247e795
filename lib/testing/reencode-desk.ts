import { afterAll, beforeAll } from 'vitest';
import { readForAudit } from '#lib/db/audited-rows.ts';
import type { BodyForm } from '#lib/domain/body-form.ts';
import type { StaffActor } from '#lib/usecases/context.ts';
import { decideReencode, proposeReencode, type ReencodeResult } from '#lib/usecases/staff/reencode-delivery.ts';
import { auditSession } from '#lib/usecases/system/audit/audit-session.ts';
import { acceptedSession, deliverToRest, maria } from './journey.ts';
import { startTestPortal, type TestPortal } from './portal.ts';
import { formWith, staffMember } from './reencodes.ts';

/** What the sandbox lender's table does to these. */
const takesTheHyphen = '10000004278';
export const takesNothing = '10000000280';
export const signedText = 'CLÁUSULA PRIMEIRA\r\nO crédito é de "R$ 4.800,00", data_signature 055.\r\n';

type Changes = Partial<Record<keyof BodyForm, string>>;

export type ReencodeDesk = {
  portal: TestPortal;
  one: StaffActor;
  other: StaffActor;
  /** A signed session of a signer with this document, whose first delivery came to rest. */
  delivered(identity?: string): Promise<{ id: string; debtKey: string }>;
  propose(staff: StaffActor, sessionId: string, changes: Changes, reason?: string): Promise<ReencodeResult>;
  decide(
    staff: StaffActor,
    sessionId: string,
    reencodeId: string,
    decision: string,
    reason?: string,
  ): Promise<ReencodeResult>;
  /** A proposal by the first of the two. */
  proposed(sessionId: string, changes?: Changes): Promise<string>;
  /** What an audit says against this session's rows. */
  findingsOf(sessionId: string): Promise<unknown[]>;
};

/** Two admins of one portal, with the sandbox lender behind it. For one test file. */
export function reencodeDesk(): ReencodeDesk {
  const desk = {} as ReencodeDesk;
  beforeAll(async () => {
    desk.portal = await startTestPortal();
    desk.one = await staffMember(desk.portal, 'proposer', 'admin');
    desk.other = await staffMember(desk.portal, 'approver', 'admin');
  });
  afterAll(() => desk.portal.end());
  desk.delivered = async (identity = takesTheHyphen) => {
    const contract = { title: 'Contrato de crédito', text: signedText };
    const { session } = await acceptedSession(desk.portal, { signerDetails: { ...maria, identity }, contract });
    await deliverToRest(desk.portal, session.signingSessionId);
    return { id: session.signingSessionId, debtKey: session.debtKey };
  };
  desk.propose = (staff, sessionId, changes, reason = 'x') =>
    proposeReencode(desk.portal.ctx, staff, { sessionId, form: formWith(changes) }, reason);
  desk.decide = (staff, sessionId, reencodeId, decision, reason = 'x') =>
    decideReencode(desk.portal.ctx, staff, { sessionId, reencodeId, decision }, reason);
  desk.proposed = async (sessionId, changes = { type: 'data-signature' }) => {
    const result = await desk.propose(desk.one, sessionId, changes);
    if (!result.ok) throw new Error(result.code);
    return result.reencodeId;
  };
  desk.findingsOf = (sessionId) =>
    readForAudit(desk.portal.ownerUrl, async (rows) => {
      for await (const audited of rows.sessions())
        if (audited.session.id === sessionId) return auditSession(audited, desk.portal.ctx.keys);
      throw new Error('the audit did not see the session');
    });
  return desk;
}
