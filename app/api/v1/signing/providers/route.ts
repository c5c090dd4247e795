import { methods } from '#lib/http/methods.ts';
import { jsonAnswer } from '#lib/http/problem.ts';
import { route } from '#lib/http/route.ts';
import { providerList } from '#lib/schema/provider.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({ scope: 'sessions:read' }, async () => jsonAnswer(200, providerList)),
});
