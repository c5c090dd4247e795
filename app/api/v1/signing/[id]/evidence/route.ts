import { methods } from '#lib/http/methods.ts';
import { jsonAnswer, problemAnswer } from '#lib/http/problem.ts';
import { route } from '#lib/http/route.ts';
import { readEvidence } from '#lib/usecases/merchant/read-evidence.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({ scope: 'evidence:read' }, async ({ program, merchant, sessionId }) => {
    const result = await readEvidence(program, merchant, sessionId);
    return result.ok ? jsonAnswer(200, result.evidence) : problemAnswer(result.code);
  }),
});
