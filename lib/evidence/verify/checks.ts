/**
 * The checks in the order in which they are made and shown: what each claims when it is ok, and whom one has to trust for it.
 */
export const checkIds = [
  'zip',
  'manifest',
  'files',
  'json',
  'required',
  'chain',
  'commits',
  'cross',
  'state',
  'proofs',
  'log',
  'seal',
  'receipt',
  'time',
  'witness',
] as const;
export type CheckId = (typeof checkIds)[number];

export type CheckResult = 'ok' | 'failed' | 'missing' | 'skipped';
export type Check = { id: CheckId; claim: string; result: CheckResult; trust: string; detail?: string };

const nobody = 'nobody: it is computed from the file alone';

export const checkTexts = {
  zip: { claim: 'The file is a plain archive that every reader sees alike.', trust: nobody },
  manifest: { claim: 'The list of contents is there and well formed.', trust: nobody },
  files: { claim: 'Every file has the length and the SHA-256 that the list of contents states.', trust: nobody },
  json: { claim: 'Every record has one meaning only: strict, canonical JSON of the right shape.', trust: nobody },
  required: { claim: 'Every file that such a session needs is there.', trust: nobody },
  chain: {
    claim: 'The events are whole, in order and unchanged: each carries the hash of the one before.',
    trust: nobody,
  },
  commits: {
    claim: 'Contract, details, acceptance and calls to the lender are those that the events committed to.',
    trust: nobody,
  },
  cross: { claim: 'Evidence, acceptance, consents, receipt and the body for the lender say the same.', trust: nobody },
  state: { claim: 'The dossier is final exactly when the session has come to its end.', trust: nobody },
  proofs: { claim: 'The events stand in the public log that the checkpoint closes.', trust: nobody },
  log: { claim: 'A trusted log signed the checkpoint.', trust: "the log's keys in the trust file" },
  seal: { claim: 'The portal sealed the list of contents.', trust: "the portal's seal keys in the trust file" },
  receipt: { claim: 'The portal signed the receipt.', trust: "the portal's seal keys in the trust file" },
  time: {
    claim: 'The time-stamp authorities that are asked for, if any, saw the checkpoint at the stated times.',
    trust: 'the time-stamp authorities under the roots in the trust file',
  },
  witness: {
    claim: 'The witnesses that are asked for, if any, saw the log only ever grow.',
    trust: 'the witnesses named in the trust file',
  },
} as const satisfies Record<CheckId, { claim: string; trust: string }>;

/** Stands under every result, whatever it is. */
export const notProved =
  'None of this proves that the person named was the signer: it proves what was recorded, when, and that nothing was changed since.';
