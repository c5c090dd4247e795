import { parseArgs } from 'node:util';
import { type DrillResult, runDrill } from '#lib/usecases/system/run-drill.ts';
import { type Command, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';
import { withProgram } from './with-program.ts';

export const command: Command = {
  name: 'drill',
  summary: 'make some dossiers anew and verify them, as a worker does every day',
  usage: `Usage: npm run aceite -- drill [--json]

Picks settled sessions, the newest ones and others by chance, makes their dossiers anew and verifies each as a stranger would, with the
trust file that "trust" prints. The dashboard and /metrics tell what the last drill brought, this one too. A session that was settled
within the last hour may still wait for its proof.

  --json   print JSON: { "checked", "failed": [{ "sessionId", "workspaceId", "verdict", "checks": [] }] }; checks are those that did not hold,
           verdicts those of "verify", or not_built when no dossier could be made

Exits with 0 when everything was verified, or nothing is settled yet, with ${exitCodes.found} when something failed, with 1 when the drill could not be held.

Example: npm run aceite -- drill
`,
  run: async (args, io) => {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
    const ran = await withProgram(readConfig(), io, (program) => runDrill(program));
    const result = ran ?? { checked: 0, failed: [] };
    io.out(values.json ? JSON.stringify(result) : wordsFor(result));
    return result.failed.length === 0 ? exitCodes.ok : exitCodes.found;
  },
};

function wordsFor({ checked, failed }: DrillResult): string {
  const lines = failed.map(
    ({ sessionId, verdict, checks }) => `${verdict}: session ${sessionId} (${checks.join(', ')})`,
  );
  return [...lines, `${checked} dossiers were checked, ${failed.length} failed.`].join('\n');
}
