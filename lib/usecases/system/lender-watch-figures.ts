import { readAlarmFigures } from '#lib/db/delivery-alarms.ts';
import { readBreakers } from '#lib/db/lender-breakers.ts';
import type { UseCaseContext } from '../context.ts';

export type LenderWatchFigures = {
  alarms: { alarm: string; howMany: number }[];
  /** Hosts that are given a rest at this moment, and how many of the newest calls failed at the worst of all hosts. */
  breakers: { open: number; failedRecently: number };
};

/** How the way to the lender stands, over all workspaces: figures without any identity. */
export async function lenderWatchFigures({ db }: Pick<UseCaseContext, 'db'>): Promise<LenderWatchFigures> {
  const [alarms, hosts] = await Promise.all([readAlarmFigures(db), readBreakers(db)]);
  return {
    alarms: alarms.map(({ alarm, how_many }) => ({ alarm, howMany: Number(how_many) })),
    breakers: {
      open: hosts.filter(({ is_open }) => is_open).length,
      failedRecently: Math.max(0, ...hosts.map(({ failed_recently }) => failed_recently)),
    },
  };
}
