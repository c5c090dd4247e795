import { webhookCopy } from '#lib/copy/dashboard-webhooks.ts';
import type { StaffLanguage } from '#lib/copy/language.ts';
import type { StaffEndpoint } from '#lib/schema/staff-webhook.ts';
import { Moment } from './moment.tsx';

/** How an endpoint stands, and since when. */
export function WebhookState({ endpoint, language }: { endpoint: StaffEndpoint; language: StaffLanguage }) {
  return (
    <>
      {webhookCopy[language].state[endpoint.state]} <Moment at={endpoint.since} language={language} />
    </>
  );
}

/** What an endpoint has chosen to be told of. */
export function chosenTypes({ eventTypes }: StaffEndpoint, language: StaffLanguage): string {
  return eventTypes.includes('*') ? webhookCopy[language].every : eventTypes.join(', ');
}
