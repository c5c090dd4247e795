import { dossierAnswer } from '#lib/http/download-answer.ts';
import { methods } from '#lib/http/methods.ts';
import { problemAnswer } from '#lib/http/problem.ts';
import { route } from '#lib/http/route.ts';
import { readDossier } from '#lib/usecases/merchant/read-dossier.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({ scope: 'evidence:read' }, async ({ program, merchant, sessionId }) => {
    const result = await readDossier(program, merchant, sessionId);
    return result.ok ? dossierAnswer(result, sessionId) : problemAnswer(result.code);
  }),
});
