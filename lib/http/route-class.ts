/**
 * Kinds of address, for figures and the request log. The address itself never stands there: that of a link is a secret, and those of
 * sessions are many.
 */
const classes = [
  ['link', /^\/s\//],
  ['sign_act', /^\/sign\/[^/]+\/do\//],
  ['sign_text', /^\/sign\/[^/]+\/contract\.txt$/],
  ['sign_document', /^\/sign\/[^/]+\/contract\.pdf$/],
  ['sign_dossier', /^\/sign\/[^/]+\/dossier\.zip$/],
  ['sign_page', /^\/sign(?:\/|$)/],
  ['api_sessions', /^\/api\/v1\/signing$/],
  ['api_providers', /^\/api\/v1\/signing\/providers$/],
  ['api_session', /^\/api\/v1\/signing\/[^/]+$/],
  ['api_evidence', /^\/api\/v1\/signing\/[^/]+\/evidence$/],
  ['api_dossier', /^\/api\/v1\/signing\/[^/]+\/dossier$/],
  ['api_certificate', /^\/api\/v1\/signing\/[^/]+\/certificate$/],
  ['api_document', /^\/api\/v1\/signing\/[^/]+\/document$/],
  ['lender_webhook', /^\/api\/webhooks\/lender$/],
  ['api_other', /^\/api(?:\/|$)/],
  ['dashboard_act', /^\/dashboard\/do\//],
  ['dashboard_data', /^\/dashboard\/data\//],
  ['dashboard_page', /^\/dashboard(?:\/|$)/],
  ['log', /^\/log\//],
  ['return', /^\/return$/],
  ['docs', /^\/docs(?:\/|$)/],
  ['verify', /^\/verify(?:\/|$)/],
  ['health', /^\/health\//],
  ['metrics', /^\/metrics$/],
  ['asset', /^\/(?:_next\/|favicon\.)/],
] as const;

export type RouteClass = (typeof classes)[number][0] | 'other';

/** The class of a request target; its query never matters. */
export function routeClassOf(target: string): RouteClass {
  const path = target.split('?', 1)[0] ?? '/';
  return classes.find(([, shape]) => shape.test(path))?.[0] ?? 'other';
}
