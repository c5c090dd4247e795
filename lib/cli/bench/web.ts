import { acceptOne } from './accept-rate.ts';
import { measureApi } from './api-requests.ts';
import type { BenchCluster } from './bench-cluster.ts';
import { openBenchPortal } from './bench-portal.ts';
import type { Figure } from './figure.ts';
import { measureHttpAcceptances } from './http-acceptances.ts';
import { openClients } from './http-clients.ts';
import { measurePages } from './page-views.ts';
import { measureWeight } from './page-weight.ts';
import { procMissing, residentMiBOf } from './process-usage.ts';
import type { Scale } from './scale.ts';
import { makeWaitingSessions, waitingActs } from './waiting-sessions.ts';
import { startWebProcess } from './web-process.ts';

/** Sessions for the pages: one stays open, one is accepted. The acceptances take theirs from zero on. */
const shownNumbers = { open: -1, accepted: -2 };

/** All that is measured on a web process as production runs it, over HTTP: memory, acceptances, pages, the API. */
export async function measureWeb(
  cluster: BenchCluster,
  scale: Scale,
  onProgress: (message: string) => void,
): Promise<Figure[]> {
  const database = await cluster.newDatabase('bench_web', 'production');
  const portal = await openBenchPortal(database.url, cluster.folder, scale.clients);
  const web = await startWebProcess(portal, database, cluster.folder);
  const clients = openClients(web.port, scale.clients);
  try {
    const afterStart = await residentMiBOf(web.pid);
    const [open, accepted] = await shownActs(portal);
    await acceptOne(portal.ctx, accepted);
    const signers = { open: open.signer, accepted: accepted.signer };
    const observed = { pid: web.pid, statisticsUrl: cluster.statisticsUrl, databaseUrl: database.url };
    const bench = { portal, clients, observed, scale, signers, onProgress };
    const figures = [
      ...(await measurePages(bench)),
      ...(await measureWeight(bench)),
      ...(await measureApi(bench)),
      ...(await measureHttpAcceptances(bench)),
    ];
    return [...memoryFigures(afterStart, await residentMiBOf(web.pid)), ...figures];
  } finally {
    clients.end();
    await web.end();
    await portal.end();
  }
}

async function shownActs(portal: Parameters<typeof waitingActs>[0]) {
  const numbers = [shownNumbers.open, shownNumbers.accepted];
  await makeWaitingSessions(portal, numbers);
  const [open, accepted] = await waitingActs(portal, numbers);
  if (!open || !accepted) throw new Error('no session for the pages was made');
  return [open, accepted] as const;
}

function memoryFigures(afterStart: number | undefined, afterLoad: number | undefined): Figure[] {
  const part = 'Memory of the web process';
  const figure = (name: string, mebibytes: number | undefined): Figure => ({
    part,
    name,
    unit: 'MiB',
    ...(mebibytes === undefined ? { note: procMissing } : { value: mebibytes }),
  });
  return [
    { ...figure('after its start', afterStart), goal: { kind: 'at most', value: 200 } },
    figure('after all requests below', afterLoad),
  ];
}
