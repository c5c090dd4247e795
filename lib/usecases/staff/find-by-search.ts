import type { Tx } from '#lib/db/database.ts';
import { type SearchKeys, searchSessions } from '#lib/db/session-search.ts';
import { type AnySessionRow, readSessionRows } from '#lib/db/sessions.ts';
import { parseEmail } from '#lib/domain/email.ts';
import { parseIdentity } from '#lib/domain/identity.ts';
import { parseBrazilianPhone } from '#lib/domain/phone.ts';
import { parseReceiptCode } from '#lib/domain/receipt-code.ts';
import { nameWords, type SearchField, searchedEmail } from '#lib/domain/search-values.ts';
import type { SessionStatus } from '#lib/domain/session-state.ts';
import type { UseCaseContext } from '../context.ts';

/** A search that finds more is too vague to be read; the newest are shown. */
const foundMax = 50;
/** A sixth word of a name no longer tells people apart; the first five find all that the whole name would, and seldom more. */
const nameWordsTaken = 5;
/** Anywhere in what was typed, so that a pasted address of a session works too. */
const sessionIdShape = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/**
 * The sessions that one search key names, newest first: session id, order id, debt key, receipt code in any spelling, CPF or CNPJ in any
 * punctuation, e-mail in any case, phone in any usual way of typing it, words of the name in any order and with or without accents.
 * Details that a signer has since changed find the session too.
 */
export async function findBySearch(
  ctx: UseCaseContext,
  tx: Tx,
  workspaceId: string,
  { q, status }: { q: string; status: SessionStatus | undefined },
): Promise<{ rows: AnySessionRow[]; isCut: boolean }> {
  const keys = searchKeys(ctx, workspaceId, q);
  const ids = await searchSessions(tx, workspaceId, keys, { status, limit: foundMax + 1 });
  return { rows: await readSessionRows(tx, workspaceId, ids.slice(0, foundMax)), isCut: ids.length > foundMax };
}

function searchKeys(ctx: UseCaseContext, workspaceId: string, q: string): SearchKeys {
  const [identity, email, phone] = [parseIdentity(q), parseEmail(q), parseBrazilianPhone(q)];
  const code = parseReceiptCode(q);
  const digest = (field: SearchField, value: string) => ctx.keys.blindIndex(workspaceId, field, value);
  return {
    sessionId: sessionIdShape.exec(q)?.[0].toLowerCase() ?? null,
    // No order id holds control characters, and the database would refuse a NUL; at its ends a paste brings unseen marks along.
    text: q.replace(/[\p{Cc}\p{Cs}]/gu, '').replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, ''),
    receiptCode: code.ok ? code.value : null,
    identityDigest: identity.ok ? digest('identity', identity.value.value) : null,
    emailDigest: email.ok ? digest('email', searchedEmail(email.value)) : null,
    phoneDigest: phone.ok ? digest('phone', phone.value) : null,
    nameDigests: nameWords(q)
      .slice(0, nameWordsTaken)
      .map((word) => digest('name_word', word)),
  };
}
