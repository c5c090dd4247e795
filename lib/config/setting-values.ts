import { accessSync, constants } from 'node:fs';
import { z } from 'zod';
import { addressFault, type PortalMode } from '#lib/domain/settings.ts';

export const portMax = 65_535;
export const text = z.string();
export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port number')
  .transform(Number)
  .refine((value) => value >= 1 && value <= portMax, 'is not a port number');
export const existingFile = z.string().refine(isReadable, 'names a file that is not there or cannot be read');
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
export const postgresAddress = addressWith('a Postgres', ['postgres:', 'postgresql:']);

export function addressWith(kind: string, protocols: string[]) {
  return z.string().refine((value) => protocols.includes(URL.parse(value)?.protocol ?? ''), `is not ${kind} address`);
}

/** An origin. http would show names and links to the network, so it is only for a loopback host in sandbox mode. */
export function portalAddress(mode: PortalMode) {
  return z.string().transform((value, context) => {
    const url = URL.parse(value);
    const fault = url === null ? 'is not an address' : addressFault(url, mode);
    if (url && !fault && `${url.pathname}${url.search}${url.hash}` === '/') return url.origin;
    context.addIssue({ code: 'custom', message: fault ?? 'must not have a path or a query' });
    return z.NEVER;
  });
}

export function lenderAddress(mode: PortalMode) {
  return z.string().transform((value, context) => {
    const url = URL.parse(value);
    const fault = url === null ? 'is not an address' : addressFault(url, mode);
    if (url && !fault && !url.search && !url.hash) return url.href.replace(/\/+$/, '');
    context.addIssue({ code: 'custom', message: fault ?? 'must not have a query' });
    return z.NEVER;
  });
}

/** `none`, or networks and addresses divided by commas or blanks. */
export function proxyList(isProduction: boolean) {
  return z.string().transform((value, context) => {
    const entries = value.split(/[\s,]+/).filter(Boolean);
    if (value.toLowerCase() === 'none') return [];
    for (const entry of entries) {
      const fault = networkFault(entry, isProduction);
      if (fault)
        context.addIssue({ code: 'custom', message: `has the entry ${JSON.stringify(entry)}, which ${fault}` });
    }
    return entries;
  });
}

function networkFault(entry: string, isProduction: boolean): string | undefined {
  if (!network.safeParse(entry).success) return 'is neither an address nor a network';
  return isProduction && entry.endsWith('/0') ? 'would believe everybody' : undefined;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
