import { canonicalJson } from '#lib/domain/canonical-json.ts';
import { receiptPromiseMs } from '#lib/domain/receipt-promise.ts';

type Accepted = {
  signingSessionId: string;
  acceptedAt: Date;
  receiptCode: string;
  /** Hexadecimal, as that of the event. */
  contractSha256: string;
  eventHash: string;
};

/**
 * What the signer holds at once, before the log has proved anything: the installation's signed promise that this event will be in the log by
 * then (like the signed certificate timestamp of RFC 6962). Canonical JSON; the same acceptance always gives the same bytes.
 */
export function interimReceipt({ acceptedAt, ...accepted }: Accepted): Uint8Array {
  const receipt = {
    ...accepted,
    format: 'aceite-receipt-1',
    acceptedAt: acceptedAt.toISOString(),
    promisedBy: new Date(acceptedAt.getTime() + receiptPromiseMs).toISOString(),
  };
  return Buffer.from(canonicalJson(receipt));
}
