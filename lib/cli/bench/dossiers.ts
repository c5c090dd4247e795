import { readDossier } from '#lib/usecases/merchant/read-dossier.ts';
import type { BenchSandbox } from './bench-sandbox.ts';
import { cpuMsPerRound } from './cpu-time.ts';
import { type Figure, ofRounds } from './figure.ts';
import type { Scale } from './scale.ts';

const part = 'A final dossier, contract of 30 kB';

/** What building a final dossier costs this process; Postgres, which reads the rows, is another. */
export async function measureDossiers(
  { ctx, merchant }: BenchSandbox,
  sessionId: string,
  scale: Scale,
  onProgress: (message: string) => void,
): Promise<Figure[]> {
  onProgress('building dossiers');
  const build = async () => {
    const dossier = await readDossier(ctx, merchant, sessionId);
    if (!dossier.ok || dossier.state !== 'final') throw new Error('a session of a benchmark has no final dossier');
    return dossier.bytes;
  };
  const { length } = await build();
  const cpu = await cpuMsPerRound(scale, build);
  return [
    { part, name: 'CPU of building it', unit: 'ms', ...ofRounds(cpu), goal: { kind: 'at most', value: 150 } },
    { part, name: 'its length', unit: 'kB', value: length / 1000 },
  ];
}
