import { type Program, program } from '#lib/program.ts';
import { isDatabaseAway, retryAfterSeconds } from './faults.ts';
import { requestStore } from './request-store.ts';

/** Gives the page being rendered a status that Next cannot: call it before the page returns, above no Suspense. */
export function setStatus(status: 401 | 403 | 404 | 410 | 429 | 503): void {
  const { response } = requestStore();
  response.statusCode = status;
  if (status === 503) response.setHeader('Retry-After', String(retryAfterSeconds));
}

/** The page being rendered says that too much was asked, and when to come back. */
export function setRateLimited(headers: Record<string, string>): void {
  setStatus(429);
  for (const [name, value] of Object.entries(headers)) requestStore().response.setHeader(name, value);
}

/** Keeps the page being rendered out of every cache. */
export function setNoStore(): void {
  requestStore().response.setHeader('Cache-Control', 'private, no-store');
}

/** What a page's use case answers (it is given the program), or that the database is away; the status is set to 503 then. Bugs go on to the error page, logged. */
export async function answerOrAway<Answer>(
  work: (program: Program) => Promise<Answer>,
): Promise<{ isAway: false; answer: Answer } | { isAway: true }> {
  try {
    return { isAway: false, answer: await work(program()) };
  } catch (error) {
    if (!isDatabaseAway(error)) {
      program().log.error({ error, requestId: requestStore().requestId }, 'a page failed');
      throw error;
    }
    setStatus(503);
    return { isAway: true };
  }
}
