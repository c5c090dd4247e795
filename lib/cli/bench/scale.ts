/** How much is measured: enough to trust the figures, or just enough to see that all of it runs. */
export type Scale = {
  /** Acceptances at once; each list of figures for one client stands beside it. */
  clients: number;
  /** How long one round of acceptances takes, about. */
  seconds: number;
  /** Every comparison this often, its sides in turn, so that a busy minute of the machine falls on both. */
  rounds: number;
  /** Acceptances per client before the first round: enough to know the pace. */
  trialPerClient: number;
  /** Requests of each kind before the first round, until the compiler has seen them, and in each round. */
  warmUpRequests: number;
  requests: number;
  /** Sessions in the small and the large list. */
  fewSessions: number;
  manySessions: number;
  /** Calls for each page of a list, on each side, before the first round and in each. */
  listCalls: number;
  /** Leaves in the large log. */
  logLeaves: number;
  /** Proofs from the log, and dossiers and the like, before the first round and in each. */
  proofs: number;
  dossiers: number;
  /** Signatures that are accepted one by one while a worker looks on, and those that wait for one. */
  watchedDeliveries: number;
  backlog: number;
};

export const fullScale: Scale = {
  clients: 16,
  seconds: 5,
  rounds: 5,
  trialPerClient: 25,
  warmUpRequests: 1_200,
  requests: 200,
  fewSessions: 10_000,
  manySessions: 1_000_000,
  listCalls: 60,
  logLeaves: 1_000_000,
  proofs: 100,
  dossiers: 20,
  watchedDeliveries: 100,
  backlog: 10_000,
};

export const quickScale: Scale = {
  clients: 2,
  seconds: 0.05,
  rounds: 1,
  trialPerClient: 2,
  warmUpRequests: 2,
  requests: 4,
  fewSessions: 60,
  manySessions: 240,
  listCalls: 2,
  logLeaves: 3_000,
  proofs: 2,
  dossiers: 1,
  watchedDeliveries: 2,
  backlog: 4,
};
