/**
 * True when a form came from a page of ours. Browsers say so in `Sec-Fetch-Site`; one that is too old for it must send an `Origin` that is
 * exactly the portal's. Neither, or anything else, is refused: architecture, pitfall 7.
 */
export function isOwnForm(headers: Headers, portalUrl: string): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  return headers.get('origin') === portalUrl;
}
