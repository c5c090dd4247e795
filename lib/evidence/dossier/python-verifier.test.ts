import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needPythonAndOpenSsl, pythonVerifier, runPythonVerifier } from '#lib/testing/python-verifier.ts';

const lastWords = 'That the person was the signer is not proved by any of this.';

const folder = mkdtempSync(join(tmpdir(), 'aceite-python-'));
const text = join(folder, 'text.json');

beforeAll(() => {
  needPythonAndOpenSsl();
  writeFileSync(text, '{"version":1}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what is no dossier at all', () => {
  test.each([
    ['no argument', []],
    ['an unknown option', ['--quick', text]],
    ['two dossiers', [text, text]],
    ['a file that is not there', [join(folder, 'nothing.zip')]],
    ['a folder', [folder]],
    ['a trust file that is not there', [text, '--trust', join(folder, 'nothing.json')]],
    ['a trust file without its members', [text, '--trust', text]],
    ['a text', [text]],
  ])('%s is an INPUT_ERROR with a reason, and no crash', (_, argv) => {
    const { code, out, err } = runPythonVerifier(argv);
    expect({ code, err }).toEqual({ code: 20, err: '' });
    expect(out).toMatch(/^.*> \S+/m);
    expect(out).not.toContain('Traceback');
    expect(out.trimEnd().split('\n').slice(-2)).toEqual(['INPUT_ERROR (exit code 20)', lastWords]);
    expect(readdirSync(folder)).toEqual(['text.json']);
  });
});

test('it is one file of the standard library, with nothing that opens a network or reads archives leniently', () => {
  const imported = readFileSync(pythonVerifier, 'utf8').match(/^\s*(?:import|from) \w+/gm) ?? [];
  const modules = new Set(imported.map((line) => line.trim().split(' ')[1]));
  expect([...modules].toSorted()).toEqual(
    'base64 binascii datetime gc hashlib json os re struct subprocess sys tempfile'.split(' '),
  );
});
