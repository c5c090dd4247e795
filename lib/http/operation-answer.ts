import { apiHeaders } from './problem.ts';

/** A small JSON answer for machines that watch the process. */
export function plainAnswer(status: number, value: Record<string, unknown>): Response {
  return Response.json(value, { status, headers: apiHeaders });
}
