import { insertApiRequests, type KeptFault, type NewApiRequest } from '#lib/db/api-requests.ts';
import { keptDetails, keptPointer, leftOutNote, withoutTexts } from '#lib/domain/kept-exchange.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { withoutAbsent } from '#lib/domain/without-absent.ts';
import type { KeptBody, KeptExchange } from '#lib/schema/staff-request.ts';
import { sha256 } from '#lib/vault/keyring.ts';
import type { UseCaseContext } from '../context.ts';
import type { Rendered } from '../once.ts';

/** One call of the API with a known key, after its answer. */
export type AnsweredRequest = {
  requestId: string;
  workspaceId: string;
  apiKeyId: string;
  method: string;
  /** With `{id}` in place of a session's id. */
  path: string;
  /** What stood in that place. */
  idInPath?: string;
  query: URLSearchParams;
  /** The JSON that was read of the body; undefined where there was none, or none that could be read. */
  sent: unknown;
  hasIdempotencyKey: boolean;
  contentType?: string;
  userAgent?: string;
  /** By `performance.now()`. */
  startedAt: number;
  answeredAt: number;
  answer: Rendered;
};

type RecorderContext = Pick<UseCaseContext, 'db' | 'keys' | 'isSandbox'>;

const bodyBytesMax = 16 * 1024;
const headerCharactersMax = 200;
const faultsMax = 50;
/** A longer answer is a file or a list; what it names is looked up only where its body is kept anyway. */
const parsedBytesMax = 16 * 1024;
/** Requests that wait for their place in the database; each is at most some forty kilobytes. More are lost rather than piled up. */
const waitingMax = 500;
const atOnceMax = 50;

/**
 * Keeps what the API was asked and answered, after the answer and never in its way: the caller only hands it over, one connection at the most is
 * taken, one statement writes all that has come meanwhile. What cannot be kept is told to `onLost` as a number and to nobody else.
 */
export function requestRecorder(
  ctx: RecorderContext,
  onLost: (howMany: number) => void,
): (request: AnsweredRequest) => void {
  const waiting: { workspaceId: string; answeredAt: number; request: Omit<NewApiRequest, 'agoMs'> }[] = [];
  let handedOver = 0;
  let isWriting = false;

  const writeAll = async () => {
    if (isWriting) return;
    isWriting = true;
    for (let first = waiting[0]; first; first = waiting[0]) {
      const { workspaceId } = first;
      const together = waiting.filter((one) => one.workspaceId === workspaceId).slice(0, atOnceMax);
      const at = performance.now();
      const rows = together.map(({ request, answeredAt }) => ({ ...request, agoMs: Math.round(at - answeredAt) }));
      await ctx.db
        .transaction({ role: 'aceite_app', workspaceId }, (tx) => insertApiRequests(tx, workspaceId, rows))
        .catch(() => onLost(rows.length));
      for (const one of together) waiting.splice(waiting.indexOf(one), 1);
    }
    isWriting = false;
  };

  return (request) => {
    if (handedOver + waiting.length >= waitingMax) {
      onLost(1);
      return;
    }
    handedOver += 1;
    setImmediate(() => {
      handedOver -= 1;
      try {
        const { workspaceId, answeredAt } = request;
        waiting.push({ workspaceId, answeredAt, request: keptOf(ctx, request) });
      } catch {
        onLost(1);
      }
      void writeAll();
    });
  };
}

function keptOf(ctx: RecorderContext, request: AnsweredRequest): Omit<NewApiRequest, 'agoMs'> {
  const { requestId, workspaceId, apiKeyId, method, path, answer, hasIdempotencyKey } = request;
  const answered = readAnswer(answer, ctx.isSandbox ? Number.POSITIVE_INFINITY : parsedBytesMax);
  const sessionId = [request.idInPath, answered.signingSessionId].find((id) => typeof id === 'string' && isUuid(id));
  return {
    requestId,
    apiKeyId,
    durationMs: Math.round(request.answeredAt - request.startedAt),
    method,
    path,
    status: answer.status,
    faults: faultsOf(answer),
    hasIdempotencyKey,
    ...withoutAbsent({
      sessionId: sessionId as string | undefined,
      code: answer.status >= 400 && typeof answered.code === 'string' ? answered.code.slice(0, 64) : undefined,
      contentType: request.contentType?.slice(0, headerCharactersMax),
      userAgent: request.userAgent?.slice(0, headerCharactersMax),
    }),
    ...(ctx.isSandbox && {
      exchangeSealed: ctx.keys.sealExchange(
        workspaceId,
        requestId,
        Buffer.from(JSON.stringify(exchangeOf(request, answered))),
      ),
    }),
  };
}

type AnswerMembers = { code?: unknown; signingSessionId?: unknown; items?: unknown };

/** What the answer says about itself, where it is JSON; nothing otherwise. */
function readAnswer(answer: Rendered, bytesMax: number): AnswerMembers {
  if (!isJson(answer) || answer.bytes.length > bytesMax) return {};
  return JSON.parse(Buffer.from(answer.bytes).toString('utf8')) ?? {};
}

function isJson({ headers }: Rendered): boolean {
  return /^application\/(?:problem\+)?json\b/.test(headers['Content-Type'] ?? '');
}

/** Where and which rule, never a value: these stay in production too. */
function faultsOf({ errors = [] }: Rendered): KeptFault[] {
  return errors.slice(0, faultsMax).map(({ pointer, code, details }) => ({
    pointer: keptPointer(pointer),
    code,
    ...(details && { details: keptDetails(details) }),
  }));
}

function exchangeOf({ query, sent, method, answer }: AnsweredRequest, answered: AnswerMembers): KeptExchange {
  // The signature of a signed address opens a document without a key.
  const told = new URLSearchParams([...query].filter(([name]) => name !== 'signature'));
  return {
    query: told.toString().slice(0, 2_000),
    ...(sent !== undefined && { sent: keptJson(sent) }),
    ...(method !== 'HEAD' && { answered: isJson(answer) ? keptJson(answered) : notedFile(answer) }),
    shows: sessionsIn(answered),
  };
}

function keptJson(value: unknown): KeptBody {
  const whole = Buffer.from(JSON.stringify(withoutTexts(value, digestOf), null, 2));
  // Half a character at the cut becomes U+FFFD.
  const text = whole
    .subarray(0, bodyBytesMax)
    .toString('utf8')
    .replace(/\ufffd$/, '');
  return { text, isCut: whole.length > bodyBytesMax };
}

function notedFile({ headers, bytes }: Rendered): KeptBody {
  const digest = { byteLength: bytes.length, sha256: sha256(bytes).toString('hex') };
  return { text: leftOutNote(digest, headers['Content-Type']), isCut: false };
}

function digestOf(text: string) {
  return { byteLength: Buffer.byteLength(text), sha256: sha256(text).toString('hex') };
}

/** The sessions of which the answer tells something. */
function sessionsIn({ signingSessionId, items }: AnswerMembers): string[] {
  const listed = Array.isArray(items) ? items.map((item) => item?.signingSessionId) : [];
  return [signingSessionId, ...listed].filter((id) => typeof id === 'string' && isUuid(id));
}
