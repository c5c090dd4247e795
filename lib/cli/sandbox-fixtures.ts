import { compose } from '#lib/compose.ts';
import type { Config } from '#lib/config.ts';
import { absolute, paths } from '#lib/paths.ts';
import type { Program } from '#lib/program.ts';
import { readClock } from './clock.ts';
import { newSession, type SessionOwner } from './new-session.ts';
import { tellSandboxClock } from './sandbox-clock.ts';
import { ensureSandboxMerchant } from './sandbox-merchant.ts';
import { makeSandboxSecrets } from './sandbox-secrets.ts';
import { ensureSandboxStaff } from './sandbox-staff.ts';

/**
 * Puts everything into a migrated sandbox that a person needs in order to try it: secrets, workspace, key and staff as at the
 * first start, and a session of this start's own. Throws CommandFailure when the secrets of what is there are lost.
 */
export async function prepareSandbox(config: Config & { databaseUrl: string }): Promise<{
  apiKey: string;
  staff: { email: string; password: string };
  signingLink: string;
  lenderClientPublicKeyFile: string;
}> {
  const { publicKeyFile } = await makeSandboxSecrets(config);
  const program = await compose(config);
  try {
    tellSandboxClock(config.dataDir, await readClock(program));
    const merchant = await ensureSandboxMerchant(program);
    const staff = await ensureSandboxStaff(program, merchant.workspace.workspaceId);
    const signingLink = await newSigningLink(program, merchant);
    return { apiKey: merchant.apiKey, staff, signingLink, lenderClientPublicKeyFile: publicKeyFile };
  } finally {
    await program.end();
  }
}

/** E-mail and phone are left for the signer to type. */
async function newSigningLink(program: Program, owner: SessionOwner): Promise<string> {
  const created = await newSession(program, owner, { returnUrl: absolute(program.portalUrl, paths.landing()) });
  if (!created.ok || !('redirectUrl' in created.session))
    throw new Error(`the sandbox's own session was refused: ${JSON.stringify(created)}`);
  return created.session.redirectUrl;
}
