import type { Tx } from '#lib/db/database.ts';
import type { DeliveryRow } from '#lib/db/deliveries.ts';
import { type EventRow, listEvents } from '#lib/db/events.ts';
import { listReencodes, type ReencodeRow } from '#lib/db/lender-reencodes.ts';
import type { SessionPlace } from '#lib/domain/session-place.ts';
import { partHash } from '#lib/evidence/event-chain.ts';
import { partName } from '#lib/evidence/parts.ts';
import type { Lender } from '#lib/providers/lender.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { SessionVault } from '#lib/vault/session-vault.ts';
import type { PrivateEventFacts } from '../events.ts';
import { bodiesOf, isRespelling } from '../lender-bodies.ts';

/** Whence the standing body comes, where it is not the first. */
export type Descent = { accepted: EventRow | undefined; reencodes: ReencodeRow[] };

/** Undefined for the usual delivery, whose body is the first: nothing is read for it. */
export async function readDescent(
  tx: Tx,
  { workspaceId, sessionId }: SessionPlace,
  row: DeliveryRow,
): Promise<Descent | undefined> {
  if (!row.is_reencoded) return undefined;
  const events = await listEvents(tx, workspaceId, sessionId);
  const reencodes = await listReencodes(tx, { workspaceId, sessionId });
  return { accepted: events.find(({ type }) => type === 'accepted'), reencodes };
}

type Kept = { row: DeliveryRow; descent: Descent | undefined; vault: SessionVault; lender: Lender };

/**
 * The very bytes of the acceptance, or the same in another form that two people agreed on. Undefined when they no longer open, no longer hold
 * the text that was signed, or say anything else: whoever has a session's key can write such a body, and two people who approve it.
 */
export function readBody({ row, descent, vault, lender }: Kept): Buffer | undefined {
  try {
    const body = vault.open('lender_body', row.body_sealed);
    const text = lender.contractTextOf(body);
    const isKept = sha256(body).equals(row.body_sha256) && sha256(text).equals(row.contract_sha256);
    return isKept && (!descent || isDescended(row, descent, vault, lender)) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the first body is the one that the acceptance commits to, and each other the one before it in another form. */
function isDescended(row: DeliveryRow, descent: Descent, vault: SessionVault, lender: Lender): boolean {
  const bodies = bodiesOf(row, descent.reencodes).map(({ sealed }) => vault.open('lender_body', sealed));
  return bodies.every((body, index) => {
    const earlier = bodies[index - 1];
    return earlier ? isRespelling(lender, earlier, body) : isOfAcceptance(descent.accepted, body, vault);
  });
}

function isOfAcceptance(accepted: EventRow | undefined, body: Uint8Array, vault: SessionVault): boolean {
  if (!accepted?.private_sealed || !accepted.salt_sealed) return false;
  const { commits } = vault.openJson<PrivateEventFacts>('event', accepted.private_sealed);
  const made = partHash(vault.open('event_salt', accepted.salt_sealed), body);
  return commits?.[partName.lenderRequest()] === Buffer.from(made).toString('hex');
}
