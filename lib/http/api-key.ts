import { createHash } from 'node:crypto';
import { findApiKey } from '#lib/db/api-keys.ts';
import type { ApiScope } from '#lib/domain/roles.ts';
import type { MerchantActor, Program } from '#lib/program.ts';
import { requestFacts } from './peer.ts';

export type ApiKeyAnswer = { ok: true; merchant: MerchantActor } | { ok: false; code: 'unauthorized' | 'forbidden' };

/** What any key of ours looks like; anything else is refused without asking the database. */
const keyShape = /^[\x21-\x7e]{1,200}$/;

/** Who calls, by the key in `X-API-Key`; only its hash is ever compared. Unknown and revoked keys look alike. */
export async function merchantOf(program: Program, headers: Headers, scope: ApiScope): Promise<ApiKeyAnswer> {
  const key = headers.get('x-api-key');
  if (key === null || !keyShape.test(key)) return { ok: false, code: 'unauthorized' };
  const known = await findApiKey(program.db, createHash('sha256').update(key).digest());
  if (!known) return { ok: false, code: 'unauthorized' };
  if (!known.scopes.includes(scope)) return { ok: false, code: 'forbidden' };
  const { api_key_id: apiKeyId, workspace_id: workspaceId, return_origins: returnOrigins } = known;
  return { ok: true, merchant: { workspaceId, apiKeyId, returnOrigins, request: requestFacts() } };
}
