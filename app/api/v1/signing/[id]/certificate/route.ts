import { certificateAnswer } from '#lib/http/download-answer.ts';
import { methods } from '#lib/http/methods.ts';
import { problemAnswer } from '#lib/http/problem.ts';
import { route } from '#lib/http/route.ts';
import { certificateQuery } from '#lib/schema/certificate-query.ts';
import { readCertificate } from '#lib/usecases/merchant/read-certificate.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route(
    { scope: 'evidence:read', query: certificateQuery },
    async ({ program, merchant, sessionId, query: { version } }) => {
      const result = await readCertificate(program, merchant, sessionId, version);
      return result.ok ? certificateAnswer(result, sessionId, version) : problemAnswer(result.code);
    },
  ),
});
