import { methods } from '#lib/http/methods.ts';
import { jsonAnswer } from '#lib/http/problem.ts';
import { route } from '#lib/http/route.ts';
import { readWebhookKeys } from '#lib/usecases/merchant/read-webhook-keys.ts';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: route({ scope: 'sessions:read' }, async ({ program, merchant }) =>
    jsonAnswer(200, await readWebhookKeys(program, merchant)),
  ),
});
