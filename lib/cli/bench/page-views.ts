import { costFigures } from './cost-figures.ts';
import type { Figure } from './figure.ts';
import { measureCosts, type RequestKind } from './request-cost.ts';
import { viewOf } from './signer-requests.ts';
import type { WebBench } from './web-bench.ts';

/** Pages of the signer, with a contract of 30 kB: CPU and statements for one view. */
export async function measurePages({
  portal,
  clients,
  observed,
  scale,
  signers,
  onProgress,
}: WebBench): Promise<Figure[]> {
  onProgress('views of the signing pages');
  const kinds = signingPages.map(({ page, shows }): RequestKind => {
    const question = viewOf(portal.ctx, signers[shows], page);
    return { name: page, send: async () => void (await clients.ask(question)) };
  });
  const costs = await measureCosts(kinds, observed, scale);
  return costFigures('A view of a signing page', costs, { cpuMs: 4, statements: 3 });
}

/** Every page that has the weight of a contract or of the journey, and the session that shows it. */
export const signingPages = [
  { page: 'read', shows: 'open' },
  { page: 'details', shows: 'open' },
  { page: 'review', shows: 'open' },
  { page: 'receipt', shows: 'accepted' },
] as const;
