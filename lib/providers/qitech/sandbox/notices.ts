import { setTimeout as pause } from 'node:timers/promises';
import { eventTime } from './documented-replies.ts';
import { type NoticeTarget, postNotice, type Sending, type SentNotice, sendsMax } from './notice-post.ts';

/** The states that the lender tells of, in the order in which it does, and how. */
export type NoticePlan = { states: readonly NoticeState[]; manner: 'punctual' | 'twice' | 'late' };
export type NoticeState = 'signature_finished' | 'signed' | 'canceled';

/** A send as `GET /sandbox/debts/{key}` shows it. */
export type ShownNotice = SentNotice & { at: string; status: NoticeState };

const retryMs = 5_000;
/** Long enough that the portal has usually asked by itself. */
const lateMs = 8_000;
/** After the reply to the request that it is about. */
const punctualMs = 100;

/** Posts the lender's notices, one debt's one after the other, until it is stopped. What was sent is remembered while the process lives. */
export class Notices {
  readonly #sending: Sending & { target: NoticeTarget };
  readonly #stop = new AbortController();
  readonly #sent = new Map<string, ShownNotice[]>();

  constructor(sending: Sending & { target: NoticeTarget }) {
    this.#sending = sending;
  }

  sentAbout(debtKey: string): readonly ShownNotice[] {
    return this.#sent.get(debtKey) ?? [];
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Begins to tell; nobody waits for it. */
  tell(debtKey: string, { states, manner }: NoticePlan): void {
    const { target, clock } = this.#sending;
    // The moment is that of the state, however late it is told.
    const notices = states.map((status) => ({ status, json: noticeJson(debtKey, status, clock()) }));
    const ordered = manner === 'late' ? notices.toReversed() : notices;
    const waitMs = manner === 'late' ? (target.lateMs ?? lateMs) : punctualMs;
    const work = async () => {
      await this.#rest(waitMs);
      for (const notice of manner === 'twice' ? ordered.flatMap((one) => [one, one]) : ordered)
        await this.#tellOne(debtKey, notice);
    };
    // The only thing that ends it early is a stop.
    work().catch(() => undefined);
  }

  async #tellOne(debtKey: string, { status, json }: { status: NoticeState; json: string }): Promise<void> {
    for (let sends = 1; sends <= sendsMax; sends += 1) {
      const sent = await postNotice(json, this.#sending, this.#stop.signal);
      this.#stop.signal.throwIfAborted();
      const shown = { at: this.#sending.clock().toISOString(), status, ...sent };
      this.#sent.set(debtKey, [...this.sentAbout(debtKey), shown]);
      if (sent.isAcknowledged) return;
      await this.#rest(this.#sending.target.retryMs ?? retryMs);
    }
  }

  #rest(milliseconds: number): Promise<void> {
    return pause(milliseconds, undefined, { signal: this.#stop.signal, ref: false });
  }
}

/** The envelope of the lender's page on debts, with its trailing blank after `canceled`. */
function noticeJson(debtKey: string, status: NoticeState, at: Date): string {
  const envelope = { key: debtKey, webhook_type: 'debt', event_datetime: eventTime(at) };
  if (status === 'canceled') {
    const data = { cancel_reason: 'Cancelada no sandbox', cancel_reason_enumerator: 'manual' };
    return JSON.stringify({ ...envelope, status: 'canceled ', data });
  }
  const contract = status === 'signature_finished' && {
    signed_contract_url: 'https://example.com/signed-contract.pdf',
  };
  return JSON.stringify({ ...envelope, status, ...contract, data: {} });
}
