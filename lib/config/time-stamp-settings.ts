import { resolve } from 'node:path';
import { z } from 'zod';

/** Who stamps the log's checkpoints, and under which roots their stamps are believed. */
export type TimeStampSettings = {
  /** Empty: nothing is stamped. */
  authorities: { name: string; url: string }[];
  /** PEM, one or more certificates. Absent only without authorities. */
  rootsFile?: string;
  /** True when the portal's own test authorities are meant; their roots file is made when missing. */
  areSandboxAuthorities: boolean;
};

/** Each one costs a request per checkpoint. */
const authoritiesMax = 8;

/** `none`, or name=address pairs divided by commas or blanks. */
export const authorityList = z.string().transform((value, context) => {
  if (value.toLowerCase() === 'none') return [];
  const entries = value.split(/[\s,]+/).filter(Boolean);
  const authorities = entries.map((entry) => {
    const divider = entry.indexOf('=');
    return { name: entry.slice(0, Math.max(0, divider)), url: entry.slice(divider + 1) };
  });
  const refuse = (message: string) => context.addIssue({ code: 'custom', message });
  for (const [index, authority] of authorities.entries()) {
    const fault = authorityFault(authority) ?? (isRepeated(authorities, index) ? 'has a name twice' : undefined);
    if (fault) refuse(`has the entry ${JSON.stringify(entries[index])}, which ${fault}`);
  }
  if (authorities.length > authoritiesMax) refuse(`names more than ${authoritiesMax} authorities`);
  return authorities;
});

/** Names become file names and labels of records. Plain http will do, as most authorities have no other: what they say is signed. */
function authorityFault({ name, url }: { name: string; url: string }): string | undefined {
  if (!/^[a-z0-9-]{1,32}$/.test(name))
    return 'does not begin with a name of lower-case letters, digits and hyphens and =';
  const address = URL.parse(url);
  if (address?.protocol !== 'https:' && address?.protocol !== 'http:') return 'is not an http or https address';
  return address.username || address.password ? 'must not hold a user name or password' : undefined;
}

const isRepeated = (authorities: { name: string }[], index: number): boolean =>
  authorities.findIndex(({ name }) => name === authorities[index]?.name) < index;

/** The sandbox has two, served beside its lender on that port, so that stamps are seen without a network. */
const sandboxAuthorityNames = ['sandbox-a', 'sandbox-b'];

/** What was set, or else, with `sandbox`, the authorities of the sandbox. */
export function timeStampSettings(given: {
  authorities: { name: string; url: string }[] | undefined;
  rootsFile: string | undefined;
  sandbox: { dataDir: string; port: number } | undefined;
}): TimeStampSettings {
  const { authorities, rootsFile, sandbox } = given;
  if (authorities === undefined && sandbox) {
    return {
      authorities: sandboxAuthorityNames.map((name) => ({
        name,
        url: `http://127.0.0.1:${sandbox.port}/sandbox/time-stamps/${name}`,
      })),
      rootsFile: `${sandbox.dataDir}/time-stamp-roots.pem`,
      areSandboxAuthorities: true,
    };
  }
  const all = authorities ?? [];
  return {
    authorities: all,
    ...(rootsFile !== undefined && { rootsFile: resolve(rootsFile) }),
    areSandboxAuthorities: false,
  };
}
