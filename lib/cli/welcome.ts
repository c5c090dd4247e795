import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#lib/config.ts';
import { type SandboxField, sandboxFileName } from '#lib/domain/sandbox-file.ts';
import { absolute, paths } from '#lib/paths.ts';
import type { prepareSandbox } from './sandbox-fixtures.ts';

export type SandboxFixtures = Awaited<ReturnType<typeof prepareSandbox>>;

/** What scripts read about a running sandbox; its shape is part of the outside contract. */
type SandboxFile = Record<Exclude<SandboxField, 'staff'>, string> & { staff: { email: string; password: string } };

const fileIn = (dataDir: string) => join(dataDir, sandboxFileName);

/** Whoever waits for the file waits for this start, not for an earlier one. */
export async function removeSandboxFile({ dataDir }: Config): Promise<void> {
  await rm(fileIn(dataDir), { force: true });
}

/** Holds a key and a password, hence the mode; whole or not at all. */
export async function writeSandboxFile(config: Config, fixtures: SandboxFixtures): Promise<void> {
  const content: SandboxFile = {
    portalUrl: config.portalUrl,
    apiUrl: apiUrlOf(config),
    apiKey: fixtures.apiKey,
    lenderUrl: config.qitech.baseUrl,
    staff: fixtures.staff,
    signingLink: fixtures.signingLink,
    lenderClientPublicKeyFile: fixtures.lenderClientPublicKeyFile,
  };
  const file = fileIn(config.dataDir);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
}

/** What a person needs in order to try everything, and no more. */
export function welcome(config: Config, fixtures: SandboxFixtures | undefined): string {
  const dashboard = absolute(config.portalUrl, paths.dashboard());
  if (!fixtures) return `\nAceite is running: ${config.portalUrl} (dashboard: ${dashboard})\nCtrl-C stops it.\n`;
  return `
Aceite is running in sandbox mode.

  Sign a contract   ${fixtures.signingLink}
  Dashboard         ${dashboard}
                    ${fixtures.staff.email}  ${fixtures.staff.password}
  API               ${apiUrlOf(config)}
                    X-API-Key: ${fixtures.apiKey}
  API reference     ${absolute(config.portalUrl, paths.docs())}
  Lender            ${config.qitech.baseUrl}
  For scripts       ${fileIn(config.dataDir)}

Ctrl-C stops everything; the data stay.
`;
}

const apiUrlOf = ({ portalUrl }: Config): string => absolute(portalUrl, paths.apiSessions().replace(/\/signing$/, ''));
