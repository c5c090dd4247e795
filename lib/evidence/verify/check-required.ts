import { acceptedEvent, type Dossier } from './dossier.ts';
import { type Finding, incomplete } from './verdict.ts';

const always = [
  'session.json',
  'contract.txt',
  'contract-facts.json',
  'details-1.json',
  'evidence.json',
  'events.jsonl',
];
const whenAccepted = [
  'acceptance.json',
  'lender/request.json',
  'receipt.json',
  'receipt.sig',
  'consent/agreeContract.txt',
  'consent/agreeMethod.txt',
  'consent/notice.txt',
  'certificate.pdf',
];

/** Step 3. */
export function checkRequired(dossier: Dossier): Finding[] {
  const required = [...always, ...(acceptedEvent(dossier) ? whenAccepted : [])];
  return required.filter((name) => !dossier.files.has(name)).map((name) => incomplete(`${name} is not there`));
}
