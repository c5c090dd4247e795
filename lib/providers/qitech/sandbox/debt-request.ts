import type { Reply } from './documented-replies.ts';
import type { Debt, DebtStatus } from './ledger.ts';
import type { NoticePlan } from './notices.ts';

/** One request to a debt that exists, its sender known. `content` is the JSON text that the sender vouched for. */
export type DebtRequest = { debtKey: string; debt: Pick<Debt, 'status' | 'verdictCounts'>; content: Buffer; at: Date };

/** What the twin makes of one request: the word for the record, what changes, the answer, and what it tells of by itself afterwards. */
export type Judgement = {
  verdict: string;
  debtKey?: string;
  debtStatus?: DebtStatus;
  reply: Reply;
  notices?: NoticePlan;
};
