import { statementWords } from '#lib/copy/system-statement.ts';
import type { DossierInput } from './dossier-files.ts';

/**
 * `STATEMENT.md`: how the system worked that made this dossier, for a technician who has to declare it under oath. What only the operator
 * can say is left as blanks to fill in.
 */
export function systemStatement({ session, acceptance }: Pick<DossierInput, 'session' | 'acceptance'>): Uint8Array {
  const about = {
    session: session.signingSessionId,
    merchant: session.merchantLegalName,
    lender: session.lenderLegalName,
    build: acceptance?.record.offer.build ?? '—',
  };
  const filled = Object.entries(about).reduce(
    (text, [name, value]) => text.replaceAll(`{${name}}`, () => value),
    statementWords,
  );
  return Buffer.from(filled);
}
