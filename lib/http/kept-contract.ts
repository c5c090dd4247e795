import type { Segment } from '#lib/domain/contract-outline.ts';
import { processWide } from './process-wide.ts';
import { type KeptContract, requestStore } from './request-store.ts';

/**
 * Keeps the contract for the page being rendered. What client components are given as properties is sent to the browser a second time, as
 * data beside the HTML, and costs as much again on the way; a long text need not.
 */
export function keepContract(contract: KeptContract): void {
  processWide('kept-contract', () => readKept);
  requestStore().contract = contract;
}

/** Asked by the client component while the server renders it, which happens in another module graph than the page's. */
function readKept(): { start: number; text: string; heading?: NonNullable<Segment['heading']> }[] {
  const { contract } = requestStore();
  if (!contract) throw new Error('the page being rendered has kept no contract');
  return contract.segments.map(({ start, end, heading }) => ({
    start,
    text: contract.displayText.slice(start, end),
    ...(heading && { heading }),
  }));
}
