/**
 * The port to a time-stamp authority: a stranger who says that a digest existed no later than now. Nothing above this line knows
 * requests, HTTP statuses or how an authority is reached.
 */
export type TimeStampAuthority = {
  /** How settings and records call it. */
  name: string;
  /**
   * Asks for one stamp of a SHA-256 digest (32 bytes). The response is the authority's whole DER answer, already checked: it stamps this
   * digest, answers this request, and a trusted root vouches for it. `reason` is a stable lower_snake word for logs, tables and tests.
   * Never throws for anything the network or the authority does.
   */
  stamp(digest: Uint8Array): Promise<Stamped>;
};

/** `time` is what the authority says. */
export type Stamped = { ok: true; response: Uint8Array; time: Date } | { ok: false; reason: string };

/** The two halves of the protocol that an adapter carries over the wire; they live with the evidence, which checks stamps again later. */
export type TimeStampProtocol = {
  request(about: { digest: Uint8Array; nonce: Uint8Array }): Uint8Array;
  /** Whether the answer stamps this digest under this nonce and is to be trusted. `code` becomes the reason. */
  check(answer: {
    response: Uint8Array;
    digest: Uint8Array;
    nonce: Uint8Array;
  }): Promise<{ ok: true; time: Date } | { ok: false; code: string }>;
};
