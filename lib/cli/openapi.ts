import { parseArgs } from 'node:util';
import { absolute, paths } from '#lib/paths.ts';
import { openApiDocument } from '#lib/schema/openapi.ts';
import { type Command, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';

export const command: Command = {
  name: 'openapi',
  summary: "the API's description (OpenAPI 3.1) on standard output",
  usage: `Usage: npm run aceite -- openapi

Prints what GET /api/v1/openapi.json serves. Needs no running portal.

Example: npm run --silent aceite -- openapi > openapi.json
`,
  async run(args, io) {
    parseArgs({ args, options: {} });
    const description = openApiDocument(absolute(readConfig().portalUrl, paths.apiBase()));
    io.out(JSON.stringify(description, null, 2));
    return exitCodes.ok;
  },
};
