/**
 * What the verifier says in English, wherever it runs: on the page, on a command line and in JSON. It stands apart from the page's other
 * words, so that the verifier brings none of those along. Each claim is what holds when its check is ok.
 */
export const claimsEn = {
  zip: 'The file is a plain archive that every reader sees alike.',
  manifest: 'The list of contents is there and well formed.',
  files: 'Every file has the length and the SHA-256 that the list states.',
  json: 'Every record has one meaning only.',
  required: 'Every file that such a session needs is there.',
  chain: 'The events are whole, in order and unchanged.',
  commits: 'Contract, details, acceptance and calls to the lender are those that the events committed to.',
  cross: 'Evidence, acceptance, consents, receipt and the message to the lender say the same.',
  state: 'The dossier is final exactly when the session has come to its end.',
  proofs: 'The events stand in the public log.',
  log: 'A trusted log signed its state.',
  seal: 'The portal sealed the list of contents.',
  receipt: 'The portal signed the receipt.',
  time: 'The time-stamp authorities that are asked for, if any, saw the state of the log at the stated times.',
  witness: 'The witnesses that are asked for, if any, saw the log only ever grow.',
} as const;

/** Stands under every result, whatever it is. */
export const notProvedEn =
  'None of this proves that the person named was the signer. It proves what was recorded, when, and that nothing was changed since.';
