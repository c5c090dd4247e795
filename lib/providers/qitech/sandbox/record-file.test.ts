import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RecordFile } from './record-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aceite-record-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('lines come back in order, at the places that were named, over many openings', async () => {
  const path = join(folder, 'deep', 'record.jsonl');
  const texts = ['a', 'ção', '', 'x'.repeat(3_000_000), '😀'];
  for (const text of texts) {
    const { record } = await opened(path);
    await record.append(text).stored;
    await record.close();
  }
  const { record, lines, places } = await opened(path);
  expect(lines.map((line) => line.length)).toEqual(texts.map((text) => text.length));
  expect(await Promise.all(places.slice(1, 3).map((place) => record.read(place)))).toEqual(texts.slice(1, 3));
  await record.close();
});

test('many lines at once are all stored, and a line can be read as soon as its place is known', async () => {
  const path = join(folder, 'many.jsonl');
  const { record } = await opened(path);
  const appended = Array.from({ length: 200 }, (_, index) => record.append(`line ${index}`));
  expect(await Promise.all(appended.map(({ place }) => record.read(place)))).toEqual(
    appended.map((_, index) => `line ${index}`),
  );
  await Promise.all(appended.map(({ stored }) => stored));
  await record.close();
  expect((await opened(path)).lines).toHaveLength(200);
});

test('a last line that a crash tore is cut off, and the next one begins cleanly', async () => {
  const path = join(folder, 'torn.jsonl');
  await writeFile(path, 'whole\n');
  await appendFile(path, '{"torn":');
  const { record, lines } = await opened(path);
  expect(lines).toEqual(['whole']);
  await record.append('next').stored;
  await record.close();
  expect(await readFile(path, 'utf8')).toBe('whole\nnext\n');
});

test('after the file can no longer be written nothing is promised', async () => {
  const { record } = await opened(join(folder, 'closed.jsonl'));
  await record.close();
  await expect(record.append('late').stored).rejects.toThrow();
  await expect(record.append('later').stored).rejects.toThrow();
});

async function opened(path: string) {
  const lines: string[] = [];
  const places: { offset: number; length: number }[] = [];
  const record = await RecordFile.open(path, (line, place) => {
    lines.push(line);
    places.push(place);
  });
  return { record, lines, places };
}
