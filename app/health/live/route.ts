import { plainAnswer } from '#lib/http/operation-answer.ts';

/** The process answers; nothing else is asked. */
export function GET(): Response {
  return plainAnswer(200, { status: 'live' });
}
