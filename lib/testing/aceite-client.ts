/**
 * Aceite signing sessions, version 1.0.0. Generated from openapi.json: npm run aceite -- openapi --client
 */

export type CreateSession = {
  orderId: string;
  provider?: 'opt-in';
  /** The lender's key of the credit operation, as the lender gave it; case is kept. */
  debtKey: string;
  contract: {
    title: string;
    /** The exact plain text, at most 1 MiB of UTF-8. It is shown, hashed, sent and kept as it came. */
    text: string;
    /** SHA-256 of the text in UTF-8, if you want it compared. */
    sha256?: string;
    version?: string;
    /** BCP 47. */
    language?: string;
  };
  /** Shown before the contract and covered by the evidence. */
  summary?: { label: string; value: string }[];
  /** A given identity or name cannot be changed by the signer; a given email or phone can, and the change is evidence. */
  signerDetails?: {
    name?: string;
    email?: string;
    /** CPF or CNPJ. */
    identity?: string;
    /** E.164, Brazil only: +5511912345678. */
    phone?: string;
  };
  /** Of the signer's pages and of the consents. Absent: contract.language when it is one of these, then the workspace's setting. */
  language?: 'pt-BR' | 'en' | 'es' | 'sv';
  /** Where the way back leads: an absolute https address whose origin the key allows. */
  returnUrl?: string;
  /** Default 7 days ahead; at least 5 minutes, at most 90 days ahead. */
  expiresAt?: string;
  /** Instant by which the lender needs the signature. */
  signingDeadline?: string;
  /** Date on which the contract ends; retention counts from it. */
  finalDueDate?: string;
  /** Built so far: none. */
  verification?: 'none' | 'email' | 'sms';
  /** Built so far: off. */
  geolocation?: 'off' | 'optional' | 'required';
  metadata?: { [name: string]: string };
};

type SigningSessionBase = {
  signingSessionId: string;
  orderId: string;
  debtKey: string;
  provider: 'opt-in';
  language: 'pt-BR' | 'en' | 'es' | 'sv';
  /** The latest values. */
  signerDetails: {
    name?: string;
    email?: string;
    /** CPF (11 digits) or CNPJ (14 characters), without punctuation. */
    identity?: string;
    /** E.164. */
    phone?: string;
  };
  contract: {
    /** Absent once the session is erased. */
    title?: string;
    version?: string;
    language?: string;
    sha256: string;
    byteLength: number;
  };
  createdAt: string;
  expiresAt: string;
  returnUrl?: string;
  metadata?: { [name: string]: string };
  /** Only once what was kept of the signer and the contract is erased: its term was over, or the signer asked for it. E1 was signed, E2 opened but not signed, E3 never opened. */
  erased?: { at: string; class: 'E1' | 'E2' | 'E3'; rule: 'term_over' | 'requested' };
  /** Only in the answer to create. */
  warnings?: { code: 'text_has_crlf' | 'text_not_nfc' | 'offer_under_two_days'; message: string }[];
};

export type SigningSession = SigningSessionBase &
  (
    | {
        status: 'PENDING' | 'IN_PROGRESS';
        /** The signing link: send the customer there. */
        redirectUrl: string;
      }
    | {
        status: 'COMPLETED';
        completedAt: string;
        receiptCode: string;
        /** The signed contract; its signature is valid for 10 minutes and made anew on each read. Absent once the session is erased. */
        documentUrl?: string;
        /** Where the acceptance is on its way to the lender. COMPLETED means durable here; DELIVERED means the lender has it. */
        delivery: {
          /** What each means: /docs#delivery-status. */
          status:
            | 'QUEUED'
            | 'SENDING'
            | 'RETRY_WAIT'
            | 'AMBIGUOUS'
            | 'DELIVERED'
            | 'REJECTED'
            | 'PAUSED'
            | 'NEEDS_ATTENTION';
          attempts: number;
          lastAttemptAt: string | null;
          deliveredAt: string | null;
          lenderCode: string | null;
          lenderMessage: string | null;
        };
      }
    | {
        status: 'FAILED';
        failureReason: 'signer_declined' | 'identity_not_verified';
        /** The signer's own words, if any. */
        declineReason?: string;
      }
    | { status: 'EXPIRED' }
    | { status: 'CANCELLED'; cancelledAt: string; cancelReason?: string }
  );

export type Problem = {
  /** Address of the page that explains this code and its way out. */
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  /** The X-Request-Id of this answer; quote it to whoever runs the portal. */
  requestId: string;
  errors?: {
    /** RFC 6901 pointer into the body; for a query, the name of the parameter after a slash. */
    pointer: string;
    code: string;
    message: string;
    /** contract_text_invalid: the character, as U+XXXX. */
    codePoint?: string;
    /** contract_text_invalid: code points before it. */
    offset?: number;
    /** contract_text_invalid: bytes of UTF-8 before it. */
    byteOffset?: number;
    /** contract_text_invalid: line, from 1; lines end at LF. */
    line?: number;
    /** contract_text_invalid: code point in the line, from 1. */
    column?: number;
  }[];
  /** forbidden: the scope that the key lacks. */
  missingScope?: 'sessions:read' | 'sessions:write' | 'evidence:read';
  /** The session that stands in the way. */
  signingSessionId?: string;
  completedAt?: string;
  /** When the idempotency key was first used. */
  firstUsedAt?: string;
};

export type SigningSessionList = { items: SigningSession[]; nextCursor: string | null };

export type ProviderList = { items: Provider[] };

export type Provider = {
  provider: 'opt-in';
  displayName: string;
  isDefault: boolean;
  languages: ('pt-BR' | 'en' | 'es' | 'sv')[];
  /** Must be known before the signer can accept; what you do not give is asked on the page. */
  requiredSignerDetails: ('name' | 'email' | 'identity' | 'phone')[];
  optionalSignerDetails: ('name' | 'email' | 'identity' | 'phone')[];
};

export type CancelSession = { reason?: string };

export type Evidence = {
  signingSessionId: string;
  /** False until the session is in a final state. */
  final: boolean;
  /** Always there, with a value or the reason why there is none: signingSessionId, provider, workspaceId, orderId, debtKey, merchantLegalName, lenderLegalName, createdAt, startedAt, expiresAt, closedAt, signingDeadline, finalDueDate, policyVersion, assuranceLevel, assuranceFactors, language, status, closingWords. */
  transaction: { [name: string]: EvidenceField };
  /** Always there, with a value or the reason why there is none: sha256, displaySha256, byteLength, characterCount, sha3_256, title, version, language, summary. */
  document: { sha256: EvidenceField; [name: string]: EvidenceField };
  /** Always there, with a value or the reason why there is none: notice, summarySha256, buttonLabel, boxesAtStart, uiBuildId, templateSha256, cssSha256, scriptSha256, displayIntegrity, displayedSha256, scrolledToEnd, msOnText, downloadedAt, viewport, devicePixelRatio, uiLocale, timeZone, prefersReducedMotion. */
  presentation: {
    /** Empty until the signer has accepted. */
    consents: {
      id: string;
      version: string;
      language: string;
      text: string;
      sha256: string;
      source: 'merchant' | 'signer' | 'server' | 'browser' | 'lender' | 'staff' | 'tsa';
    }[];
    [name: string]:
      | EvidenceField
      | {
          id: string;
          version: string;
          language: string;
          text: string;
          sha256: string;
          source: 'merchant' | 'signer' | 'server' | 'browser' | 'lender' | 'staff' | 'tsa';
        }[];
  };
  /** Always there, with a value or the reason why there is none: name, email, identity, phone. */
  signer: { [name: string]: EvidenceField };
  /** Always there, with a value or the reason why there is none: acceptedAt, boxesTicked, tickTimes, offerId, offerIssuedAt, submitRequestId, submitAttempt, inputHints, receiptCode, detailsVersion. */
  act: { acceptedAt: EvidenceField; [name: string]: EvidenceField };
  /** Always there, with a value or the reason why there is none: ip, sourcePort, socketPort, ipTrust, socketPeer, rawForwarded, userAgent, acceptLanguage, clientHints, tlsVersion, tlsCipher, geolocation, ipLocationEstimate. */
  network: { ip: EvidenceField; sourcePort: EvidenceField; ipTrust: EvidenceField; [name: string]: EvidenceField };
  /** Always there, with a value or the reason why there is none: linkDelivery, tokenIssuedAt, linkFirstOpenedAt, oneTimeCode, merchantAuthentication, type. */
  authentication: { [name: string]: EvidenceField };
  events: {
    type: string;
    actor: 'signer' | 'merchant' | 'staff' | 'system' | 'lender';
    occurredAt: string;
    requestId?: string;
    data: { [name: string]: JsonValue1 };
    source: 'merchant' | 'signer' | 'server' | 'browser' | 'lender' | 'staff' | 'tsa';
  }[];
  /** Always there, with a value or the reason why there is none: bodySha256, status, attempts, connectTimes, deliveredAt, deliveredBy, replySha256, lenderStatus, lenderKey, lenderEventDatetime, lenderWords, laterDebtStates. */
  delivery: { [name: string]: EvidenceField };
  /** Always there, with a value or the reason why there is none: eventChain, acceptanceRecordSha256, log, witnesses, timeStamps, timeStampsPending, timeStampRevocation, clockOffset, softwareBuild, softwareVersion, softwareCommit, lockSha256, sourcesSha256. */
  integrity: { [name: string]: EvidenceField };
  /** Always there, with a value or the reason why there is none: retainAtLeastUntil, retainBasis, classes, legalHold, legalHolds, accesses. In `accesses`, who has seen or taken the record: a list of `by` (staff, merchant, signer, link_holder), `what`, `entries` (each time for staff, each day for the others), `count`, `firstAt` and `lastAt`. This call stands in it too. A dossier, which must not change, has those until `accessesUntil`, without `count` and `lastAt`. */
  keeping: { accesses: EvidenceField; [name: string]: EvidenceField };
};

export type EvidenceField =
  | { value: JsonValue0; source: 'merchant' | 'signer' | 'server' | 'browser' | 'lender' | 'staff' | 'tsa' }
  | { status: 'not_captured'; reason: string };

export type JsonValue0 = string | number | boolean | null | JsonValue0[] | { [name: string]: JsonValue0 };

export type JsonValue1 = string | number | boolean | null | JsonValue1[] | { [name: string]: JsonValue1 };

export type WebhookKeyList = { items: WebhookKey[] };

export type WebhookKey = {
  /** whpk_ and the 32 bytes of an Ed25519 key in base64. */
  publicKey: string;
  createdAt: string;
};

export type ErrorCode =
  | 'contract_hash_mismatch'
  | 'contract_text_invalid'
  | 'debt_already_signed'
  | 'document_not_available'
  | 'forbidden'
  | 'idempotency_in_progress'
  | 'idempotency_key_invalid'
  | 'idempotency_key_reused'
  | 'malformed_json'
  | 'payload_too_large'
  | 'rate_limited'
  | 'return_url_not_allowed'
  | 'session_already_open'
  | 'session_completed'
  | 'session_not_cancellable'
  | 'signing_session_not_found'
  | 'temporarily_unavailable'
  | 'unauthorized'
  | 'unsupported_media_type'
  | 'validation_failed';

export type AceiteOptions = {
  /** The portal's public address with /api/v1 behind it. */
  baseUrl: string;
  apiKey: string;
  /** How often a call is repeated after the first try; 2 when left out. */
  retriesMax?: number;
  /** Milliseconds for one try; 30,000 when left out. */
  timeoutMs?: number;
  /** In which the API explains refusals. */
  language?: 'pt-BR' | 'en';
};

export type CallOptions = {
  /** Of a call that writes: one per operation of yours. Left out, one is made, which covers the retries of this call. */
  idempotencyKey?: string;
  signal?: AbortSignal;
};

/** Every refusal. `code` is what to decide by, `problem` says it in full; without one the answer was not the API's. */
export class AceiteError extends Error {
  readonly status: number;
  readonly code: ErrorCode | 'unexpected_answer';
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem ? `${problem.code}: ${problem.detail}` : `The answer was ${status} and no problem of the API.`);
    this.name = 'AceiteError';
    this.status = status;
    this.code = (problem?.code as ErrorCode | undefined) ?? 'unexpected_answer';
    this.problem = problem;
  }
}

type Sent = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  query?: Record<string, string | number | undefined> | undefined;
  body?: unknown;
  options: CallOptions;
};

const busyStatuses: readonly number[] = [429, 502, 503, 504];

export class AceiteClient {
  readonly #options: AceiteOptions;

  constructor(options: AceiteOptions) {
    this.#options = options;
  }

  /** Create a signing session. */
  createSigningSession(body: CreateSession, options: CallOptions = {}): Promise<SigningSession> {
    return this.#json({ method: 'POST', path: '/signing', body, options });
  }

  /** List signing sessions. */
  listSigningSessions(
    query: {
      status?: 'PENDING' | 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' | 'EXPIRED' | 'CANCELLED';
      orderId?: string;
      /** The lender's key of the credit operation, as the lender gave it; case is kept. */
      debtKey?: string;
      limit?: number;
      cursor?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<SigningSessionList> {
    return this.#json({ method: 'GET', path: '/signing', query, options });
  }

  /** List providers. */
  listProviders(options: CallOptions = {}): Promise<ProviderList> {
    return this.#json({ method: 'GET', path: '/signing/providers', options });
  }

  /** Read a signing session. */
  readSigningSession(id: string, options: CallOptions = {}): Promise<SigningSession> {
    return this.#json({ method: 'GET', path: `/signing/${encodeURIComponent(id)}`, options });
  }

  /** Cancel a signing session. */
  cancelSigningSession(id: string, body?: CancelSession, options: CallOptions = {}): Promise<SigningSession> {
    return this.#json({ method: 'DELETE', path: `/signing/${encodeURIComponent(id)}`, body, options });
  }

  /** Read the evidence. */
  readEvidence(id: string, options: CallOptions = {}): Promise<Evidence> {
    return this.#json({ method: 'GET', path: `/signing/${encodeURIComponent(id)}/evidence`, options });
  }

  /** Download the dossier. */
  readDossier(id: string, options: CallOptions = {}): Promise<Uint8Array> {
    return this.#bytes({ method: 'GET', path: `/signing/${encodeURIComponent(id)}/dossier`, options });
  }

  /** Download the certificate. */
  readCertificate(
    id: string,
    query: {
      /** shared masks personal data; court shows them, because courts ask who. */
      version?: 'shared' | 'court';
    } = {},
    options: CallOptions = {},
  ): Promise<Uint8Array> {
    return this.#bytes({ method: 'GET', path: `/signing/${encodeURIComponent(id)}/certificate`, query, options });
  }

  /** Download the signed contract. */
  readDocument(
    id: string,
    query: {
      /** From documentUrl; stands in for the API key for 10 minutes. */
      signature?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<Uint8Array> {
    return this.#bytes({ method: 'GET', path: `/signing/${encodeURIComponent(id)}/document`, query, options });
  }

  /** List the public keys of webhooks. */
  listWebhookKeys(options: CallOptions = {}): Promise<WebhookKeyList> {
    return this.#json({ method: 'GET', path: '/webhook-keys', options });
  }

  async #json<Answer>(sent: Sent): Promise<Answer> {
    return (await (await this.#send(sent)).json()) as Answer;
  }

  async #bytes(sent: Sent): Promise<Uint8Array> {
    return new Uint8Array(await (await this.#send(sent)).arrayBuffer());
  }

  /** Repeats only what is safe to repeat: reading changes nothing, and a write keeps its idempotency key over all tries. */
  async #send(sent: Sent): Promise<Response> {
    const init = this.#init(sent);
    for (let tries = 0; ; tries += 1) {
      const answer = await this.#try(sent, init, tries);
      if (answer?.ok) return answer;
      const problem = answer && (await problemOf(answer));
      if (answer && !(this.#mayRepeat(tries) && isPassing(answer.status, problem)))
        throw new AceiteError(answer.status, problem);
      await pause(waitMs(answer, tries), sent.options.signal);
    }
  }

  /** One try; nothing when the network failed and the call may be repeated. */
  async #try(sent: Sent, init: RequestInit, tries: number): Promise<Response | undefined> {
    const { timeoutMs = 30_000, baseUrl } = this.#options;
    const { signal } = sent.options;
    const limit = AbortSignal.timeout(timeoutMs);
    const url = new URL(baseUrl + sent.path);
    for (const [name, value] of Object.entries(sent.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, String(value));
    try {
      return await fetch(url, { ...init, signal: signal ? AbortSignal.any([signal, limit]) : limit });
    } catch (error) {
      if (signal?.aborted || !this.#mayRepeat(tries)) throw error;
      return undefined;
    }
  }

  #mayRepeat(tries: number): boolean {
    return tries < (this.#options.retriesMax ?? 2);
  }

  #init({ method, body, options }: Sent): RequestInit {
    const { apiKey, language } = this.#options;
    const headers: Record<string, string> = { 'X-API-Key': apiKey };
    if (language) headers['Accept-Language'] = language;
    if (method !== 'GET') headers['X-Idempotency-Key'] = options.idempotencyKey ?? crypto.randomUUID();
    if (body === undefined) return { method, headers };
    headers['Content-Type'] = 'application/json';
    return { method, headers, body: JSON.stringify(body) };
  }
}

async function problemOf(answer: Response): Promise<Problem | undefined> {
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return undefined;
  return (await answer.json()) as Problem;
}

/** What passes by itself: too busy, away for a moment, or the first request with this key still running. */
function isPassing(status: number, problem: Problem | undefined): boolean {
  return busyStatuses.includes(status) || problem?.code === 'idempotency_in_progress';
}

function waitMs(answer: Response | undefined, tries: number): number {
  const asked = answer?.headers.get('retry-after');
  return asked && /^\d+$/.test(asked) ? Number(asked) * 1000 : 250 * 2 ** tries;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((wake, giveUp) => {
    const timer = setTimeout(wake, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      giveUp(signal.reason);
    });
  });
}
