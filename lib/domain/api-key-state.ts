/** How a key stands: only a live one opens anything. */
export type ApiKeyState = 'live' | 'expired' | 'revoked';

/** Of the two ends the one that somebody chose is told. */
export function apiKeyState({ isRevoked, isExpired }: { isRevoked: boolean; isExpired: boolean }): ApiKeyState {
  if (isRevoked) return 'revoked';
  return isExpired ? 'expired' : 'live';
}

/** So many of the keys that follow each other may be live at once: the one that goes and the one that comes. */
export const liveKeysMax = 2;
