import { acceptedEvent, closingEvent, type Dossier, outcomeEvent } from './dossier.ts';
import { type Finding, tampered } from './verdict.ts';

/** Step 7: nothing may call itself final that can still change. The other way round an interim dossier is only old. */
export function checkState(dossier: Dossier): Finding[] {
  if (dossier.manifest.state === 'interim') return [];
  if (!closingEvent(dossier)) return [tampered('the dossier calls itself final, and no event ends the session')];
  const isDelivered = !acceptedEvent(dossier) || outcomeEvent(dossier);
  return isDelivered ? [] : [tampered('the dossier calls itself final, and the lender has not answered yet')];
}
