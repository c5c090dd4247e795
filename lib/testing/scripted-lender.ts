import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What the lender does with the next call: an HTTP answer, or a connection that breaks once the request was read. */
export type ScriptedReply = { status: number; json: unknown; headers?: Record<string, string> } | 'reset';

/** A lender over HTTP that answers in the order it was told; it checks nothing, so that any order of answers can be had. */
export type ScriptedLender = {
  url: string;
  /** What the next submissions and the next questions get; the last of each is repeated. */
  script: { submissions: ScriptedReply[]; questions: ScriptedReply[] };
  /** The bodies of all submissions, in order. */
  received: Buffer[];
  questionsAsked: number;
  stop(): Promise<void>;
};

export async function startScriptedLender(): Promise<ScriptedLender> {
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const isSubmission = request.method === 'POST';
    if (isSubmission) lender.received.push(body);
    else lender.questionsAsked += 1;
    const replies = isSubmission ? lender.script.submissions : lender.script.questions;
    give(response, (replies.length > 1 ? replies.shift() : replies[0]) ?? 'reset');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const lender: ScriptedLender = {
    url: `http://127.0.0.1:${port}`,
    script: { submissions: [], questions: [] },
    received: [],
    questionsAsked: 0,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return lender;
}

/** The lender's words for a state of the debt. */
export function debtIs(enumerator: string): ScriptedReply {
  return { status: 200, json: { data: { credit_operation_status: { enumerator } } } };
}

/** The lender's errors, doubly encoded as it sends them. */
export function refusal(code: string, description = 'refused'): ScriptedReply {
  return { status: 400, json: { data: JSON.stringify({ title: 'Bad Request', description, code }) } };
}

function give(response: ServerResponse, reply: ScriptedReply): void {
  if (reply === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(reply.status, { 'Content-Type': 'application/json', ...reply.headers });
  response.end(JSON.stringify(reply.json));
}
