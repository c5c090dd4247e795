import { paths } from '#lib/paths.ts';
import { costFigures } from './cost-figures.ts';
import type { Figure } from './figure.ts';
import type { BenchRequest } from './http-clients.ts';
import { longContract } from './long-contract.ts';
import { measureCosts, type RequestKind } from './request-cost.ts';
import type { WebBench } from './web-bench.ts';

/** Calls of the API: creating a session with a contract of 30 kB, and reading one. */
export async function measureApi({
  portal,
  clients,
  observed,
  scale,
  signers,
  onProgress,
}: WebBench): Promise<Figure[]> {
  onProgress('requests of the API');
  const headers = { 'X-API-Key': portal.apiKey, Accept: 'application/json' };
  const { text, title } = longContract();
  let created = 0;
  const create = (): BenchRequest => {
    created += 1;
    const body = {
      orderId: `created-${created}`,
      debtKey: `created-${created}`,
      contract: { title, text },
      signerDetails: { name: 'Maria Exemplo da Silva', identity: '52998224725' },
    };
    return {
      method: 'POST',
      path: paths.apiSessions(),
      headers: { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': `bench-${created}` },
      body: JSON.stringify(body),
      status: 201,
    };
  };
  const read: BenchRequest = {
    method: 'GET',
    path: paths.apiSession(signers.accepted.sessionId),
    headers,
    status: 200,
  };
  const kinds: RequestKind[] = [
    { name: 'create a session', send: async () => void (await clients.ask(create())) },
    { name: 'read a session', send: async () => void (await clients.ask(read)) },
  ];
  return costFigures('A request of the API', await measureCosts(kinds, observed, scale));
}
