export const faultCodes = [
  'keys_missing',
  'backup_not_sealed',
  'chain_broken',
  'event_not_logged',
  'record_missing',
  'log_broken',
  'log_rollback_detected',
  'log_rewritten',
  'dossier_broken',
] as const;

/** What keeps a restored database from being taken for the one that it was: a code for scripts and a sentence for people. */
export type RestoreFault = { code: (typeof faultCodes)[number]; message: string };
