import { documentAnswer } from '#lib/http/download-answer.ts';
import { linkRoute } from '#lib/http/link-route.ts';
import { methods } from '#lib/http/methods.ts';
import { problemAnswer } from '#lib/http/problem.ts';
import { readDocument } from '#lib/usecases/merchant/read-document.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: linkRoute('sessions:read', async ({ program, reader, sessionId }) => {
    const result = await readDocument(program, reader, sessionId);
    return result.ok ? documentAnswer(result, sessionId) : problemAnswer(result.code);
  }),
});
