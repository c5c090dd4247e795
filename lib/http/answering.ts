import { type Program, program, type Rendered } from '#lib/program.ts';
import { isDatabaseAway, retryAfterSeconds } from './faults.ts';
import { apiHeaders, problemAnswer } from './problem.ts';

/** Runs the work of one API call and turns what it throws into an answer: a database that is away is 503, anything else a logged 500. */
export async function answering(
  work: (program: Program) => Promise<Rendered>,
  /** Is told of the answer, whatever it is, before it leaves; it must not throw. */
  onAnswer: (answer: Rendered) => void = () => undefined,
): Promise<Response> {
  const answer = await rendered(work);
  onAnswer(answer);
  return responseOf(answer);
}

async function rendered(work: (program: Program) => Promise<Rendered>): Promise<Rendered> {
  try {
    return await work(program());
  } catch (error) {
    return faultAnswer(error);
  }
}

/** The bytes of a rendered answer, exactly. */
export function responseOf({ status, headers, bytes }: Rendered): Response {
  return new Response(status === 204 ? null : new Uint8Array(bytes), { status, headers });
}

function faultAnswer(error: unknown): Rendered {
  if (isDatabaseAway(error)) {
    return problemAnswer('temporarily_unavailable', { headers: { 'Retry-After': String(retryAfterSeconds) } });
  }
  try {
    const answer = problemAnswer('internal_error');
    program().log.error({ error, requestId: requestIdOf(answer) }, 'a request failed');
    return answer;
  } catch {
    // Nothing is wired: there is no language, no id and no log to write to, and still no stack may leave.
    return { status: 500, headers: apiHeaders, bytes: new Uint8Array() };
  }
}

function requestIdOf({ bytes }: Rendered): string {
  return JSON.parse(Buffer.from(bytes).toString('utf8')).requestId;
}
