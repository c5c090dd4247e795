import { canonicalJson } from '#lib/domain/canonical-json.ts';
import type { KeptDetails } from '#lib/domain/signer-detail.ts';

/**
 * What the events of a session commit to: pieces of evidence with bytes of their own. The same functions make the bytes when something
 * happens and when a dossier is written, so that they can be compared.
 */

/** What a session is about, fixed when it is made. */
export type SessionPart = {
  signingSessionId: string;
  workspaceId: string;
  apiKeyId?: string;
  orderId: string;
  debtKey: string;
  provider: string;
  language: string;
  merchantLegalName: string;
  lenderLegalName: string;
  createdAt: string;
  expiresAt: string;
  returnUrl?: string;
  signingDeadline?: string;
  finalDueDate?: string;
  metadata?: Record<string, string>;
};

/** The merchant's words about the contract. */
export type ContractFactsPart = {
  title: string;
  version?: string;
  language?: string;
  summary: readonly { label: string; value: string }[];
};

/** One version of the signer's details. */
export type DetailsPart = { version: number; setBy: 'merchant' | 'signer'; details: KeptDetails };

/** One call to the lender, with its whole answer. */
export type AttemptPart = {
  id: string;
  kind: 'submit' | 'query';
  startedAt: string;
  endedAt: string;
  outcome: string;
  reason: string;
  counted: boolean;
  /** Of the bytes that went out, in hexadecimal. */
  bodySha256?: string;
  httpStatus?: number;
  reply?: { headers: Record<string, string>; bodyBase64: string };
};

/** The names by which events commit to parts. */
export const partName = {
  session: 'session',
  contract: 'contract',
  contractFacts: 'contract-facts',
  details: (version: number) => `details-${version}`,
  acceptance: 'acceptance',
  /** The first is made with the acceptance, the others by approved re-encodes. */
  lenderRequest: (number = 1) => (number === 1 ? 'lender-request' : `lender-request-${number}`),
  attempt: (id: string) => `attempt-${id}`,
} as const;

/** The bytes that a part stands for: canonical JSON (RFC 8785) in UTF-8. Texts and lender bodies stand for themselves. */
export function partBytes(part: SessionPart | ContractFactsPart | DetailsPart | AttemptPart): Uint8Array {
  return Buffer.from(canonicalJson(part));
}
