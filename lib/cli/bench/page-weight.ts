import { gunzipSync, gzipSync } from 'node:zlib';
import type { Figure } from './figure.ts';
import type { HttpClients } from './http-clients.ts';
import { signingPages } from './page-views.ts';
import { viewOf } from './signer-requests.ts';
import type { WebBench } from './web-bench.ts';

const part = 'Weight of a signing page, contract of 30 kB';
const bytesPerKilobyte = 1000;

/** What a browser fetches before anything is touched, compressed as it travels. What scripts load later is the business of a browser test. */
export async function measureWeight({ portal, clients, signers }: WebBench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { page, shows } of signingPages) {
    const document = await fetchBytes(clients, viewOf(portal.ctx, signers[shows], page));
    const files = filesIn(document.text);
    const sizes = await Promise.all(
      files.map(async (path) => ({
        path,
        bytes: (await fetchBytes(clients, { method: 'GET', path, status: 200 })).bytes,
      })),
    );
    const scripts = sum(sizes.filter(({ path }) => isScript(path)));
    const all = document.bytes + sum(sizes);
    const kilobytes = (bytes: number) => ({ unit: 'kB gzip', value: bytes / bytesPerKilobyte });
    figures.push(
      { part, name: `${page}: scripts that it names`, ...kilobytes(scripts), goal: { kind: 'at most', value: 145 } },
      { part, name: `${page}: all`, ...kilobytes(all), goal: { kind: 'at most', value: 185 } },
      { part, name: `${page}: the document alone`, ...kilobytes(document.bytes) },
    );
  }
  return figures;
}

type Weighed = { text: string; bytes: number };

async function fetchBytes(clients: HttpClients, question: Parameters<HttpClients['ask']>[0]): Promise<Weighed> {
  const { body, isCompressed } = await clients.ask(question);
  return isCompressed
    ? { text: gunzipSync(body).toString(), bytes: body.length }
    : { text: body.toString(), bytes: gzipSync(body).length };
}

/** Scripts and style sheets in the markup, each once. A script for browsers without modules is fetched by none that we know. */
function filesIn(html: string): string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const fetched = tags.filter((tag) => !/\bnomodule\b/i.test(tag)).filter(isScriptOrStyle);
  const paths = fetched.flatMap((tag) => /\b(?:src|href)="([^"]+)"/.exec(tag)?.[1] ?? []);
  return [...new Set(paths.map((path) => path.replaceAll('&amp;', '&')))];
}

const isScriptOrStyle = (tag: string): boolean => /^<script|rel="stylesheet"|as="script"|rel="modulepreload"/.test(tag);
const isScript = (path: string): boolean => /\.js(?:\?|$)/.test(path);
const sum = (sizes: { bytes: number }[]): number => sizes.reduce((total, { bytes }) => total + bytes, 0);
