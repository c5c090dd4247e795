import type { Command } from './command.ts';
import { runPortal } from './start.ts';

export const command: Command = {
  name: 'dev',
  summary: 'the same as start, with hot reload',
  usage: `Usage: npm run dev

The same as npm start, but without a build: a change of a page shows at once. Changes under lib/cli need a new start.
`,
  run: (_args, io) => runPortal(io, true),
};
