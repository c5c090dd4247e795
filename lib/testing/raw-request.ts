import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

type RawAnswer = { status: number; headers: IncomingMessage['headers']; body: string; localPort: number };
type RawRequest = { method?: string; headers?: Record<string, string>; body?: string | Uint8Array };

/**
 * One request on a connection of its own, whose port on our side is told; its headers go out as they stand, forged ones too, which `fetch`
 * would refuse. The path is sent as it is written.
 */
export async function sendRaw(
  base: string,
  path: string,
  { method = 'GET', headers = {}, body }: RawRequest = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(base);
  // Kept alive until it was read: a server that refuses a long body early may hang up on a connection that has no more to say.
  const agent = new Agent({ keepAlive: true });
  const sent = request({ hostname, port, path, method, headers, agent });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const localPort = answer.socket.localPort ?? 0;
  const said = { status: answer.statusCode ?? 0, headers: answer.headers, body: await text(answer), localPort };
  agent.destroy();
  return said;
}
