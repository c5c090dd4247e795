import { responseOf } from '#lib/http/answering.ts';
import { methods } from '#lib/http/methods.ts';
import { apiHeaders } from '#lib/http/problem.ts';
import { writeClient } from '#lib/schema/client/write-client.ts';

/** The typed client, to be saved beside the code that uses it. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: async () =>
    responseOf({
      status: 200,
      headers: {
        ...apiHeaders,
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Disposition': 'attachment; filename="aceite-client.ts"',
      },
      bytes: Buffer.from(writeClient()),
    }),
});
