import { parseArgs } from 'node:util';
import { loadConfig } from '#lib/config.ts';
import { absolute, paths } from '#lib/paths.ts';
import { openApiDocument } from '#lib/schema/openapi.ts';
import { type Command, CommandFailure, exitCodes } from './command.ts';
import { describeProblems } from './problems.ts';

export const command: Command = {
  name: 'openapi',
  summary: "the API's description (OpenAPI 3.1) on standard output",
  usage: `Usage: npm run aceite -- openapi

Prints what GET /api/v1/openapi.json serves. Needs no running portal.

Example: npm run --silent aceite -- openapi > openapi.json
`,
  async run(args, io) {
    parseArgs({ args, options: {} });
    const loaded = loadConfig();
    if (!loaded.ok) throw new CommandFailure(describeProblems(loaded.problems));
    io.out(JSON.stringify(openApiDocument(absolute(loaded.config.portalUrl, paths.apiBase())), undefined, 2));
    return exitCodes.ok;
  },
};
