import type { Place } from './record-file.ts';

export type DebtStatus = 'waiting_signature' | 'signed' | 'canceled';

/** One line of the record: a request as it came in, what was made of it, and where that left the debt. */
export type Entry = {
  at: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  bodyBase64: string;
  verdict: string;
  debtKey?: string;
  /** The debt's state from this request on; absent when it did not change. */
  debtStatus?: DebtStatus;
};

export type Debt = {
  status: DebtStatus;
  /** How often each verdict was given, so that "twice" is still twice after a restart. */
  verdictCounts: Map<string, number>;
  places: Place[];
};

/** What the record says, in memory: derived from its lines alone, in their order, at the start and as each is added. */
export class Ledger {
  readonly #debts = new Map<string, Debt>();

  find(debtKey: string): Debt | undefined {
    return this.#debts.get(debtKey);
  }

  /** Called in the same turn in which the entry was decided, so that no second request is judged by the older state. */
  add(entry: Entry, place: Place): void {
    if (entry.debtKey === undefined) return;
    const debt: Debt = this.#debts.get(entry.debtKey) ?? {
      status: 'waiting_signature',
      verdictCounts: new Map(),
      places: [],
    };
    debt.status = entry.debtStatus ?? debt.status;
    debt.verdictCounts.set(entry.verdict, (debt.verdictCounts.get(entry.verdict) ?? 0) + 1);
    debt.places.push(place);
    this.#debts.set(entry.debtKey, debt);
  }
}
