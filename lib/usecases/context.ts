import type { Database } from '#lib/db/database.ts';
import type { RequestFacts } from '#lib/domain/request-facts.ts';
import type { StaffRole } from '#lib/domain/roles.ts';
import type { Software } from '#lib/domain/software.ts';
import type { VerifierKey } from '#lib/evidence/log/verifier-key.ts';
import type { Lender } from '#lib/providers/lender.ts';
import type { OpenLender } from '#lib/providers/lender-access.ts';
import type { LenderInbox } from '#lib/providers/lender-inbox.ts';
import type { TimeStampAuthority } from '#lib/providers/time-stamps.ts';
import type { WebhookSender } from '#lib/providers/webhook.ts';
import type { Witness } from '#lib/providers/witness.ts';
import type { Keyring } from '#lib/vault/keyring.ts';

/** What every use case is given; the wired program is one. Use cases read no clock and no environment of their own. */
export type UseCaseContext = {
  db: Database;
  keys: Keyring;
  lender: Lender;
  /** Proves what the lender posts to us; absent where no key of the lender is set, and then nothing of the kind comes in. */
  lenderInbox?: LenderInbox;
  /** The lender under a workspace's own settings; absent where no workspace has any. */
  openLender?: OpenLender;
  /** Sends to merchants' receivers. */
  webhooks: WebhookSender;
  /** Strangers who stamp the log's checkpoints; none where none are set. */
  timeStampAuthorities: readonly TimeStampAuthority[];
  /** PEM, one certificate each: who vouches for them. */
  timeStampRoots: readonly string[];
  /** Strangers who remember how far the log had grown, and cosign what extends it; none where none are set. */
  witnesses: readonly KnownWitness[];
  /**
   * Verifier keys by which the log is believed, asked for anew each time, since the sandbox's signer makes its own after the start. Absent
   * where none are set: then there is only the database's word.
   */
  logKeys?: () => readonly string[];
  /**
   * Seals a PDF for good (PAdES); absent where no seal is set. `reason` is shown beside it. Undefined while the authority that stamps the
   * seals is away.
   */
  sealPdf?: (pdf: Uint8Array, about: { reason: string; signedAt: Date }) => Promise<Uint8Array | undefined>;
  portalUrl: string;
  isSandbox: boolean;
  /** Sandbox mode, or an intranet that says so: acceptances from private and loopback addresses are evidence enough. */
  acceptsPrivateClients: boolean;
  /** Names the build that rendered a page; part of the evidence. */
  buildId: string;
  /** What that build was made of. */
  software: Software;
};

/** A witness, and the key by which its word is known. */
export type KnownWitness = { key: VerifierKey; witness: Witness };

/** A merchant's back end, known by its API key. */
export type MerchantActor = {
  workspaceId: string;
  apiKeyId: string;
  returnOrigins: readonly string[];
  request: RequestFacts;
};

/** A signer's browser, known by the cookie that the link gave it. */
export type SignerActor = {
  sessionId: string;
  workspaceId: string;
  linkIssue: number;
  /** Tells one browser from another holder of the same link; never shown. */
  browserId: string;
  request: RequestFacts;
};

/** A member of staff in the workspace that they have entered. */
export type StaffActor = {
  userId: string;
  workspaceId: string;
  role: StaffRole;
  request: RequestFacts;
};

export type { RequestFacts };
