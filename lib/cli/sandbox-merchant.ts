import { findApiKey } from '#lib/db/api-keys.ts';
import { apiScopes } from '#lib/domain/roles.ts';
import type { Program } from '#lib/program.ts';
import { createApiKey } from '#lib/usecases/system/create-api-key.ts';
import { createWorkspace } from '#lib/usecases/system/create-workspace.ts';
import { listWorkspaces } from '#lib/usecases/system/list-workspaces.ts';
import type { WorkspaceView } from '#lib/usecases/system/workspace-view.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { SessionOwner } from './new-session.ts';
import { keepSecret, readKeptSecret } from './sandbox-secrets.ts';

/** The sandbox's own workspace, as the outside contract names it. */
export const sandboxWorkspace = {
  name: 'Loja Exemplo',
  merchantLegalName: 'Loja Exemplo',
  lenderLegalName: 'Credor Exemplo',
  language: 'pt-BR',
} as const;

export type SandboxMerchant = SessionOwner & { apiKey: string };

/**
 * The sandbox's workspace and a live key of it, made when missing. The key's own workspace counts, whatever it is called by now;
 * a key that was revoked, or that another database knows, is replaced.
 */
export async function ensureSandboxMerchant(program: Program): Promise<SandboxMerchant> {
  const kept = await readKeptSecret(program.config, 'sandbox-api-key');
  const known = kept === undefined ? undefined : await findApiKey(program.db, sha256(kept));
  const workspaces = await listWorkspaces(program);
  const own = workspaces.find(({ workspaceId }) => workspaceId === known?.workspace_id);
  if (kept !== undefined && known && own)
    return { workspace: own, apiKey: kept, apiKeyId: known.api_key_id, returnOrigins: known.return_origins };
  const workspace = workspaces.find(({ name }) => name === sandboxWorkspace.name) ?? (await makeWorkspace(program));
  const input = { name: 'sandbox', scopes: [...apiScopes], returnOrigins: ['*'] };
  const made = await createApiKey(program, workspace.workspaceId, input, new Date());
  if (!made.ok) throw new Error(`the sandbox's key was refused: ${made.code}`);
  await keepSecret(program.config, 'sandbox-api-key', made.apiKey);
  const { apiKey, apiKeyId, returnOrigins } = made;
  return { workspace, apiKey, apiKeyId, returnOrigins };
}

/** Another process may make it at the same moment; the name is unique, so both get the same one. */
async function makeWorkspace(program: Program): Promise<WorkspaceView> {
  const made = await createWorkspace(program, sandboxWorkspace, new Date());
  if (made.ok) return made.workspace;
  const theirs = (await listWorkspaces(program)).find(({ name }) => name === sandboxWorkspace.name);
  if (!theirs) throw new Error('a workspace exists and cannot be found');
  return theirs;
}
