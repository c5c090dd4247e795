import { methods } from '#lib/http/methods.ts';
import { type ApiAnswer, jsonAnswer, problemAnswer } from '#lib/http/problem.ts';
import { bodyBytesMax } from '#lib/http/read-body.ts';
import { route } from '#lib/http/route.ts';
import { cancelSessionBody } from '#lib/schema/cancel-session.ts';
import { type CancelResult, cancelSession } from '#lib/usecases/merchant/cancel-session.ts';
import { readSession } from '#lib/usecases/merchant/read-session.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({ scope: 'sessions:read' }, async ({ program, merchant, sessionId }) => {
    const result = await readSession(program, merchant, sessionId);
    return result.ok ? jsonAnswer(200, result.session) : problemAnswer(result.code);
  }),
  DELETE: route(
    {
      scope: 'sessions:write',
      body: { schema: cancelSessionBody.optional(), limitBytes: bodyBytesMax.other, isOptional: true },
    },
    ({ program, merchant, sessionId, body, once }) =>
      cancelSession(program, merchant, { sessionId, ...body }, once(renderCancel)),
  ),
});

function renderCancel(result: CancelResult): ApiAnswer {
  if (result.ok) return jsonAnswer(200, result.session);
  const completedAt = 'session' in result && result.session.status === 'COMPLETED' && result.session.completedAt;
  return problemAnswer(result.code, completedAt ? { completedAt } : {});
}
