import { randomBytes } from 'node:crypto';
import { ensureStaff } from '#lib/auth/staff-accounts.ts';
import { staffAuth } from '#lib/auth/staff-auth.ts';
import type { Program } from '#lib/program.ts';
import { keepSecret, readKeptSecret } from './sandbox-secrets.ts';

/** Nobody types it twice, so it may be long; a person can still copy it from the terminal. */
const passwordBytes = 15;

const account = { email: 'equipe@loja-exemplo.test', name: 'Equipe Loja Exemplo', role: 'admin' } as const;

/** The sandbox's first member of staff, with a password that is the same at each start. */
export async function ensureSandboxStaff(
  program: Program,
  workspaceId: string,
): Promise<{ email: string; password: string }> {
  const { email } = account;
  const kept = await readKeptSecret(program.config, 'sandbox-staff-password');
  const password = kept ?? randomBytes(passwordBytes).toString('base64url');
  await ensureStaff(program, { ...account, workspaceId, password });
  if (kept === undefined) {
    // The account may be older than a data folder that has lost its password. Kept last: a start cut short does it again.
    await setPassword(program, password);
    await keepSecret(program.config, 'sandbox-staff-password', password);
  }
  return { email, password };
}

async function setPassword(program: Program, password: string): Promise<void> {
  const { internalAdapter, password: hasher } = await staffAuth(program).$context;
  const found = await internalAdapter.findUserByEmail(account.email);
  if (!found) throw new Error('the staff account that was just made cannot be found');
  await internalAdapter.updatePassword(found.user.id, await hasher.hash(password));
}
