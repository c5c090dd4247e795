import { aceite } from './command-line.ts';

export type Told = { id: string; title: string; status: string; sentence: string; whatToDo?: string[] };

/** What `aceite doctor --json` says of each thing, by its id, with the settings that the test has put into the environment. */
export async function doctor(): Promise<{ code: number; isWell: boolean; out: string; of(id: string): Told }> {
  const { code, out } = await aceite('doctor', '--json');
  const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: Told[] };
  return {
    code,
    isWell: ok,
    out,
    of: (id) => {
      const told = checks.find((check) => check.id === id);
      if (!told) throw new Error(`the doctor has no check ${id}`);
      return told;
    },
  };
}
