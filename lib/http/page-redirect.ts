import { requestStore } from './request-store.ts';

/**
 * Sends the page being rendered elsewhere by 303. Next's own `redirect` answers 307, which the contract does not promise. Call it before
 * the page returns.
 */
export function answerSeeOther(path: string): void {
  const { response } = requestStore();
  response.statusCode = 303;
  response.setHeader('Location', path);
  response.setHeader('Cache-Control', 'no-store');
}
