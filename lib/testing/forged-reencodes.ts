import { readDelivery } from '#lib/db/deliveries.ts';
import { insertReencode, listReencodes, markReencodeDecided } from '#lib/db/lender-reencodes.ts';
import { partName } from '#lib/evidence/parts.ts';
import type { StaffActor } from '#lib/usecases/context.ts';
import { recordEvent } from '#lib/usecases/events.ts';
import { findSession } from '#lib/usecases/find-session.ts';
import { newId } from '#lib/usecases/new-id.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import type { TestPortal } from './portal.ts';

/** The key of a session, for whoever has taken the portal over. */
export async function vaultOf(portal: TestPortal, sessionId: string): Promise<SessionVault> {
  const [key] = await portal.asOwner<{ wrapping_key_id: string; wrapped_key: Buffer }>(
    'SELECT wrapping_key_id, wrapped_key FROM session_keys WHERE session_id = $1',
    [sessionId],
  );
  return portal.ctx.keys.sessionVault(
    { workspaceId: portal.merchant.workspaceId, sessionId },
    { wrappingKeyId: key?.wrapping_key_id ?? '', wrappedKey: key?.wrapped_key ?? Buffer.alloc(0) },
  );
}

/** What only the owner of the tables can do: their triggers are off meanwhile. */
export async function withoutLaws(
  portal: TestPortal,
  tables: readonly ('deliveries' | 'lender_reencodes')[],
  work: () => Promise<unknown>,
): Promise<void> {
  for (const table of tables) await portal.asOwner(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await work();
  for (const table of tables) await portal.asOwner(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

type Forgery = {
  sessionId: string;
  staff: [StaffActor, StaffActor];
  /** What the proposal speaks of. */
  told: Record<string, string>;
  /** What the body becomes in truth. */
  change(body: string): string;
};

/**
 * A body of somebody else's words in the place of the standing one, by whoever has taken over the portal's own role and a session's key: every
 * row and event as if two of the staff had agreed on it.
 */
export async function forgeReencode(portal: TestPortal, { sessionId, staff, told, change }: Forgery): Promise<void> {
  const { ctx, merchant } = portal;
  const { workspaceId } = merchant;
  const [one, other] = staff.map(({ userId, request }) => ({ actor: 'staff', actorId: userId, request }) as const);
  // Nobody decides in the moment in which it is proposed.
  const inOwn = async (work: (at: Awaited<ReturnType<typeof standingAt>>) => Promise<void>) =>
    ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => work(await standingAt(tx)));
  const standingAt = async (tx: Parameters<typeof listReencodes>[0]) => {
    const session = await findSession(ctx, tx, workspaceId, sessionId);
    const row = await readDelivery(tx, workspaceId, sessionId);
    if (!session || !row) throw new Error('there is no such delivery');
    return { tx, session, row, words: session.vault.sealJson('reencode_reason', 'x') };
  };
  await inOwn(async ({ tx, session, row, words }) => {
    const body = Buffer.from(change(session.vault.open('lender_body', row.body_sealed).toString()));
    const id = newId(row.now);
    await insertReencode(tx, session.place, {
      id,
      proposedBy: one?.actorId ?? '',
      reasonSealed: words,
      rawTextSha256: row.contract_sha256,
      bodySealed: session.vault.seal('lender_body', body),
      bodySha256: sha256(body),
    });
    if (!one) throw new Error('it takes two');
    const data = { reencode: id, ...told };
    await recordEvent(tx, session, { type: 'delivery_reencode_proposed', ...one, words: 'x', data });
  });
  await inOwn(async ({ tx, session, words }) => {
    const reencodes = await listReencodes(tx, session.place);
    const open = reencodes.find(({ outcome }) => outcome === null);
    if (!open || !other) throw new Error('it takes two');
    const { id, body_sealed } = open;
    const decided = { id, outcome: 'approved', decidedBy: other.actorId, decisionSealed: words } as const;
    await markReencodeDecided(tx, session.place, decided);
    const part = partName.lenderRequest(reencodes.filter(({ outcome }) => outcome === 'approved').length + 2);
    const parts = { [part]: session.vault.open('lender_body', body_sealed) };
    const data = { reencode: id };
    await recordEvent(tx, session, { type: 'delivery_reencode_approved', ...other, words: 'x', data, parts });
  });
}
