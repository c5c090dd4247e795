import { randomBytes } from 'node:crypto';
import type { Config } from '#lib/config.ts';
import { parseIpAddress } from '#lib/domain/ip-address.ts';
import { isInRange, parseCidr } from '#lib/domain/ip-range.ts';
import { absolute, paths } from '#lib/paths.ts';
import { probeAnswer, type SeenAddress, seenAddress } from '#lib/schema/address-probe.ts';
import { answerMark, isSame, probeToken } from '#lib/vault/address-probe.ts';
import { readKeyFile } from '#lib/vault/key-file.ts';
import { createKeyring, type Keyring } from '#lib/vault/keyring.ts';
import { askAddress, isCertificateFault, type Told } from './ask-address.ts';
import { type Check, type Finding, failed, notChecked, withSettings } from './check.ts';
import { forgedAddress, judgeAddress, judgeDisturbed } from './judge-address.ts';

export const proxyChecks: readonly Check[] = [
  { id: 'proxies', title: 'Proxies in front', run: withSettings(judgeProxies) },
];

/** Asks the portal through its public address what it takes for ours, with a question that only this key file can make. */
async function judgeProxies({ portalUrl, keysFile, trustedProxies }: Config): Promise<Finding> {
  const keys = keyringAt(keysFile);
  if (!keys) return notChecked('Without the key file nobody here may ask the web.', 'Mend what "Key file" names.');
  const told = await ask(keys, portalUrl, { 'X-Forwarded-For': forgedAddress });
  if (!told.ok) return told.finding;
  const { seen, local } = told;
  const isTrusted = isAmong(local.address, trustedProxies);
  if (seen.trust === 'untrusted' && !isTrusted) {
    const plain = await ask(keys, portalUrl, {});
    if (plain.ok && plain.seen.trust === 'trusted_proxy') return judgeDisturbed(seen);
  }
  return judgeAddress({ seen, local, expectsProxy: trustedProxies.length > 0, isTrusted });
}

type Answered = { ok: true; seen: SeenAddress; local: { address: string; port: number } };

async function ask(
  keys: Keyring,
  portalUrl: string,
  headers: Record<string, string>,
): Promise<Answered | { ok: false; finding: Finding }> {
  const nonce = randomBytes(32).toString('base64url');
  const token = probeToken(keys, { nonce, at: new Date() });
  const told = await askAddress(absolute(portalUrl, paths.addressProbe()), { 'X-Aceite-Probe': token, ...headers });
  if (!told.ok) return { ok: false, finding: unreached(portalUrl, told.fault) };
  const seen = told.status === 200 ? readAnswer(keys, nonce, told) : undefined;
  return seen ? { ok: true, seen, local: told.local } : { ok: false, finding: otherAnswer(portalUrl, told.status) };
}

function isAmong(text: string, networks: readonly string[]): boolean {
  const address = parseIpAddress(text);
  const ranges = networks.map(parseCidr).flatMap((cidr) => (cidr.ok ? [cidr.value] : []));
  return address !== undefined && ranges.some((range) => isInRange(address, range));
}

function keyringAt(path: string): Keyring | undefined {
  try {
    return createKeyring(readKeyFile(path));
  } catch {
    return undefined;
  }
}

function readAnswer(keys: Keyring, nonce: string, { body }: Told & { ok: true }): SeenAddress | undefined {
  try {
    const { said, mark } = probeAnswer.parse(JSON.parse(body));
    return isSame(mark, answerMark(keys, nonce, said)) ? seenAddress.parse(JSON.parse(said)) : undefined;
  } catch {
    return undefined;
  }
}

function unreached(portalUrl: string, fault: string): Finding {
  if (isCertificateFault(fault))
    return failed(
      `The certificate of ${portalUrl} cannot be believed (${fault}).`,
      'Renew it, or give the proxy the whole chain.',
    );
  return notChecked(
    `No web answers at ${portalUrl} (${fault}).`,
    'Start it (npm start, or npm run aceite -- serve) and ask again; if it runs, look at PORTAL_URL, its name and its proxy.',
  );
}

function otherAnswer(portalUrl: string, status: number): Finding {
  return failed(
    `${portalUrl} answers with ${status}, and not as the web of this installation.`,
    `Look whether PORTAL_URL leads to this installation, with this key file and version, and whether its proxy lets ${paths.addressProbe()} and the header X-Aceite-Probe through.`,
  );
}
