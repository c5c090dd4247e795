import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type * as context from './usecases/context.ts';
import type { UseCaseContext } from './usecases/context.ts';
import type * as once from './usecases/once.ts';
import type * as records from './usecases/system/record-requests.ts';

export type RequestFacts = context.RequestFacts;
export type MerchantActor = context.MerchantActor;
export type SignerActor = context.SignerActor;
export type Rendered = once.Rendered;
export type Once<Result> = once.Once<Result>;
export type Settled = once.Settled;
export type AnsweredRequest = records.AnsweredRequest;

/** The wired program: what use cases are given, and what only the doors need. */
export type Program = UseCaseContext & {
  config: Config;
  log: Logger;
  /** Hands an answered call of the API over to the request inspector; returns at once and never throws. */
  recordRequest(request: AnsweredRequest): void;
  /** Each part by itself, so that the answer can say what is missing. */
  isReady(): Promise<Readiness>;
};

export type Readiness = { database: boolean; migrations: boolean; build: boolean };

/** Instrumentation and routes are separate module graphs; only the global object is one per process. */
const place = Symbol.for('aceite.program');
const holder = globalThis as { [place]?: Program };

/** The program that instrumentation composed. A request before that is a bug, not a state. */
export function program(): Program {
  const wired = holder[place];
  if (!wired) throw new Error('the program was not composed: instrumentation.ts did not run');
  return wired;
}

/** Called once by `instrumentation.ts`, and by tests that call handlers in their own process. */
export function setProgram(wired: Program | undefined): void {
  if (wired) holder[place] = wired;
  else delete holder[place];
}
