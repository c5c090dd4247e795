import type { EventDraft } from '../reference-story.ts';
import { inEvidence, wrongField } from './cross-vectors.ts';
import { type DossierVector, edit, made } from './vector.ts';

type Members = Record<string, unknown>;
type Told = Record<string, { value: Members }>;

/** Dossiers that contradict themselves about rules, link, language, device, or the checks of the details. */
export const contextVectors: DossierVector[] = [
  ...Object.entries({
    transaction: 'policyVersion assuranceFactors',
    presentation: 'uiLocale downloadedAt',
    authentication: 'tokenIssuedAt',
    network: 'clientHints',
  }).flatMap(([group, names]) => names.split(' ').flatMap((name) => wrongField(group, name))),
  ...['verification', 'verificationMethod', 'verifiedAt', 'documentType'].flatMap((fact) => [
    ofIdentity(`another ${fact}`, (facts) => Object.assign(facts, { [fact]: 'x' })),
    ofIdentity(`no ${fact}`, (facts) => delete facts[fact]),
  ]),
  inEvidence('a document type of the name', 'TAMPERED', ({ signer }) =>
    Object.assign((signer as Told).name?.value ?? {}, { documentType: 'CPF' }),
  ),
  made('a correction whose check is dated to the beginning', 'TAMPERED', {
    stage: 'corrected',
    changeFiles: edit<{ signer: Told }>('evidence.json', ({ signer }) =>
      Object.assign(signer.phone?.value ?? {}, { verifiedAt: '2026-11-20T13:53:22.481Z' }),
    ),
  }),
  made('a session of no policy', 'VALID', { changeStory: ([created]) => Object.assign(created ?? {}, { data: {} }) }),
  made('a text that was downloaded before it was accepted', 'VALID', { changeStory: download }),
  made('a text that was downloaded, and evidence that tells nothing of it', 'TAMPERED', {
    changeStory: download,
    changeFiles: edit<{ presentation: Members }>('evidence.json', ({ presentation }) => {
      presentation.downloadedAt = { status: 'not_captured', reason: 'not_downloaded' };
    }),
  }),
  made('a device that says nothing of itself', 'VALID', {
    changeStory: (events) => {
      for (const { private: hidden } of events) delete hidden?.clientHints;
    },
    changeParts: edit<{ request: Members }>('acceptance.json', ({ request }) => delete request.clientHints),
  }),
];

function ofIdentity(what: string, change: (facts: Members) => unknown): DossierVector {
  return inEvidence(`${what} of the identity`, 'TAMPERED', ({ signer }) =>
    change((signer as Told).identity?.value ?? {}),
  );
}

function download(events: EventDraft[]): void {
  const started = events[2];
  if (started) events.splice(3, 0, { ...started, type: 'downloaded', occurredAt: '2026-11-20T14:02:53.000Z' });
}
