import { createHash, randomUUID } from 'node:crypto';
import type { Tx } from '#lib/db/database.ts';
import {
  findDebtHolders,
  findSignedSessionOfDebt,
  insertSession,
  lockDebtForCreation,
  lockOpenSessionOfDebt,
} from '#lib/db/new-session.ts';
import { recordLapsed } from '#lib/db/session-moves.ts';
import { readSessionRow } from '#lib/db/sessions.ts';
import { checkContractText, displayForm } from '#lib/domain/contract-text.ts';
import { policyVersion } from '#lib/domain/policy.ts';
import { parseReturnUrl, type ReturnAddressRefusal } from '#lib/domain/return-address.ts';
import { detailFields, type KeptDetails } from '#lib/domain/signer-detail.ts';
import { partBytes, partName } from '#lib/evidence/parts.ts';
import type { CreateSessionInput } from '#lib/schema/create-session.ts';
import type { FieldRefusal } from '#lib/schema/field-refusals.ts';
import type { SessionView } from '#lib/schema/session.ts';
import { type InterfaceLanguage, isInterfaceLanguage, type WarningCode } from '#lib/schema/session-terms.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { MerchantActor, UseCaseContext } from '../context.ts';
import { recordEvent } from '../events.ts';
import { indexDetails } from '../index-details.ts';
import { type Once, type Settled, settleOnce } from '../once.ts';
import { type ContractFacts, type OpenSession, openSession } from '../open-session.ts';
import { contractFactsPart, sessionPart } from '../session-parts.ts';
import { sessionView } from '../session-view.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Shorter than this no person can read a contract; longer than 90 days no offer stands (contract of the API). */
const lifetime = { leastMs: 5 * minuteMs, usualMs: 7 * dayMs, mostMs: 90 * dayMs } as const;
/** A credit offer stands for at least two days (CDC art. 54-B III, Lei 14.181/2021). */
const offerStandsMs = 2 * dayMs;
/** Above this the contract is too long for a phone and for the lender's body. */
const contractBytesMax = 1_048_576;

export type CreateResult =
  | { ok: true; session: SessionView; warnings: WarningCode[] }
  /** Without an id when another workspace has the debt: that it has is all that may be told. */
  | { ok: false; code: 'session_already_open'; signingSessionId?: string }
  | { ok: false; code: 'debt_already_signed'; signingSessionId?: string }
  | { ok: false; code: 'validation_failed'; errors: FieldRefusal[] }
  | { ok: false; code: 'return_url_not_allowed'; reason: ReturnAddressRefusal }
  | { ok: false; code: 'contract_hash_mismatch'; sha256: string }
  | {
      ok: false;
      code: 'contract_text_invalid';
      fault: Extract<ReturnType<typeof checkContractText>, { ok: false }>['fault'];
    }
  | { ok: false; code: 'payload_too_large'; limitBytes: number };

/**
 * Creates a signing session: the contract is checked and kept to the byte, the details are sealed, the link is derived. At most one
 * open session per debt in the whole installation, and none for a debt whose signature the lender has or may have.
 */
export async function createSession(
  ctx: UseCaseContext,
  merchant: MerchantActor,
  body: CreateSessionInput,
  once: Once<CreateResult>,
): Promise<Settled> {
  const contract = readContract(body);
  const returnUrl = readReturnUrl(ctx, merchant, body);
  return settleOnce(ctx, once, {
    role: 'aceite_app',
    workspaceId: merchant.workspaceId,
    isKept: (result) => result.ok || result.code === 'session_already_open' || result.code === 'debt_already_signed',
    effect: async (tx) => {
      if (!contract.ok) return contract;
      if (!returnUrl.ok) return returnUrl;
      return createInTransaction(ctx, tx, merchant, { ...body, contract, returnUrl: returnUrl.value });
    },
  });
}

type CheckedContract = {
  ok: true;
  facts: ContractFacts;
  bytes: Buffer;
  text: string;
  language?: string;
  warnings: WarningCode[];
};

function readContract({
  contract,
  summary,
}: CreateSessionInput): CheckedContract | Extract<CreateResult, { ok: false }> {
  const bytes = Buffer.from(contract.text, 'utf8');
  if (bytes.length > contractBytesMax) return { ok: false, code: 'payload_too_large', limitBytes: contractBytesMax };
  const checked = checkContractText(contract.text);
  if (!checked.ok) return { ok: false, code: 'contract_text_invalid', fault: checked.fault };
  const hash = sha256(bytes).toString('hex');
  if (contract.sha256 !== undefined && contract.sha256 !== hash)
    return { ok: false, code: 'contract_hash_mismatch', sha256: hash };
  const { title, version, language, text } = contract;
  const facts = { title, ...(version !== undefined && { version }), summary: summary ?? [] };
  return { ok: true, facts, bytes, text, warnings: [...checked.warnings], ...(language !== undefined && { language }) };
}

function readReturnUrl(ctx: UseCaseContext, merchant: MerchantActor, { returnUrl }: CreateSessionInput) {
  if (returnUrl === undefined) return { ok: true as const, value: null };
  const parsed = parseReturnUrl(returnUrl, { allowedOrigins: merchant.returnOrigins, isSandbox: ctx.isSandbox });
  if (parsed.ok) return parsed;
  return { ok: false as const, code: 'return_url_not_allowed' as const, reason: parsed.code };
}

type CheckedBody = Omit<CreateSessionInput, 'contract' | 'returnUrl'> & {
  contract: CheckedContract;
  returnUrl: string | null;
};

async function createInTransaction(
  ctx: UseCaseContext,
  tx: Tx,
  merchant: MerchantActor,
  body: CheckedBody,
): Promise<CreateResult> {
  const { workspaceId } = merchant;
  const workspace = await lockDebtForCreation(tx, workspaceId, body.debtKey);
  if (!workspace) throw new Error('an API key names a workspace that does not exist');
  const errors = checkTimes(body, workspace.now);
  if (errors.length > 0) return { ok: false, code: 'validation_failed', errors };
  const taken = await whoHasTheDebt(tx, workspaceId, body.debtKey);
  if (taken) return taken;

  const id = randomUUID();
  const expiresAt = body.expiresAt ?? new Date(workspace.now.getTime() + lifetime.usualMs);
  await writeSession(ctx, tx, merchant, { id, expiresAt, language: chooseLanguage(body, workspace.language), body });
  const row = await readSessionRow(tx, workspaceId, id);
  if (!row) throw new Error('a session that was just written cannot be read');
  const session = openSession(ctx, row);
  await recordEvent(tx, session, {
    type: 'created',
    actor: 'merchant',
    actorId: merchant.apiKeyId,
    data: { policyVersion },
    request: merchant.request,
    parts: createdParts(session, body.contract),
  });
  const isShort = expiresAt.getTime() - workspace.now.getTime() < offerStandsMs;
  const warnings: WarningCode[] = [...body.contract.warnings, ...(isShort ? (['offer_under_two_days'] as const) : [])];
  return { ok: true, session: sessionView(ctx, session), warnings };
}

function checkTimes({ expiresAt }: CheckedBody, now: Date): FieldRefusal[] {
  if (!expiresAt) return [];
  const ahead = expiresAt.getTime() - now.getTime();
  if (ahead < lifetime.leastMs)
    return [{ pointer: '/expiresAt', code: 'too_soon', details: { minutes: lifetime.leastMs / minuteMs } }];
  if (ahead > lifetime.mostMs)
    return [{ pointer: '/expiresAt', code: 'too_late', details: { days: lifetime.mostMs / dayMs } }];
  return [];
}

async function whoHasTheDebt(
  tx: Tx,
  workspaceId: string,
  debtKey: string,
): Promise<Extract<CreateResult, { ok: false }> | undefined> {
  const open = await lockOpenSessionOfDebt(tx, workspaceId, debtKey);
  if (open && !open.is_expired) return { ok: false, code: 'session_already_open', signingSessionId: open.id };
  if (open) await recordLapsed(tx, workspaceId, open.id);
  // Asked after the lock: an acceptance that was on its way has committed by now, and its delivery is visible.
  const signed = await findSignedSessionOfDebt(tx, workspaceId, debtKey);
  if (signed) return { ok: false, code: 'debt_already_signed', signingSessionId: signed };
  const [elsewhere] = (await findDebtHolders(tx, debtKey)).filter((holder) => holder.workspace_id !== workspaceId);
  return elsewhere && { ok: false, code: elsewhere.is_signed ? 'debt_already_signed' : 'session_already_open' };
}

function chooseLanguage(body: CheckedBody, workspaceLanguage: string): InterfaceLanguage {
  const wishes = [body.language, body.contract.language, workspaceLanguage];
  return wishes.find((wish) => isInterfaceLanguage(wish)) ?? 'en';
}

/** What the session is about, its contract and the merchant's prefill: all that later events build on. */
function createdParts(session: OpenSession, { bytes }: CheckedContract): Record<string, Uint8Array> {
  return {
    [partName.session]: partBytes(sessionPart(session)),
    [partName.contract]: bytes,
    [partName.contractFacts]: partBytes(contractFactsPart(session)),
    [partName.details(1)]: partBytes({ version: 1, setBy: 'merchant', details: session.details }),
  };
}

type SessionToWrite = { id: string; expiresAt: Date; language: InterfaceLanguage; body: CheckedBody };

async function writeSession(
  ctx: UseCaseContext,
  tx: Tx,
  merchant: MerchantActor,
  { id, expiresAt, language, body }: SessionToWrite,
) {
  const place = { workspaceId: merchant.workspaceId, sessionId: id };
  const { vault, wrapped } = ctx.keys.newSessionVault(place);
  const { contract } = body;
  await insertSession(tx, {
    id,
    workspaceId: merchant.workspaceId,
    apiKeyId: merchant.apiKeyId,
    orderId: body.orderId,
    debtKey: body.debtKey,
    language,
    expiresAt,
    linkSha256: sha256(ctx.keys.linkToken(id, 1)),
    returnUrl: body.returnUrl,
    signingDeadline: body.signingDeadline ?? null,
    finalDueDate: body.finalDueDate ?? null,
    contractSha256: sha256(contract.bytes),
    contractBytes: contract.bytes.length,
    contractLanguage: contract.language ?? null,
    metadataSealed: body.metadata ? vault.sealJson('metadata', body.metadata) : null,
    ...wrapped,
    textSealed: vault.seal('contract_text', contract.bytes),
    factsSealed: vault.sealJson('contract_facts', contract.facts),
    sha3: createHash('sha3-256').update(contract.bytes).digest(),
    displaySha256: sha256(displayForm(contract.text)),
    characterCount: [...contract.text].length,
    detailsSealed: vault.sealJson('details', givenDetails(body)),
  });
  await indexDetails(ctx, tx, place, body.signerDetails ?? {});
}

function givenDetails({ signerDetails }: CheckedBody): KeptDetails {
  const details: KeptDetails = {};
  for (const field of detailFields) {
    const value = signerDetails?.[field];
    if (value !== undefined) details[field] = { value, source: 'merchant' };
  }
  return details;
}
