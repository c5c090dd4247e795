import { plainAnswer } from '#lib/http/operation-answer.ts';
import { readiness } from '#lib/http/readiness.ts';

/** 200 only when the database answers, its migrations are this code's, and the build is there; otherwise 503 and what is missing. */
export async function GET(): Promise<Response> {
  const { isReady, ...parts } = await readiness();
  return plainAnswer(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not_ready', ...parts });
}
