import { methods } from '#lib/http/methods.ts';
import { jsonAnswer } from '#lib/http/problem.ts';
import { bodyBytesMax } from '#lib/http/read-body.ts';
import { refusedFields, route } from '#lib/http/route.ts';
import { createSessionBody } from '#lib/schema/create-session.ts';
import { listQuery } from '#lib/schema/list-query.ts';
import { createSession } from '#lib/usecases/merchant/create-session.ts';
import { listSessions } from '#lib/usecases/merchant/list-sessions.ts';
import { renderCreate } from './create-answer.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({ scope: 'sessions:read', query: listQuery }, async ({ program, merchant, query }) => {
    const result = await listSessions(program, merchant, query);
    return result.ok ? jsonAnswer(200, result.list) : refusedFields([{ pointer: '/cursor', code: result.code }]);
  }),
  POST: route(
    {
      scope: 'sessions:write',
      body: { schema: createSessionBody, limitBytes: bodyBytesMax.create, isOptional: false },
    },
    ({ program, merchant, body, once }) => createSession(program, merchant, body, once(renderCreate)),
  ),
});
