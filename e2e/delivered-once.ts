import { HttpSigner } from './http-signer.ts';
import type { Merchant, OpenSession } from './merchant.ts';
import { maria } from './signer.ts';

/** So many signers, and later so many questions, at once. */
const hands = 8;

export type Tally = {
  /** DELIVERED by the portal's word. */
  delivered: number;
  /** Stored by the lender, by its own record, and sent to it again after that. */
  signatures: number;
  duplicates: number;
  /** What the lender received: signatures, and questions about debts. */
  sends: number;
  questions: number;
  /** Sessions that are not as they should be, and how they are. */
  wrong: string[];
};

/** Signed sessions over HTTP from the link to the receipt: as many signers with the first of the documents as with each other one, in this order. */
export async function signedSessions(
  merchant: Merchant,
  howMany: number,
  documents: readonly string[] = [maria.identity],
): Promise<OpenSession[]> {
  return eachOf(Array.from({ length: howMany }), async (_, index) => {
    const identity = documents[Math.floor((index * documents.length) / howMany)] ?? maria.identity;
    const session = await merchant.createsSession();
    const signer = await HttpSigner.opens(session);
    const { status, location } = await signer.accepts(await signer.readsOffer({ ...maria, identity }));
    if (!location.endsWith('/receipt')) throw new Error(`an acceptance answered ${status} ${location}`);
    return session;
  });
}

/** What portal and lender say of each session, counted. */
export async function tallyOf(merchant: Merchant, sessions: readonly OpenSession[]): Promise<Tally> {
  const tally: Tally = { delivered: 0, signatures: 0, duplicates: 0, sends: 0, questions: 0, wrong: [] };
  await eachOf(sessions, async ({ signingSessionId, debtKey }) => {
    const [read, { received }] = await Promise.all([
      merchant.reads(signingSessionId),
      merchant.lenderRecordOf(debtKey),
    ]);
    const status = read.status === 'COMPLETED' ? read.delivery.status : read.status;
    const sends = received.filter(({ method }) => method === 'POST');
    const stored = sends.filter(({ verdict }) => verdict === 'accepted').length;
    const again = sends.filter(({ verdict }) => verdict === 'already_signed').length;
    tally.delivered += Number(status === 'DELIVERED');
    tally.signatures += stored;
    tally.duplicates += again + Math.max(0, stored - 1);
    tally.sends += sends.length;
    tally.questions += received.length - sends.length;
    if (status !== 'DELIVERED' || stored !== 1 || again > 0)
      tally.wrong.push(
        `${signingSessionId}: ${status}, sends ${sends.map(({ verdict }) => verdict).join(' ') || 'none'}`,
      );
  });
  return tally;
}

/** Works through all with a few hands, in order of taking; the results stand in the order of the items. */
async function eachOf<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = items.entries();
  const hand = async () => {
    for (const [index, item] of rest) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: hands }, hand));
  return results;
}
