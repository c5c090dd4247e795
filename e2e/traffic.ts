import type { Page, Request } from '@playwright/test';

type Load = { url: string; type: string; status: number; bytes: number };

/** How long no request may have started before the page counts as quiet. */
const quietMs = 500;

/** Everything that a page asked for, with its weight on the wire: headers, and the body as it was compressed. */
export class Traffic {
  readonly page: Page;
  readonly loads: Load[] = [];
  readonly complaints: string[] = [];
  private running = 0;
  private lastChange = 0;

  constructor(page: Page) {
    this.page = page;
    page.on('request', () => this.count(1));
    page.on('requestfinished', (request) => this.note(request).finally(() => this.count(-1)));
    page.on('requestfailed', (request) => {
      this.complaints.push(`${request.url()} failed: ${request.failure()?.errorText}`);
      this.count(-1);
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  bytes(type?: string): number {
    return this.loads
      .filter((load) => type === undefined || load.type === type)
      .reduce((sum, load) => sum + load.bytes, 0);
  }

  hosts(): string[] {
    return [...new Set(this.loads.map(({ url }) => new URL(url).host))];
  }

  /** What cost nothing because a cache had it, or was answered by anything but 200. */
  withoutWeight(): string[] {
    return this.loads.filter(({ bytes, status }) => bytes === 0 || status !== 200).map(({ url }) => url);
  }

  isQuiet(): boolean {
    return this.running === 0 && performance.now() - this.lastChange > quietMs;
  }

  /** One line per load, the heaviest first; for the message of a failing test. */
  told(): string {
    const lines = this.loads.toSorted((a, b) => b.bytes - a.bytes);
    return lines.map(({ bytes, type, status, url }) => `${bytes} bytes, ${type}, ${status}: ${url}`).join('\n');
  }

  private count(change: number): void {
    this.running += change;
    this.lastChange = performance.now();
  }

  private async note(request: Request): Promise<void> {
    const [response, sizes] = await Promise.all([request.response(), request.sizes()]);
    this.loads.push({
      url: request.url(),
      type: request.resourceType(),
      status: response?.status() ?? 0,
      bytes: sizes.responseHeadersSize + sizes.responseBodySize,
    });
  }
}
