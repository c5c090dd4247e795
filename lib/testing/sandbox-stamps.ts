import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timeStampRequest } from '#lib/evidence/verify/time-stamp/request.ts';
import { verifyTimeStamp } from '#lib/evidence/verify/time-stamp/verify.ts';
import { createAuthority } from '#lib/providers/rfc3161/client.ts';
import { sandboxAuthorities } from '#lib/providers/rfc3161/sandbox/sandbox-authorities.ts';
import { sandboxRoots } from '#lib/providers/rfc3161/sandbox-roots.ts';
import type { TimeStampAuthority, TimeStampProtocol } from '#lib/providers/time-stamps.ts';

/** Sandbox authorities on a port of their own, and clients that believe them. */
export type SandboxStamps = {
  authorities: TimeStampAuthority[];
  roots: string;
  urlOf(name: string): string;
  /** Takes an authority away, or has it back. */
  turn(name: string, act: 'away' | 'back'): Promise<void>;
  /** Whether a stamp of this digest holds under the roots, as a stranger checks it years later. */
  verify(response: Uint8Array, digest: Uint8Array): ReturnType<typeof verifyTimeStamp>;
  /** How many stamps an authority was asked for, answered or not. */
  asked(name: string): number;
  end(): Promise<void>;
};

/** `now` is their clock. */
export async function startSandboxStamps(names: string[], now = () => new Date()): Promise<SandboxStamps> {
  const folder = mkdtempSync(join(tmpdir(), 'aceite-stamps-'));
  const handle = await sandboxAuthorities({ names, folder, now });
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const name = /\/([a-z0-9-]+)$/.exec(request.url ?? '')?.[1] ?? '';
    asked.set(name, (asked.get(name) ?? 0) + 1);
    if (!handle(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const urlOf = (name: string) => `http://127.0.0.1:${address.port}/sandbox/time-stamps/${name}`;
  const roots = await sandboxRoots({ folder, names, file: join(folder, 'time-stamp-roots.pem') });
  return {
    authorities: names.map((name) => createAuthority({ name, url: urlOf(name), protocol: protocolOf(roots) })),
    roots,
    urlOf,
    turn: async (name, act) => {
      const { status } = await fetch(`${urlOf(name)}/${act}`, { method: 'POST' });
      if (status !== 204) throw new Error(`the authority did not go ${act}: ${status}`);
    },
    verify: (response, digest) => verifyTimeStamp({ response, digest, roots: [roots] }),
    asked: (name) => asked.get(name) ?? 0,
    end: async () => {
      server.closeAllConnections();
      await new Promise((settle) => server.close(settle));
      rmSync(folder, { recursive: true });
    },
  };
}

/** The protocol as the program wires it. */
export function protocolOf(roots: string): TimeStampProtocol {
  return { request: timeStampRequest, check: (answer) => verifyTimeStamp({ ...answer, roots: [roots] }) };
}
