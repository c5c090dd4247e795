import { canonicalJson } from '#lib/domain/canonical-json.ts';

/** What is left of an erased session, without a word about the person. Hashes in lower-case hexadecimal, instants RFC 3339. */
export type DeletionFacts = {
  signingSessionId: string;
  workspaceId: string;
  status: string;
  createdAt: string;
  closedAt: string;
  class: string;
  rule: string;
  requestId?: string;
  keptUntil: string;
  erasedAt: string;
  contractSha256: string;
  /** Rows that lost what they held, by table. */
  rows: Record<string, number>;
  /** The chain as it was, and the event that ended it: what it says, and the salt with which anybody can check that. */
  chain: { events: number; lastHash: string };
  event: {
    sequence: number;
    type: string;
    data: Record<string, unknown>;
    salt: string;
    prevHash: string;
    hash: string;
  };
};

/** The bytes of a deletion certificate: canonical JSON (RFC 8785), the same for the same erasure whenever it is asked for. */
export function deletionCertificate(facts: DeletionFacts): Uint8Array {
  return Buffer.from(canonicalJson({ format: 'aceite-deletion-1', ...facts }));
}
