/** What every generated client holds whatever the calls are: its options, its one kind of error, and the way a call is sent. */
export const clientTypes = `export type AceiteOptions = {
  /** The portal's public address with /api/v1 behind it. */
  baseUrl: string;
  apiKey: string;
  /** How often a call is repeated after the first try; 2 when left out. */
  retriesMax?: number;
  /** Milliseconds for one try; 30,000 when left out. */
  timeoutMs?: number;
  /** In which the API explains refusals. */
  language?: 'pt-BR' | 'en';
};

export type CallOptions = {
  /** Of a call that writes: one per operation of yours. Left out, one is made, which covers the retries of this call. */
  idempotencyKey?: string;
  signal?: AbortSignal;
};

/** Every refusal. \`code\` is what to decide by, \`problem\` says it in full; without one the answer was not the API's. */
export class AceiteError extends Error {
  readonly status: number;
  readonly code: ErrorCode | 'unexpected_answer';
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem ? \`\${problem.code}: \${problem.detail}\` : \`The answer was \${status} and no problem of the API.\`);
    this.name = 'AceiteError';
    this.status = status;
    this.code = (problem?.code as ErrorCode | undefined) ?? 'unexpected_answer';
    this.problem = problem;
  }
}

type Sent = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  query?: Record<string, string | number | undefined> | undefined;
  body?: unknown;
  options: CallOptions;
};

const busyStatuses: readonly number[] = [429, 502, 503, 504];
`;

export const clientMethods = `  async #json<Answer>(sent: Sent): Promise<Answer> {
    return (await (await this.#send(sent)).json()) as Answer;
  }

  async #bytes(sent: Sent): Promise<Uint8Array> {
    return new Uint8Array(await (await this.#send(sent)).arrayBuffer());
  }

  /** Repeats only what is safe to repeat: reading changes nothing, and a write keeps its idempotency key over all tries. */
  async #send(sent: Sent): Promise<Response> {
    const init = this.#init(sent);
    for (let tries = 0; ; tries += 1) {
      const answer = await this.#try(sent, init, tries);
      if (answer?.ok) return answer;
      const problem = answer && (await problemOf(answer));
      if (answer && !(this.#mayRepeat(tries) && isPassing(answer.status, problem)))
        throw new AceiteError(answer.status, problem);
      await pause(waitMs(answer, tries), sent.options.signal);
    }
  }

  /** One try; nothing when the network failed and the call may be repeated. */
  async #try(sent: Sent, init: RequestInit, tries: number): Promise<Response | undefined> {
    const { timeoutMs = 30_000, baseUrl } = this.#options;
    const { signal } = sent.options;
    const limit = AbortSignal.timeout(timeoutMs);
    const url = new URL(baseUrl + sent.path);
    for (const [name, value] of Object.entries(sent.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, String(value));
    try {
      return await fetch(url, { ...init, signal: signal ? AbortSignal.any([signal, limit]) : limit });
    } catch (error) {
      if (signal?.aborted || !this.#mayRepeat(tries)) throw error;
      return undefined;
    }
  }

  #mayRepeat(tries: number): boolean {
    return tries < (this.#options.retriesMax ?? 2);
  }

  #init({ method, body, options }: Sent): RequestInit {
    const { apiKey, language } = this.#options;
    const headers: Record<string, string> = { 'X-API-Key': apiKey };
    if (language) headers['Accept-Language'] = language;
    if (method !== 'GET') headers['X-Idempotency-Key'] = options.idempotencyKey ?? crypto.randomUUID();
    if (body === undefined) return { method, headers };
    headers['Content-Type'] = 'application/json';
    return { method, headers, body: JSON.stringify(body) };
  }
}

async function problemOf(answer: Response): Promise<Problem | undefined> {
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json')) return undefined;
  return (await answer.json()) as Problem;
}

/** What passes by itself: too busy, away for a moment, or the first request with this key still running. */
function isPassing(status: number, problem: Problem | undefined): boolean {
  return busyStatuses.includes(status) || problem?.code === 'idempotency_in_progress';
}

function waitMs(answer: Response | undefined, tries: number): number {
  const asked = answer?.headers.get('retry-after');
  return asked && /^\\d+$/.test(asked) ? Number(asked) * 1000 : 250 * 2 ** tries;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((wake, giveUp) => {
    const timer = setTimeout(wake, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      giveUp(signal.reason);
    });
  });
}
`;
