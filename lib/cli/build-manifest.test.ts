import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildIdOf } from '#lib/domain/software.ts';
import { buildManifest } from './build-manifest.ts';
import { hashSources } from './hash-sources.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aceite-build-'));
  write('package.json', '{"version":"1.2.3"}');
  write('package-lock.json', '{"lockfileVersion":3}');
  write('app/page.tsx', 'export default () => null;\n');
  write('lib/paths.ts', 'export const paths = {};\n');
  write('.next/static/chunks/one.css', 'p { color: black }');
  write('.next/static/chunks/one.js', 'one()');
  write('.next/server/app/page.js', 'page()');
  write('.next/server/chunks/part.js', 'part()');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('equal sources give equal builds, and a changed source another one', async () => {
  const first = await id();
  expect(await id()).toBe(first);
  write('app/page.tsx', 'export default () => 1;\n');
  const second = await id();
  expect(second).not.toBe(first);
  write('package-lock.json', '{"lockfileVersion":4}');
  expect(await id()).not.toBe(second);
});

test.each(['lib/paths.test.ts', 'lib/testing/portal.ts', 'lib/cli/start.ts', 'lib/decisions/0001.md'])(
  '%s is no part of a build',
  async (path) => {
    const before = await id();
    write(path, 'changed');
    expect(await id()).toBe(before);
  },
);

test('a build without its sources has no hash of them', async () => {
  rmSync(join(folder, 'app'), { recursive: true });
  expect(await hashSources(folder)).toBeUndefined();
});

test('the manifest tells version, packages, sources, and style sheets as sha256sum would', async () => {
  const manifest = await made();
  const listed = (...paths: string[]) => {
    const list = execFileSync('sha256sum', paths, { cwd: join(folder, '.next') });
    return execFileSync('sha256sum', { input: list }).toString().slice(0, 64);
  };
  expect(manifest).toEqual({
    version: '1.2.3',
    commitMissing: 'no_repository',
    lockSha256: execFileSync('sha256sum', ['package-lock.json'], { cwd: folder }).toString().slice(0, 64),
    sourcesSha256: await hashSources(folder),
    cssSha256: listed('static/chunks/one.css'),
    templateSha256: listed('server/app/page.js', 'server/chunks/part.js'),
    scriptSha256: listed('static/chunks/one.js'),
  });
});

test.each([
  ['static/chunks/one.css', 'cssSha256'],
  ['server/app/page.js', 'templateSha256'],
  ['static/chunks/one.js', 'scriptSha256'],
] as const)('another %s has another %s, and nothing else is another', async (path, name) => {
  const before = await made();
  write(`.next/${path}`, 'changed');
  const after = await made();
  expect(after[name]).not.toBe(before[name]);
  expect({ ...after, [name]: before[name] }).toEqual(before);
});

test("Next's own lists, which hold a key of each build, change nothing", async () => {
  const before = await made();
  write('.next/server/server-reference-manifest.js', 'key of this build');
  write('.next/static/x/_buildManifest.js', 'lists');
  expect(await made()).toEqual(before);
});

test('the commit is named when the sources are those of it, and only then', async () => {
  git('init', '--quiet');
  git('add', '--', 'app', 'lib', 'package.json', 'package-lock.json');
  git('-c', 'user.name=Exemplo', '-c', 'user.email=e@example.com', 'commit', '--quiet', '-m', 'Begin');
  const manifest = await made();
  expect(manifest).toMatchObject({ commit: git('rev-parse', 'HEAD').trim() });
  expect(manifest).not.toHaveProperty('commitMissing');
  write('app/page.tsx', 'export default () => 1;\n');
  const changed = await made();
  expect(changed).toMatchObject({ commitMissing: 'sources_differ_from_commit' });
  expect(changed).not.toHaveProperty('commit');
});

async function id(): Promise<string> {
  return buildIdOf((await hashSources(folder)) ?? '');
}

async function made() {
  return buildManifest(folder, join(folder, '.next'), (await hashSources(folder)) ?? '');
}

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function git(...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...args]).toString();
}
