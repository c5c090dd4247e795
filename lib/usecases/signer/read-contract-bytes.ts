import type { Tx } from '#lib/db/database.ts';
import { lockSessionRow, readSignerPageRow } from '#lib/db/sessions.ts';
import { isLive, shownStatus } from '#lib/domain/session-state.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { SignerActor, UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { openSession } from '../open-session.ts';
import { isAccepter, type NotOwn } from './own-session.ts';

export type ContractBytes = { ok: true; bytes: Buffer } | NotOwn;

/**
 * The exact text for the signer's own keeping: while the session is open, and afterwards for the browser that accepted. Another
 * holder of the link gets none once it is closed, because a contract names people.
 */
export function readContractBytes(ctx: UseCaseContext, signer: SignerActor): Promise<ContractBytes> {
  const { workspaceId, sessionId } = signer;
  return ctx.db.transaction<ContractBytes>({ role: 'aceite_app', workspaceId }, async (tx) => {
    const row = await readSignerPageRow(tx, workspaceId, sessionId);
    if (!row || row.link_issue !== signer.linkIssue) return { ok: false, code: 'unauthorized' };
    const isOpen = isLive(shownStatus({ status: row.status, isExpired: row.is_expired }));
    if (!isOpen && !isAccepter(row, signer)) return { ok: false, code: 'session_closed' };
    if (isOpen) await recordDownload(ctx, tx, signer);
    const bytes = openSession(ctx, row).vault.open('contract_text', row.text_sealed);
    if (!sha256(bytes).equals(row.contract_sha256)) throw new Error('the kept contract text does not match its hash');
    return { ok: true, bytes };
  });
}

/** Part of how the text could be read before the act; what is fetched after the end is no part of the story. */
async function recordDownload(ctx: UseCaseContext, tx: Tx, signer: SignerActor): Promise<void> {
  const row = await lockSessionRow(tx, signer.workspaceId, signer.sessionId);
  if (!row || row.is_expired || !isLive(row.status)) return;
  await recordEvent(tx, openSession(ctx, row), { type: 'downloaded', actor: 'signer', request: signer.request });
}
