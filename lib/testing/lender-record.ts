import type { TestPortal } from './portal.ts';

export type Received = {
  at: string;
  method: string;
  headers: Record<string, string>;
  verdict: string;
  bodyBase64: string;
};

/** What the sandbox lender wrote down about a debt: every submission, in order. */
export async function submissionsOf(
  { lenderUrl }: Pick<TestPortal, 'lenderUrl'>,
  debtKey: string,
): Promise<Received[]> {
  const record = await (await fetch(`${lenderUrl}/sandbox/debts/${debtKey}`)).json();
  return record.received.filter(({ method }: Received) => method === 'POST');
}
