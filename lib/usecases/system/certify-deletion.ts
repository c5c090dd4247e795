import { listEvents } from '#lib/db/events.ts';
import { readKeepingFacts } from '#lib/db/keeping-facts.ts';
import { readTombstone } from '#lib/db/tombstones.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import { type DeletionFacts, deletionCertificate } from '#lib/evidence/deletion-certificate.ts';
import type { UseCaseContext } from '../context.ts';

/** The certificate's exact bytes, and the installation's seal over them (Ed25519, 64 bytes) with its public key (32 bytes). */
export type DeletionProof = { bytes: Uint8Array; signature: Uint8Array; publicKey: Uint8Array };

/** Certifies that a session of the workspace was erased; undefined while it was not, or when there is none. */
export async function certifyDeletion(
  ctx: UseCaseContext,
  workspaceId: string,
  sessionId: string,
): Promise<DeletionProof | undefined> {
  const facts = await ctx.db.transaction({ role: 'aceite_app', workspaceId }, async (tx) => {
    const [stone, session, events] = await Promise.all([
      readTombstone(tx, workspaceId, sessionId),
      readKeepingFacts(tx, workspaceId, sessionId),
      listEvents(tx, workspaceId, sessionId),
    ]);
    const event = events.find(({ hash }) => stone && hash.equals(stone.event_hash));
    if (!stone || !session?.closed_at || !event) return undefined;
    const hex = (bytes: Buffer) => bytes.toString('hex');
    const facts: DeletionFacts = {
      signingSessionId: sessionId,
      workspaceId,
      status: session.status,
      createdAt: session.created_at.toISOString(),
      closedAt: session.closed_at.toISOString(),
      class: stone.class,
      rule: stone.rule,
      ...withoutAbsent({ requestId: stone.request_id }),
      keptUntil: stone.kept_until.toISOString(),
      erasedAt: stone.erased_at.toISOString(),
      contractSha256: hex(stone.contract_sha256),
      rows: stone.rows,
      chain: { events: stone.chain_length, lastHash: hex(stone.chain_head) },
      event: {
        sequence: event.sequence,
        type: event.type,
        data: event.data,
        salt: hex(event.salt ?? Buffer.alloc(0)),
        prevHash: hex(event.prev_hash),
        hash: hex(event.hash),
      },
    };
    return facts;
  });
  if (!facts) return undefined;
  const bytes = deletionCertificate(facts);
  const { sign, publicKey } = ctx.keys.installationSeal();
  return { bytes, signature: sign(bytes), publicKey };
}
