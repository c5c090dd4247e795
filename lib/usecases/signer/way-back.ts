import { returnAddressFor } from '#lib/domain/return-address.ts';
import { shownStatus } from '#lib/domain/session-state.ts';
import { paths } from '#lib/paths.ts';
import type { OpenSession } from '../open-session.ts';

/** Where the signer goes afterwards: the merchant's address with the outcome in its query, or our own landing page. A courtesy only. */
export function wayBack({ row }: OpenSession): { href: string; toMerchant: boolean } {
  const status = shownStatus({ status: row.status, isExpired: row.is_expired });
  if (row.return_url === null) {
    return {
      href: `${paths.landing()}?${new URLSearchParams({ signingSessionId: row.id, status })}`,
      toMerchant: false,
    };
  }
  const href = returnAddressFor(row.return_url, { signingSessionId: row.id, orderId: row.order_id, status });
  return { href, toMerchant: true };
}
