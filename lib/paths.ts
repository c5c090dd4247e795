import type { SignerPage } from './domain/journey.ts';

/** Every address of the portal, built here and nowhere else. All are paths; `absolute` joins one to PORTAL_URL. */
export const signerActs = ['begin', 'details', 'accept', 'decline', 'withdraw', 'dispute'] as const;
export type SignerAct = (typeof signerActs)[number];

/** The forms of the dashboard. */
type StaffAct =
  | 'login'
  | 'logout'
  | 'cancel'
  | 'search'
  | 'dossier'
  | 'certificate'
  | 'hold'
  | 'lift'
  | 'retry'
  | 'calls'
  | 'reencode'
  | 'create-key'
  | 'rotate-key'
  | 'revoke-key';

const pageAddress = {
  read: '',
  details: '/details',
  review: '/review',
  receipt: '/receipt',
  closed: '',
} as const satisfies Record<SignerPage, string>;

export const paths = {
  link: (token: string) => `/s/${token}`,
  sign: (sessionId: string, page: SignerPage = 'read') => `/sign/${sessionId}${pageAddress[page]}`,
  signAct: (sessionId: string, act: SignerAct) => `/sign/${sessionId}/do/${act}`,
  contractText: (sessionId: string) => `/sign/${sessionId}/contract.txt`,
  signCertificate: (sessionId: string) => `/sign/${sessionId}/certificate`,
  signDocument: (sessionId: string) => `/sign/${sessionId}/contract.pdf`,
  signDossier: (sessionId: string) => `/sign/${sessionId}/dossier.zip`,
  landing: () => '/return',
  dashboard: () => '/dashboard',
  dashboardLogin: () => '/dashboard/login',
  dashboardSessions: () => '/dashboard/sessions',
  dashboardSession: (sessionId: string) => `/dashboard/sessions/${sessionId}`,
  dashboardCertificate: (sessionId: string, version: 'shared' | 'court') =>
    `/dashboard/sessions/${sessionId}/certificate?version=${version}`,
  dashboardCalls: (sessionId: string) => `/dashboard/sessions/${sessionId}/calls`,
  dashboardKeys: () => '/dashboard/keys',
  dashboardRequests: () => '/dashboard/requests',
  dashboardRequest: (requestId: string) => `/dashboard/requests/${requestId}`,
  dashboardWebhooks: () => '/dashboard/webhooks',
  dashboardWebhook: (endpointId: string) => `/dashboard/webhooks/${endpointId}`,
  dashboardWebhookAct: (act: 'create' | 'change') => `/dashboard/do/webhook-${act}`,
  dashboardAct: (act: StaffAct) => `/dashboard/do/${act}`,
  dashboardData: (list: 'sessions' | `sessions/${string}`) => `/dashboard/data/${list}`,
  docs: () => '/docs',
  docsError: (code: string) => `/docs/errors/${code}`,
  docsGuide: (topic: string) => `/docs/guide/${topic}`,
  docsChangelog: () => '/docs/changelog',
  docsClient: () => '/docs/client.ts',
  apiBase: () => '/api/v1',
  apiSessions: () => '/api/v1/signing',
  apiSession: (sessionId: string) => `/api/v1/signing/${sessionId}`,
  apiDocument: (sessionId: string) => `/api/v1/signing/${sessionId}/document`,
  apiCertificate: (sessionId: string) => `/api/v1/signing/${sessionId}/certificate`,
  apiDossier: (sessionId: string) => `/api/v1/signing/${sessionId}/dossier`,
  apiWebhookKeys: () => '/api/v1/webhook-keys',
  apiDescription: () => '/api/v1/openapi.json',
  lenderWebhook: () => '/api/webhooks/lender',
  verify: (receiptCode?: string) => (receiptCode === undefined ? '/verify' : `/verify/${receiptCode}`),
  logFile: (path: string) => `/log/${path}`,
  addressProbe: () => '/api/doctor/address',
  ready: () => '/health/ready',
  live: () => '/health/live',
} as const;

/** The public address of a path. `portalUrl` has no trailing slash. */
export function absolute(portalUrl: string, path: string): string {
  return `${portalUrl}${path}`;
}
