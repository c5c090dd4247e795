/**
 * The port to a witness: a stranger who remembers how far a log had grown, and cosigns what extends it. Nothing above this line knows how
 * a witness is reached; whether its cosignature is true is judged above, with the evidence.
 */
export type Witness = {
  /** Asks for a cosignature on a checkpoint that extends the tree of `oldSize` leaves. Never throws for what network or witness do. */
  cosign(request: CosignRequest): Promise<WitnessAnswer>;
};

/** `checkpoint` is the whole signed note, byte for byte; `proof` shows that it begins with the first `oldSize` leaves. */
export type CosignRequest = { oldSize: number; proof: readonly Uint8Array[]; checkpoint: Uint8Array };

/** `reason` is a stable lower_snake word for logs and tests. */
export type WitnessAnswer =
  /** Signature lines as the witness wrote them, unchecked. */
  | { ok: true; lines: string }
  /** The witness last cosigned another size: ask again from there. */
  | { ok: false; code: 'conflict'; size: number }
  /** It could not be asked, or has a fault: ask again later. */
  | { ok: false; code: 'away'; reason: string }
  /** It read the request and will not sign it. */
  | { ok: false; code: 'refused'; reason: string };
