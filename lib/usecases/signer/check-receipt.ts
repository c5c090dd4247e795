import { findSessionByReceipt } from '#lib/db/find-session.ts';
import { parseReceiptCode } from '#lib/domain/receipt-code.ts';
import type { ProofEvidence } from '#lib/evidence/evidence-view.ts';
import type { UseCaseContext } from '../context.ts';
import { keptCertificate } from '../evidence/certificate-of.ts';
import { proofFacts } from '../evidence/proof-facts.ts';
import { readProof } from '../evidence/session-proof.ts';
import { readStory, untilTheEnd } from '../evidence/story.ts';
import { findAnySession } from '../find-session.ts';

/** What anybody who holds a receipt code may know: that and when something was signed, its hash and its proof, and nobody's name. */
export type CheckedReceipt = {
  receiptCode: string;
  acceptedAt: Date;
  /** Hexadecimal. */
  contractSha256: string;
  /** `erased` when the term of keeping is over: the proof stays in the public log, the rest is gone. */
  state: 'interim' | 'final' | 'erased';
  proof?: ProofEvidence;
};

/** Looks a receipt code up, as people type it; undefined for one that was never given, is mistyped, or is none. */
export async function checkReceipt(ctx: UseCaseContext, typed: string): Promise<CheckedReceipt | undefined> {
  const code = parseReceiptCode(typed);
  const found = code.ok ? await findSessionByReceipt(ctx.db, code.value) : undefined;
  if (!code.ok || !found) return undefined;
  const { session_id: sessionId, workspace_id: workspaceId } = found;
  return ctx.db.transaction({ role: 'aceite_app', workspaceId, isSnapshot: true }, async (tx) => {
    const session = await findAnySession(ctx, tx, workspaceId, sessionId);
    if (!session?.row.closed_at) return undefined;
    const about = {
      receiptCode: code.value,
      acceptedAt: session.row.closed_at,
      contractSha256: session.row.contract_sha256.toString('hex'),
    };
    if (session.erased) return { ...about, state: 'erased' };
    const story = untilTheEnd(await readStory(tx, session));
    const proof = await readProof(ctx, tx, story);
    const certificate = await keptCertificate(tx, session, story, 'court');
    return { ...about, state: certificate ? 'final' : 'interim', ...(proof && { proof: proofFacts(proof) }) };
  });
}
