import { parseArgs } from 'node:util';
import { absolute, paths } from '#lib/paths.ts';
import { writeClient } from '#lib/schema/client/write-client.ts';
import { openApiDocument } from '#lib/schema/openapi.ts';
import { type Command, exitCodes } from './command.ts';
import { readConfig } from './read-config.ts';

export const command: Command = {
  name: 'openapi',
  summary: "the API's description (OpenAPI 3.1), or a client in TypeScript made from it, on standard output",
  usage: `Usage: npm run aceite -- openapi [--client]

Prints what GET /api/v1/openapi.json serves. Needs no running portal.

  --client   print what GET /docs/client.ts serves instead: types and a client for every call, one file without dependencies

Example: npm run --silent aceite -- openapi > openapi.json
         npm run --silent aceite -- openapi --client > aceite-client.ts
`,
  async run(args, io) {
    const { values } = parseArgs({ args, options: { client: { type: 'boolean', default: false } } });
    if (values.client) {
      io.out(writeClient().trimEnd());
      return exitCodes.ok;
    }
    const description = openApiDocument(absolute(readConfig().portalUrl, paths.apiBase()));
    io.out(JSON.stringify(description, null, 2));
    return exitCodes.ok;
  },
};
