import type { CheckSettings, RequestCheck } from './check-terms.ts';
import { checkEnvelope } from './envelope-check.ts';
import { checkHeader } from './header-check.ts';
import type { ReceivedRequest } from './received-request.ts';

/** Checks who sent a request and that nothing about it was changed, as strictly as the lender's documents allow. */
export async function checkRequest(request: ReceivedRequest, settings: CheckSettings): Promise<RequestCheck> {
  const { 'api-client-key': key, authorization } = request.headers;
  if (!key) return { ok: false, verdict: 'api_key_missing' };
  if (key !== settings.apiClientKey) return { ok: false, verdict: 'api_key_unknown' };
  if (!authorization) return { ok: false, verdict: 'token_missing' };
  return authorization.startsWith('QIT ')
    ? await checkEnvelope(authorization, request, settings)
    : await checkHeader(authorization, request, settings);
}
