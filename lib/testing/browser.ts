import { chromiumPath } from '#lib/config.ts';

/** As root Chromium has no sandbox; the rest keeps it from looking for hosts that are not ours. */
const chromiumArguments = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How every browser test starts Chromium: the one that the check has found, otherwise Playwright's own. */
export function chromiumLaunch(): { args: string[]; executablePath?: string } {
  const path = chromiumPath();
  return { args: chromiumArguments, ...(path !== undefined && { executablePath: path }) };
}
