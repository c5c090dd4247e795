/** The element that holds the contract and nothing else. */
export const contractTextId = 'contract-text';

/** What the browser found of the text on its screen. `unavailable` where it cannot hash, such as on a page without https. */
export type DisplayVerdict = { check: 'match' | 'mismatch'; sha256: string } | { check: 'unavailable' };

/**
 * Compares what the page shows with what the server sent: the SHA-256 of the contract element's text, against the one of the display
 * form. It protects an honest reader from translators and extensions; it proves nothing against somebody who alters the page.
 */
export async function checkDisplay(expectedSha256: string): Promise<DisplayVerdict> {
  const text = document.getElementById(contractTextId)?.textContent;
  if (text === undefined || !globalThis.crypto?.subtle) return { check: 'unavailable' };
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { check: sha256 === expectedSha256 ? 'match' : 'mismatch', sha256 };
}

/** What the browser says of the screen on which the text stood. Reports, not proof. */
export function screenReport(): Record<'viewport' | 'pixelRatio' | 'timeZone', string> {
  return {
    viewport: `${innerWidth}x${innerHeight}`,
    pixelRatio: String(Math.round(devicePixelRatio * 1000) / 1000),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? '',
  };
}
