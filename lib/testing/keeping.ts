import { declineContract } from '#lib/usecases/signer/decline-contract.ts';
import { downloadDossier } from '#lib/usecases/staff/download-dossier.ts';
import { liftHold, placeHold } from '#lib/usecases/staff/hold-session.ts';
import { acceptedSession, createdSession, deliverToRest, openedBy } from './journey.ts';
import { logKeeper } from './log-keeper.ts';
import { requestFrom, type TestPortal } from './portal.ts';

export const dayMs = 86_400_000;

/** Why staff did what `passThroughCustody` does. */
export const custodyWords = {
  accessReason: 'Ofício do jacarandá',
  holdReason: 'Sindicância do pequizeiro',
  liftReason: 'Arquivada a jabuticaba',
} as const;

/** Words that stand nowhere else, so that each can be looked for in a dump. */
export const toldWords = {
  ...custodyWords,
  name: 'Zulmira Quintanilha',
  email: 'zulmira@quintanilha.example',
  identity: '11144477735',
  phone: '5521987651234',
  contract: 'A mutuária pagará em dezessete parcelas',
  title: 'Cédula da jaguatirica',
  summary: 'setecentos e doze reais',
  metadata: 'carteira-ornitorrinco',
  declineReason: 'Não reconheço o araticum',
  returnUrl: 'umbuzeiro.example',
  ip: '203.0.113.77',
} as const;

const terms = {
  contract: { title: toldWords.title, text: `${toldWords.contract}.\n` },
  summary: [{ label: 'Parcela', value: toldWords.summary }],
  metadata: { segment: toldWords.metadata },
  signerDetails: {
    name: toldWords.name,
    email: toldWords.email,
    identity: toldWords.identity,
    phone: `+${toldWords.phone}`,
  },
  returnUrl: `https://${toldWords.returnUrl}/volta`,
};

/** Signed, and brought to the lender: DELIVERED, or REJECTED with the CPF for it. */
export async function signedSession(portal: TestPortal, changes: Record<string, unknown> = {}): Promise<string> {
  const { session } = await acceptedSession(portal, { ...terms, ...changes });
  await deliverToRest(portal, session.signingSessionId);
  return session.signingSessionId;
}

/** What a session that is signed and settled gathers until its end: its certificate, a dossier that staff took, a hold placed and lifted. */
export async function passThroughCustody(portal: TestPortal, sessionId: string): Promise<void> {
  const { ctx, merchant } = portal;
  const userId = await addStaff(portal, `custodian of ${sessionId}`);
  const staff = { userId, workspaceId: merchant.workspaceId, role: 'admin' as const, request: requestFrom() };
  await logKeeper(portal).publish();
  const taken = await downloadDossier(ctx, staff, sessionId, custodyWords.accessReason);
  const held = await placeHold(ctx, staff, sessionId, custodyWords.holdReason);
  if (!taken.ok || !held.ok) throw new Error('the dossier was not taken, or the session not held');
  const lifted = await liftHold(ctx, staff, { sessionId, holdId: held.holdId }, custodyWords.liftReason);
  if (!lifted.ok) throw new Error(lifted.code);
}

/** Signed, and refused by the lender. */
export function rejectedSession(portal: TestPortal): Promise<string> {
  return signedSession(portal, { signerDetails: { ...terms.signerDetails, identity: '10000000280' } });
}

/** Opened and declined, with the signer's own words. */
export async function declinedSession(portal: TestPortal): Promise<string> {
  const { signingSessionId, token } = await createdSession(portal, terms);
  const signer = await openedBy(portal.ctx, token, toldWords.ip);
  await declineContract(portal.ctx, signer, { reason: toldWords.declineReason });
  return signingSessionId;
}

/** Withdrawn before anybody opened it. */
export async function unreadSession(portal: TestPortal): Promise<string> {
  const { signingSessionId } = await createdSession(portal, terms);
  await portal.asOwner(
    `UPDATE signing_sessions SET status = 'CANCELLED', closed_at = aceite_now(), cancelled_by = 'merchant' WHERE id = $1`,
    [signingSessionId],
  );
  return signingSessionId;
}

/** Sets the clock to so many milliseconds after the date until which a session is kept, unless it is later already. */
export async function standAfterDate(portal: TestPortal, sessionId: string, offsetMs: number): Promise<void> {
  const [row] = await portal.asOwner<{ ms: number }>(
    'SELECT (extract(epoch FROM keep_until - aceite_now()) * 1000)::float8 AS ms FROM signing_sessions WHERE id = $1',
    [sessionId],
  );
  await portal.advanceClock(Math.max(0, Math.ceil(row?.ms ?? 0) + offsetMs));
}

export async function isErased(portal: TestPortal, sessionId: string): Promise<boolean> {
  const sql = 'SELECT FROM signing_sessions WHERE id = $1 AND erased_at IS NOT NULL';
  return (await portal.asOwner(sql, [sessionId])).length === 1;
}

export type ChainLink = {
  sequence: number;
  type: string;
  occurred_at: Date;
  prev_hash: Buffer;
  content_hash: Buffer;
  hash: Buffer;
};

/** The chain of a session as the database has it. */
export function chainOf(portal: TestPortal, sessionId: string): Promise<ChainLink[]> {
  return portal.asOwner<ChainLink>(
    'SELECT sequence, type, occurred_at, prev_hash, content_hash, hash FROM events WHERE session_id = $1 ORDER BY sequence',
    [sessionId],
  );
}

/** Every row that says anything of a session, as one hash each: the same as long as none has changed. */
export async function rowsOf(portal: TestPortal, sessionId: string): Promise<string> {
  const tables = await portal.asOwner<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'session_id'
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  const hashes = [
    `SELECT 'signing_sessions ' || md5(t::text) AS row FROM signing_sessions t WHERE id = $1`,
    ...tables.map(({ name }) => `SELECT '${name} ' || md5(t::text) FROM ${name} t WHERE session_id = $1`),
  ];
  const rows = await portal.asOwner<{ row: string }>(`${hashes.join(' UNION ALL ')} ORDER BY 1`, [sessionId]);
  return rows.map(({ row }) => row).join('\n');
}

/** A member of staff as rows can refer to one. */
export async function addStaff(portal: TestPortal, userId = 'staff-1'): Promise<string> {
  await portal.asOwner(
    `INSERT INTO staff_user ("id", "name", "email", "createdAt", "updatedAt")
     VALUES ($1, 'Equipe', $1 || '@exemplo.com.br', aceite_now(), aceite_now())`,
    [userId],
  );
  return userId;
}
