import type { Database } from '#lib/db/database.ts';
import { readAlarmFigures } from '#lib/db/delivery-alarms.ts';
import type { UseCaseContext } from '../context.ts';

export type LenderWatchFigures = {
  alarms: { alarm: string; howMany: number }[];
  /** Hosts that are given a rest at this moment, and how many of the newest calls failed at the worst of all hosts. */
  breakers: { open: number; failedRecently: number };
};

const breakers = {
  name: 'lender_breaker_figures',
  text: 'SELECT host, is_open, failed_recently FROM lender_breaker_figures()',
};

/** How the way to the lender stands, over all workspaces: figures without any identity. */
export async function lenderWatchFigures({ db }: UseCaseContext): Promise<LenderWatchFigures> {
  const [alarms, hosts] = await Promise.all([readAlarmFigures(db), readBreakers(db)]);
  return {
    alarms: alarms.map(({ alarm, how_many }) => ({ alarm, howMany: Number(how_many) })),
    breakers: {
      open: hosts.filter(({ is_open }) => is_open).length,
      failedRecently: Math.max(0, ...hosts.map(({ failed_recently }) => failed_recently)),
    },
  };
}

function readBreakers(db: Database): Promise<{ host: string; is_open: boolean; failed_recently: number }[]> {
  return db.door(breakers, []);
}
