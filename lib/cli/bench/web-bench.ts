import type { SignerActor } from '#lib/usecases/context.ts';
import type { BenchPortal } from './bench-portal.ts';
import type { HttpClients } from './http-clients.ts';
import type { Observed } from './request-cost.ts';
import type { Scale } from './scale.ts';

/** What every measurement on the web process is given. */
export type WebBench = {
  portal: BenchPortal;
  clients: HttpClients;
  observed: Observed;
  scale: Scale;
  /** Browsers with an open and with an accepted session, whose pages are looked at. */
  signers: { open: SignerActor; accepted: SignerActor };
  onProgress(message: string): void;
};
