import { isClosing, isOutcome } from '#lib/domain/event-type.ts';
import type { Manifest } from '#lib/evidence/dossier/manifest.ts';
import type {
  AcceptanceRecord,
  AttemptRecord,
  ContractFactsRecord,
  DetailsRecord,
  EventRecord,
  EvidenceRecord,
  ReceiptRecord,
  SessionRecord,
  StatementRecord,
} from './records.ts';

/** A dossier taken apart: every file, and every record of ours read once. A record is absent when its file is. */
export type Dossier = {
  files: ReadonlyMap<string, Uint8Array>;
  manifest: Manifest;
  session?: SessionRecord;
  contractFacts?: ContractFactsRecord;
  /** By the number in the file's name. */
  details: ReadonlyMap<number, DetailsRecord>;
  acceptance?: AcceptanceRecord;
  evidence?: EvidenceRecord;
  receipt?: ReceiptRecord;
  /** By the id in the file's name. */
  attempts: ReadonlyMap<string, AttemptRecord>;
  /** In the order of the file; empty when it is absent. */
  events: readonly EventRecord[];
  history: readonly StatementRecord[];
};

/** The event after which nothing of the signer's can change. */
export function closingEvent({ events }: Dossier): EventRecord | undefined {
  return events.find(({ type }) => isClosing(type));
}

/** An honest session has one at most. */
export function closingEvents({ events }: Dossier): EventRecord[] {
  return events.filter(({ type }) => isClosing(type));
}

/** The act itself; undefined for a session that was never accepted. */
export function acceptedEvent({ events }: Dossier): EventRecord | undefined {
  return events.find(({ type }) => type === 'accepted');
}

/** The lender's last word: it has the signature, or will not take it. */
export function outcomeEvent({ events }: Dossier): EventRecord | undefined {
  return events.find(({ type }) => isOutcome(type));
}
