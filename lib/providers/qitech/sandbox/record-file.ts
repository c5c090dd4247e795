import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Where one line lies in the file, in bytes, line end left out. */
export type Place = { offset: number; length: number };

const lineEnd = 0x0a;
const readBytes = 1024 * 1024;

/**
 * An append-only file of lines. `append` resolves once the line is on the disk (one fsync carries all lines that waited for
 * it), so an answer given after it can survive `kill -9` and a power cut. After a failed write nothing is accepted any more.
 */
export class RecordFile {
  readonly #file: FileHandle;
  #end: number;
  #waiting: { line: Buffer; stored: () => void; failed: (error: unknown) => void }[] = [];
  #flushing: Promise<void> = Promise.resolve();
  #isFlushing = false;
  #failure: unknown;

  private constructor(file: FileHandle, end: number) {
    this.#file = file;
    this.#end = end;
  }

  /** Opens or creates the file, cuts off a last line torn by a crash, and gives every whole line to `onLine` in order. */
  static async open(path: string, onLine: (line: string, place: Place) => void): Promise<RecordFile> {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a+', 0o600);
    const end = await readLines(file, onLine);
    if (end < (await file.stat()).size) await file.truncate(end);
    await syncFolder(dirname(path));
    return new RecordFile(file, end);
  }

  /** Says at once where the line will lie; `stored` settles when it does. */
  append(text: string): { place: Place; stored: Promise<void> } {
    const line = Buffer.from(`${text}\n`);
    const place = { offset: this.#end, length: line.length - 1 };
    this.#end += line.length;
    const stored = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ line, stored: resolve, failed: reject });
    });
    if (!this.#isFlushing) this.#flushing = this.#flush();
    return { place, stored };
  }

  async read({ offset, length }: Place): Promise<string> {
    await this.#flushing;
    const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(length), 0, length, offset);
    return buffer.toString('utf8', 0, bytesRead);
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        if (this.#failure) throw this.#failure;
        await this.#file.appendFile(Buffer.concat(batch.map(({ line }) => line)));
        await this.#file.sync();
        for (const { stored } of batch) stored();
      } catch (error) {
        this.#failure = error;
        for (const { failed } of batch) failed(error);
      }
    }
    this.#isFlushing = false;
  }
}

/** Reads line by line without holding the file in memory; gives the offset behind the last whole line. */
async function readLines(file: FileHandle, onLine: (line: string, place: Place) => void): Promise<number> {
  let rest = Buffer.alloc(0);
  let restOffset = 0;
  const chunk = Buffer.alloc(readBytes);
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, readBytes, restOffset + rest.length);
    if (bytesRead === 0) return restOffset;
    rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    let from = 0;
    for (let to = rest.indexOf(lineEnd); to >= 0; to = rest.indexOf(lineEnd, from)) {
      onLine(rest.toString('utf8', from, to), { offset: restOffset + from, length: to - from });
      from = to + 1;
    }
    rest = rest.subarray(from);
    restOffset += from;
  }
}

/** A new file is only durable once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync();
  await folder.close();
}
