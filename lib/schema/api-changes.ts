export type ApiChange = { version: string; title: string; changes: readonly string[] };

/**
 * What has changed for those who call the API, newest first; the description bears the newest version. The middle number grows with what is
 * added, the first with what breaks, and then the base address changes with it.
 */
export const apiChanges: readonly [ApiChange, ...ApiChange[]] = [
  {
    version: '1.0.0',
    title: 'The first version',
    changes: [
      'Create, read, list and cancel signing sessions; providers.',
      'Evidence as JSON; dossier, certificate and signed contract as files.',
      'Idempotency keys on POST and DELETE; every refusal as problem+json with a page of its own.',
      'Webhooks by Standard Webhooks 1.0.0.',
    ],
  },
];
