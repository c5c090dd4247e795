import { type Figure, ofRounds } from './figure.ts';
import { inParallel } from './in-parallel.ts';
import { cpuMsOf, procMissing } from './process-usage.ts';
import { pressOf } from './signer-requests.ts';
import { makeWaitingSessions, waitingActs } from './waiting-sessions.ts';
import type { WebBench } from './web-bench.ts';

const part = 'Acceptances over HTTP, one web process';

/** Presses of the button as a browser posts them, from so many clients at once; this process, which presses, shares the machine. */
export async function measureHttpAcceptances(bench: WebBench): Promise<Figure[]> {
  const { scale, onProgress } = bench;
  const press = pressing(bench);
  await press(scale.warmUpRequests);
  const { perSecond: pace } = await press(scale.clients * scale.trialPerClient);
  const pressed: Pressed[] = [];
  for (let round = 1; round <= scale.rounds; round += 1) {
    onProgress(`acceptances over HTTP, round ${round} of ${scale.rounds}`);
    pressed.push(await press(Math.ceil(pace * scale.seconds)));
  }
  const cpu = pressed.flatMap(({ cpuMsEach }) => cpuMsEach ?? []);
  return [
    {
      part,
      name: `${scale.clients} clients`,
      unit: 'per second',
      ...ofRounds(pressed.map(({ perSecond }) => perSecond)),
    },
    {
      part,
      name: 'CPU of the web process for each',
      unit: 'ms',
      ...(cpu.length > 0 ? ofRounds(cpu) : { note: procMissing }),
    },
  ];
}

type Pressed = { perSecond: number; cpuMsEach: number | undefined };

/** Makes that many sessions, and times their acceptance alone. */
function pressing({ portal, clients, observed, scale }: WebBench): (count: number) => Promise<Pressed> {
  let next = 0;
  return async (count) => {
    const first = next;
    next += count;
    const numbers = Array.from({ length: count }, (_, index) => first + index);
    await makeWaitingSessions(portal, numbers);
    const presses = (await waitingActs(portal, numbers)).map((act) => pressOf(portal.ctx, act));
    const started = { at: performance.now(), cpu: await cpuMsOf(observed.pid) };
    await inParallel(presses, scale.clients, async (press) => void (await clients.ask(press)));
    const seconds = (performance.now() - started.at) / 1000;
    const cpu = await cpuMsOf(observed.pid);
    const cpuMsEach = cpu === undefined || started.cpu === undefined ? undefined : (cpu - started.cpu) / count;
    return { perSecond: count / seconds, cpuMsEach };
  };
}
