import { responseOf } from '#lib/http/answering.ts';
import { methods } from '#lib/http/methods.ts';
import { portalAddress } from '#lib/http/portal-address.ts';
import { jsonAnswer } from '#lib/http/problem.ts';
import { paths } from '#lib/paths.ts';
import { openApiDocument } from '#lib/schema/openapi.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: async () => responseOf(jsonAnswer(200, openApiDocument(portalAddress(paths.apiBase())))),
});
