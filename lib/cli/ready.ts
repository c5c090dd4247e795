import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { paths } from '#lib/paths.ts';
import { CommandFailure } from './command.ts';

/** A loaded machine takes its time; one that needs longer is stuck. */
const limitMs = 90_000;
/** Until somebody listens, asking costs nothing; after that it costs the portal a request. */
const askAgainMs = { silence: 30, answer: 250 };
const answerLimitMs = 5_000;

/** Waits until the portal says that its database, migrations and build are ready. Ends early, without a word, on `signal`. */
export async function waitUntilReady(host: string, port: number, signal: AbortSignal): Promise<void> {
  const url = `http://${addressOfThisMachine(host)}:${port}${paths.ready()}`;
  const deadline = performance.now() + limitMs;
  let last = 'nothing answered';
  while (!signal.aborted && performance.now() < deadline) {
    const answer = await ask(url);
    if (answer.status === 200) return;
    last = answer.words;
    await pause(answer.status === undefined ? askAgainMs.silence : askAgainMs.answer, undefined, { signal }).catch(
      () => {},
    );
  }
  if (!signal.aborted) {
    throw new CommandFailure(`The portal was not ready after ${limitMs / 1000} seconds. ${url} said last: ${last}.`);
  }
}

/** A server that listens everywhere is asked at loopback. */
function addressOfThisMachine(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function ask(url: string): Promise<{ status?: number | undefined; words: string }> {
  return new Promise((settle) => {
    const request = get(url, { timeout: answerLimitMs, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body = (body + chunk).slice(0, 300);
      });
      response.on('close', () => {
        settle({ status: response.statusCode, words: `${response.statusCode} ${body}`.trim() });
      });
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', (error) => settle({ words: error.message }));
  });
}
