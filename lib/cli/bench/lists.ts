import type { ListFilter } from '#lib/db/sessions.ts';
import { paths } from '#lib/paths.ts';
import { writeCursor } from '#lib/usecases/cursor.ts';
import { listSessions } from '#lib/usecases/merchant/list-sessions.ts';
import { listStaffSessions } from '#lib/usecases/staff/list-sessions.ts';
import { asAdmin, type BenchCluster, type BenchDatabase } from './bench-cluster.ts';
import { type BenchPortal, openBenchPortal } from './bench-portal.ts';
import type { Figure } from './figure.ts';
import { fillSessions, sealSessions } from './fill-sessions.ts';
import { openClients } from './http-clients.ts';
import { median } from './median.ts';
import type { Scale } from './scale.ts';
import { startWebProcess } from './web-process.ts';

/** One page of a list, and what a caller waits for. */
type Page = { name: string; filter: ListFilter; read(): Promise<void> };

type Side = { sessions: number; pages: Page[]; end(): Promise<void> };

/** The API's usual page; the use case reads one row more, to see whether there is another page. */
const pageRows = 20;
/** No page of any list that is measured reads more rows. */
const sealedRows = 30;

/** What a page of a list takes with few and with many sessions in the workspace, side by side in the same run. */
export async function measureLists(
  cluster: BenchCluster,
  scale: Scale,
  onProgress: (message: string) => void,
): Promise<Figure[]> {
  const few = await openSide(cluster, scale.fewSessions, onProgress);
  const many = await openSide(cluster, scale.manySessions, onProgress);
  try {
    const pages = few.pages.flatMap((page, index) => {
      const twin = many.pages[index];
      return twin ? [{ few: page, many: twin, times: { few: [] as number[], many: [] as number[] } }] : [];
    });
    for (const page of pages) {
      await timeCalls(page.few, [], scale.listCalls);
      await timeCalls(page.many, [], scale.listCalls);
    }
    for (let round = 1; round <= scale.rounds; round += 1) {
      onProgress(`lists, round ${round} of ${scale.rounds}`);
      for (const page of pages) {
        for (const side of round % 2 === 1 ? (['few', 'many'] as const) : (['many', 'few'] as const))
          await timeCalls(page[side], page.times[side], scale.listCalls);
      }
    }
    return pages.flatMap((page) => figuresOf(page.few.name, page.times, [few.sessions, many.sessions]));
  } finally {
    await few.end();
    await many.end();
  }
}

async function openSide(cluster: BenchCluster, sessions: number, onProgress: (message: string) => void): Promise<Side> {
  onProgress(`making ${sessions} sessions for the lists`);
  const database = await cluster.newDatabase(`bench_list_${sessions}`, 'production');
  const portal = await openBenchPortal(database.url, cluster.folder, 2);
  await fillSessions(portal, database, sessions, onProgress);
  const web = await startWebProcess(portal, database, cluster.folder);
  const clients = openClients(web.port, 1);
  const overHttp = async (path: string) => {
    await clients.ask({ method: 'GET', path, headers: { 'X-API-Key': portal.apiKey }, status: 200 });
  };
  const pages = pagesOf(portal, await middleOf(database, sessions), overHttp);
  for (const { filter } of pages) await sealSessions(portal, database, filter);
  return {
    sessions,
    pages,
    end: async () => {
      clients.end();
      await web.end();
      await portal.end();
    },
  };
}

type Middle = NonNullable<ListFilter['before']>;

function pagesOf({ ctx, merchant }: BenchPortal, middle: Middle, overHttp: (path: string) => Promise<void>): Page[] {
  const newest = { limit: sealedRows };
  const completed = { limit: sealedRows, status: 'COMPLETED' } as const;
  const staff = { ...merchant, userId: 'bench', role: 'viewer' } as const;
  const list = async (question: Partial<Parameters<typeof listSessions>[2]>) =>
    refuseEmpty((await listSessions(ctx, merchant, { limit: pageRows, ...question })).ok);
  return [
    { name: 'newest', filter: newest, read: () => list({}) },
    { name: 'newest completed', filter: completed, read: () => list({ status: 'COMPLETED' }) },
    {
      name: 'from the middle',
      filter: { ...newest, before: middle },
      read: () => list({ cursor: writeCursor(middle) }),
    },
    {
      name: 'newest for staff',
      filter: newest,
      read: async () => refuseEmpty((await listStaffSessions(ctx, staff, {})).ok),
    },
    { name: 'newest over HTTP', filter: newest, read: () => overHttp(paths.apiSessions()) },
  ];
}

function refuseEmpty(ok: boolean): void {
  if (!ok) throw new Error('a list was refused');
}

async function middleOf({ adminUrl }: BenchDatabase, sessions: number): Promise<Middle> {
  const { rows } = await asAdmin(adminUrl, (admin) =>
    admin.query<Middle>(
      'SELECT id, created_at AS "createdAt" FROM signing_sessions ORDER BY created_at DESC, id DESC OFFSET $1 LIMIT 1',
      [Math.floor(sessions / 2)],
    ),
  );
  const [middle] = rows;
  if (!middle) throw new Error('the list has no middle');
  return middle;
}

/** One call after the other, as one person turns pages. */
async function timeCalls({ read }: Page, times: number[], calls: number): Promise<void> {
  for (let call = 0; call < calls; call += 1) {
    const started = performance.now();
    await read();
    times.push(performance.now() - started);
  }
}

function figuresOf(name: string, times: { few: number[]; many: number[] }, sessions: [number, number]): Figure[] {
  const part = 'A page of the session list, p50';
  const [few, many] = [median(times.few), median(times.many)];
  return [
    { part, name: `${name}, ${sessions[0]} sessions`, unit: 'ms', value: few },
    { part, name: `${name}, ${sessions[1]} sessions`, unit: 'ms', value: many },
    { part, name: `${name}, ratio`, unit: '', value: many / few, goal: { kind: 'at most', value: 2 } },
  ];
}
