import { createHash } from 'node:crypto';
import { findApiKey, noteApiKeyUse } from '#lib/db/api-keys.ts';
import { isAllowedAddress } from '#lib/domain/allowed-address.ts';
import type { ApiScope } from '#lib/domain/roles.ts';
import type { MerchantActor, Program, RequestFacts } from '#lib/program.ts';
import { requestFacts } from './peer.ts';

/** A live key and whose it is, whatever it may do. */
export type KnownCaller = Pick<MerchantActor, 'workspaceId' | 'apiKeyId'>;
/** Whoever has a good key is told which scope it lacks. */
export type RefusedCaller =
  | { code: 'unauthorized' }
  | { code: 'forbidden'; missingScope: ApiScope; caller: KnownCaller };
export type ApiKeyAnswer = { ok: true; merchant: MerchantActor } | ({ ok: false } & RefusedCaller);

/** What any key of ours looks like; anything else is refused without asking the database. */
const keyShape = /^[\x21-\x7e]{1,200}$/;

/**
 * Who calls, by the key in `X-API-Key`; only its hash is ever compared. A key that is unknown, revoked, past its end or used from where it
 * may not be looks alike: whoever has stolen it learns nothing.
 */
export async function merchantOf(program: Program, headers: Headers, scope: ApiScope): Promise<ApiKeyAnswer> {
  const key = headers.get('x-api-key');
  if (key === null || !keyShape.test(key)) return { ok: false, code: 'unauthorized' };
  const known = await findApiKey(program.db, createHash('sha256').update(key).digest());
  const request = requestFacts();
  if (!known || !isAllowedAddress(vouchedAddress(request), known.allowed_addresses))
    return { ok: false, code: 'unauthorized' };
  const { api_key_id: apiKeyId, workspace_id: workspaceId, return_origins: returnOrigins } = known;
  if (known.is_use_due) noteUse(program, apiKeyId);
  if (!known.scopes.includes(scope))
    return { ok: false, code: 'forbidden', missingScope: scope, caller: { workspaceId, apiKeyId } };
  return { ok: true, merchant: { workspaceId, apiKeyId, returnOrigins, request } };
}

/** An address that only the client itself, or a chain that broke, names is none. */
const vouchedAddress = ({ ip, ipTrust }: RequestFacts): string | undefined =>
  ipTrust === 'untrusted' ? undefined : ip;

/** Beside the call, which does not wait for it and does not fail with it. */
function noteUse(program: Program, apiKeyId: string): void {
  noteApiKeyUse(program.db, apiKeyId).catch((error: unknown) =>
    program.log.warn({ error }, 'the use of a key was not written down'),
  );
}
